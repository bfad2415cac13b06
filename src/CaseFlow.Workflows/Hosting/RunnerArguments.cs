namespace CaseFlow.Workflows.Hosting;

/// <summary>What happens when an activity throws.</summary>
public enum FaultHandling
{
    /// <summary>The incident strategy that the definition names decides, as on Elsa.</summary>
    Definition,

    /// <summary>The burst ends with a <see cref="ActivityFaultException"/>, so that the host can roll back the whole step.</summary>
    Throw,
}

/// <summary>How to start an instance.</summary>
public sealed record StartArguments
{
    /// <summary>The id of the new instance; a new one by default.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The name of the instance.</summary>
    public string? Name { get; init; }

    /// <summary>The input.</summary>
    public IReadOnlyDictionary<string, object?>? Input { get; init; }

    /// <summary>Free properties of the instance.</summary>
    public IReadOnlyDictionary<string, object?>? Properties { get; init; }

    /// <summary>The instance that starts this one.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>The bookmark of the parent that waits for the end.</summary>
    public string? ParentBookmarkId { get; init; }

    /// <summary>The id of the trigger activity that starts the instance; null for an ordinary start.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>Data for the trigger, read by the activities of the first burst as workflow input.</summary>
    public IReadOnlyDictionary<string, object?>? TriggerInput { get; init; }

    /// <summary>What happens when an activity throws.</summary>
    public FaultHandling Faults { get; init; }

    /// <summary>Skips decided by an operator.</summary>
    public IReadOnlyList<SkipOverride> Skips { get; init; } = [];
}

/// <summary>How to go on with an instance.</summary>
public sealed record BurstArguments
{
    /// <summary>Data for the resumed activity, read as workflow input of this burst.</summary>
    public IReadOnlyDictionary<string, object?>? Input { get; init; }

    /// <summary>What happens when an activity throws.</summary>
    public FaultHandling Faults { get; init; }

    /// <summary>Skips decided by an operator.</summary>
    public IReadOnlyList<SkipOverride> Skips { get; init; } = [];
}

/// <summary>An operator's decision that an activity is not run but completes with an outcome.</summary>
/// <param name="NodeId">The node id of the activity.</param>
/// <param name="Outcome">The outcome with which it completes; Done by default.</param>
/// <param name="Reason">Why; kept in the activity's journal data.</param>
public sealed record SkipOverride(string NodeId, string? Outcome, string Reason);

/// <summary>An activity threw, and the host asked to be told instead of recording an incident.</summary>
public sealed class ActivityFaultException : Exception
{
    internal ActivityFaultException(State.Incident incident, IReadOnlyDictionary<string, object?>? input, Exception inner)
        : base($"{incident.NodeId}: {incident.Message}", inner)
    {
        Incident = incident;
        ActivityInput = input;
    }

    /// <summary>The incident to store, with node and activity.</summary>
    public State.Incident Incident { get; }

    /// <summary>The evaluated inputs of the activity.</summary>
    public IReadOnlyDictionary<string, object?>? ActivityInput { get; }
}

/// <summary>A call cannot be done; the reason is a code for programs, the message for people.</summary>
public sealed class WorkflowRefusedException : Exception
{
    /// <summary>Creates the refusal.</summary>
    public WorkflowRefusedException(string reason, string message)
        : base(message) => Reason = reason;

    /// <summary>The reason as a code, such as <c>bookmark-not-found</c>; see <see cref="RefusalReasons"/>.</summary>
    public string Reason { get; }
}

/// <summary>The reasons of refusals.</summary>
public static class RefusalReasons
{
    /// <summary>There is no such instance.</summary>
    public const string InstanceNotFound = "instance-not-found";

    /// <summary>There is no such definition, or it is not published.</summary>
    public const string DefinitionNotFound = "definition-not-found";

    /// <summary>There is no such bookmark any more.</summary>
    public const string BookmarkNotFound = "bookmark-not-found";

    /// <summary>The instance has ended.</summary>
    public const string InstanceEnded = "instance-ended";

    /// <summary>There is no such activity in the definition.</summary>
    public const string ActivityNotFound = "activity-not-found";

    /// <summary>The container of the activity is not running, so nothing can return there.</summary>
    public const string RegionNotRunning = "region-not-running";

    /// <summary>The kind of container does not allow a return.</summary>
    public const string ReturnNotPossible = "return-not-possible";

    /// <summary>Nothing runs at or behind the activity.</summary>
    public const string NothingToReturnFrom = "nothing-to-return-from";

    /// <summary>There is no fault to retry.</summary>
    public const string NothingToRetry = "nothing-to-retry";

    /// <summary>One call led to thousands of others: definitions start or answer each other without end.</summary>
    public const string TooManyFollowUps = "too-many-follow-ups";

    /// <summary>The definition cannot run.</summary>
    public const string DefinitionInvalid = "definition-invalid";
}
