namespace CaseFlow.Persistence.Workflows;

/// <summary>An instance: its state as the engine wrote it, and what lists and look-ups ask for.</summary>
internal sealed class WorkflowInstanceRow
{
    public string Id { get; set; } = "";

    public string DefinitionId { get; set; } = "";

    public string DefinitionVersionId { get; set; } = "";

    public int DefinitionVersion { get; set; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public string? ParentInstanceId { get; set; }

    public string Status { get; set; } = "";

    public string SubStatus { get; set; } = "";

    public int IncidentCount { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    public long? FinishedAt { get; set; }

    /// <summary>Raised by each burst; a burst on an older state is refused.</summary>
    public int Revision { get; set; }

    /// <summary>The engine's versioned JSON, UTF-8.</summary>
    public byte[] State { get; set; } = [];

    /// <summary>Of the state as it was stored, see <see cref="WorkflowStateHash"/>.</summary>
    public byte[] StateHash { get; set; } = [];
}

/// <summary>A point at which an instance waits.</summary>
internal sealed class WorkflowBookmarkRow
{
    public string Id { get; set; } = "";

    public string InstanceId { get; set; } = "";

    public string? CorrelationId { get; set; }

    public string Name { get; set; } = "";

    public string Hash { get; set; } = "";

    public long CreatedAt { get; set; }

    /// <summary>Business time at which it fires by itself; null if it does not.</summary>
    public long? DueAt { get; set; }

    /// <summary>The bookmark as JSON.</summary>
    public string Content { get; set; } = "";
}

/// <summary>An entry of an instance's journal.</summary>
internal sealed class WorkflowJournalRow
{
    public string InstanceId { get; set; } = "";

    public long Sequence { get; set; }

    public string EventName { get; set; } = "";

    public string ActivityId { get; set; } = "";

    public string NodeId { get; set; } = "";

    public string ActivityType { get; set; } = "";

    public int ActivityTypeVersion { get; set; }

    public string? ActivityName { get; set; }

    public long Run { get; set; }

    public long? ParentRun { get; set; }

    public long At { get; set; }

    public string? Message { get; set; }
}

/// <summary>The record of one run of an activity.</summary>
internal sealed class WorkflowRecordRow
{
    public string InstanceId { get; set; } = "";

    public long Run { get; set; }

    public string Id { get; set; } = "";

    public string ActivityId { get; set; } = "";

    public string NodeId { get; set; } = "";

    public string Status { get; set; } = "";

    public long StartedAt { get; set; }

    public long? CompletedAt { get; set; }

    /// <summary>The record as JSON, with inputs, outputs, outcomes and journal data.</summary>
    public string Content { get; set; } = "";
}
