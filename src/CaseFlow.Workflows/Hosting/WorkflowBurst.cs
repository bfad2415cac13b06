using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Hosting;

/// <summary>What one burst did: everything that has to be stored or delivered, in one place.</summary>
public sealed class WorkflowBurst
{
    private List<ActivityRecord>? records;

    /// <summary>The new state.</summary>
    public required WorkflowState State { get; init; }

    /// <summary>Whether the burst created the instance.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether the burst changed the correlation id, which then holds for the older bookmarks too.</summary>
    public bool ChangedCorrelation { get; init; }

    /// <summary>Bookmarks that were created and are still there.</summary>
    public IReadOnlyList<Bookmark> BookmarksCreated { get; init; } = [];

    /// <summary>Ids of bookmarks that existed before the burst and are gone.</summary>
    public IReadOnlyList<string> BookmarksRemoved { get; init; } = [];

    /// <summary>Journal entries in order.</summary>
    public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>Records of the activities that began or changed in the burst, in the order in which they began.</summary>
    public IReadOnlyList<ActivityRecord> Records => records ??= Execution.RecordBuilder.Build(Touched);

    /// <summary>Events to deliver after the burst has been stored.</summary>
    public IReadOnlyList<PublishedEvent> Events { get; init; } = [];

    /// <summary>Instances to start after the burst has been stored.</summary>
    public IReadOnlyList<DispatchedWorkflow> Dispatched { get; init; } = [];

    /// <summary>Incidents that occurred in the burst.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Lines that WriteLine wrote.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    internal IReadOnlyList<ActivityExecutionContext> Touched { get; init; } = [];

    /// <summary>The outputs of the workflow.</summary>
    public IReadOnlyDictionary<string, object?> Output => State.Output;
}

/// <summary>An event that an activity published.</summary>
public sealed record PublishedEvent(string Name, string? CorrelationId, object? Payload, bool IsLocal)
{
    /// <summary>With which input those that wait are resumed; without payload it is an empty object.</summary>
    public IReadOnlyDictionary<string, object?> Input =>
        new Dictionary<string, object?> { [Activities.Event.PayloadKey] = Payload ?? new Dictionary<string, object?>() };

    /// <summary>The bookmarks that wait for the event: where it is local those of the publishing instance only.</summary>
    public BookmarkQuery Receivers(string publisherId) => new()
    {
        Name = "Elsa.Event",
        Hash = BookmarkHash.Compute("Elsa.Event", new Activities.EventStimulus(Name)),
        CorrelationId = CorrelationId,
        InstanceId = IsLocal ? publisherId : null,
    };
}

/// <summary>An instance that an activity asked to start.</summary>
/// <param name="DefinitionId">The definition; its published version is started.</param>
/// <param name="CorrelationId">The correlation id of the new instance.</param>
/// <param name="Input">Its input.</param>
/// <param name="BookmarkId">The bookmark that waits for its end; null where nothing waits.</param>
public sealed record DispatchedWorkflow(string DefinitionId, string? CorrelationId, IReadOnlyDictionary<string, object?> Input, string? BookmarkId);

/// <summary>One entry of the journal.</summary>
public readonly record struct JournalEntry
{
    /// <summary>The number within the instance, from 0.</summary>
    public long Sequence { get; init; }

    /// <summary>Started, Suspended, Resumed, Completed, Canceled, Faulted.</summary>
    public required string EventName { get; init; }

    /// <summary>The id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>The node id of the activity.</summary>
    public required string NodeId { get; init; }

    /// <summary>The type name of the activity.</summary>
    public required string ActivityType { get; init; }

    /// <summary>The version of the activity type.</summary>
    public int ActivityTypeVersion { get; init; }

    /// <summary>The name of the activity.</summary>
    public string? ActivityName { get; init; }

    /// <summary>The number of the run of the activity within the instance.</summary>
    public long Run { get; init; }

    /// <summary>The number of the run of the parent.</summary>
    public long? ParentRun { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The message of a fault.</summary>
    public string? Message { get; init; }
}

/// <summary>The record of one run of an activity.</summary>
public sealed class ActivityRecord
{
    /// <summary>The id of the run, unique over all instances.</summary>
    public required string Id { get; init; }

    /// <summary>The number of the run within the instance.</summary>
    public long Run { get; init; }

    /// <summary>The number of the run of the parent.</summary>
    public long? ParentRun { get; init; }

    /// <summary>The id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>The node id of the activity.</summary>
    public required string NodeId { get; init; }

    /// <summary>The type name of the activity.</summary>
    public required string ActivityType { get; init; }

    /// <summary>The version of the activity type.</summary>
    public int ActivityTypeVersion { get; init; }

    /// <summary>The name of the activity.</summary>
    public string? ActivityName { get; init; }

    /// <summary>The status.</summary>
    public ActivityStatus Status { get; init; }

    /// <summary>The evaluated inputs by name; null where there are none.</summary>
    public IReadOnlyDictionary<string, object?>? State { get; init; }

    /// <summary>The outputs by name; null where the activity has none.</summary>
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    /// <summary>The outcomes that the activity named; null where it named none.</summary>
    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>Data that the activity shows in the journal.</summary>
    public IReadOnlyDictionary<string, object?>? JournalData { get; init; }

    /// <summary>Whether a bookmark waits for the activity.</summary>
    public bool HasBookmarks { get; init; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
