namespace CaseFlow.Workflows.State;

/// <summary>A failure of an activity, as an operator sees it.</summary>
public sealed record Incident
{
    /// <summary>The id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>The node id of the activity.</summary>
    public required string NodeId { get; init; }

    /// <summary>The type name of the activity.</summary>
    public required string ActivityType { get; init; }

    /// <summary>The id of the run of the activity.</summary>
    public required string ActivityInstanceId { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public required string Message { get; init; }

    /// <summary>The type of the exception.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The message of the exception.</summary>
    public string? ExceptionMessage { get; init; }

    /// <summary>The messages of the causes, outermost first.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>The stack of the exception.</summary>
    public string? StackTrace { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }
}
