using System.Text.Json.Serialization;

namespace CaseFlow.Workflows.State;

/// <summary>
/// What an instance is between two bursts: small, versioned, with activities by id and typed values.
/// A burst never changes the state it was given; it returns a new one.
/// </summary>
public sealed class WorkflowState
{
    /// <summary>The version of the format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the format.</summary>
    [JsonPropertyName("v")]
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The id of the instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The id of the definition, the same for all its versions.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The id of the version of the definition to which the instance is pinned.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>The number of that version.</summary>
    public int DefinitionVersion { get; init; }

    /// <summary>The correlation id, if any.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The name of the instance, if one was set.</summary>
    public string? Name { get; init; }

    /// <summary>The instance that started this one, if any.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>The bookmark of the parent that waits for the end of this instance, if any.</summary>
    public string? ParentBookmarkId { get; init; }

    /// <summary>Whether the instance still runs.</summary>
    public WorkflowStatus Status { get; init; }

    /// <summary>The finer state.</summary>
    public WorkflowSubStatus SubStatus { get; init; }

    /// <summary>When the instance was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last burst ended.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the instance ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The input that the instance was started with.</summary>
    public Dictionary<string, object?> Input { get; init; } = [];

    /// <summary>The outputs set so far.</summary>
    public Dictionary<string, object?> Output { get; init; } = [];

    /// <summary>Free properties of the instance.</summary>
    public Dictionary<string, object?> Properties { get; init; } = [];

    /// <summary>The bookmarks by which the instance can be resumed.</summary>
    public List<Bookmark> Bookmarks { get; init; } = [];

    /// <summary>The incidents that are not resolved.</summary>
    public List<Incident> Incidents { get; init; } = [];

    /// <summary>The live activities, parents before children.</summary>
    [JsonInclude]
    internal List<ContextState> Contexts { get; init; } = [];

    /// <summary>The last outputs of activities by node id, kept only where an expression of the definition may read them.</summary>
    [JsonInclude]
    internal Dictionary<string, Dictionary<string, object?>> ActivityOutputs { get; init; } = [];

    /// <summary>The result of the last activity that had one, kept only where an expression may read it.</summary>
    [JsonInclude]
    internal object? LastResult { get; init; }

    /// <summary>The number of the next run of an activity.</summary>
    [JsonInclude]
    internal long NextRun { get; init; }

    /// <summary>The sequence number of the next journal entry.</summary>
    public long NextJournalSequence { get; init; }
}

/// <summary>The state of one live run of an activity.</summary>
internal sealed class ContextState
{
    /// <summary>The number of the run within the instance.</summary>
    [JsonPropertyName("n")]
    public long Run { get; init; }

    /// <summary>The node id without the workflow itself; empty for the workflow.</summary>
    [JsonPropertyName("a")]
    public string Node { get; init; } = "";

    /// <summary>The run of the parent.</summary>
    [JsonPropertyName("p")]
    public long? Parent { get; init; }

    /// <summary>The status; running unless stated.</summary>
    [JsonPropertyName("s")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ActivityStatus Status { get; init; } = ActivityStatus.Running;

    /// <summary>When the run began.</summary>
    [JsonPropertyName("t")]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The evaluated inputs by name.</summary>
    [JsonPropertyName("i")]
    public Dictionary<string, object?>? Inputs { get; init; }

    /// <summary>The outputs set so far by name.</summary>
    [JsonPropertyName("o")]
    public Dictionary<string, object?>? Outputs { get; init; }

    /// <summary>The variables declared here by id.</summary>
    [JsonPropertyName("vars")]
    public Dictionary<string, object?>? Variables { get; init; }

    /// <summary>Variables that expressions made, by name.</summary>
    [JsonPropertyName("dyn")]
    public Dictionary<string, object?>? DynamicVariables { get; init; }

    /// <summary>Properties that the activity keeps.</summary>
    [JsonPropertyName("props")]
    public Dictionary<string, object?>? Properties { get; init; }

    /// <summary>Data that the activity shows in the journal.</summary>
    [JsonPropertyName("j")]
    public Dictionary<string, object?>? JournalData { get; init; }

    /// <summary>The name of the parent's method that is called on completion.</summary>
    [JsonPropertyName("cb")]
    public string? Callback { get; init; }

    /// <summary>The outputs of a definition used as an activity, so far.</summary>
    [JsonPropertyName("so")]
    public Dictionary<string, object?>? ScopeOutputs { get; init; }

    /// <summary>The tokens of a flowchart.</summary>
    [JsonPropertyName("flow")]
    public Flowchart.FlowState? Flow { get; init; }

    /// <summary>Whether a Break is passing through.</summary>
    [JsonPropertyName("brk")]
    public bool Breaking { get; init; }

    /// <summary>The outcomes with which the workflow or composite is to complete.</summary>
    [JsonPropertyName("out")]
    public string[]? PendingOutcomes { get; init; }

    /// <summary>The context that a child was given by its scheduler, such as the items of a branch.</summary>
    [JsonPropertyName("tag")]
    public string? Tag { get; init; }
}
