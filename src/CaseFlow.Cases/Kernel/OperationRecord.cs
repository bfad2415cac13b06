namespace CaseFlow.Cases.Kernel;

/// <summary>The result of an operation id that has committed: a repeated request returns it and does nothing.</summary>
public sealed class OperationRecord
{
    /// <summary>The id that the caller chose.</summary>
    public Guid OperationId { get; set; }

    /// <summary>The step's name.</summary>
    public string StepName { get; set; } = "";

    /// <summary>The account that did it; another account's repeat is refused.</summary>
    public string ActorKey { get; set; } = "";

    /// <summary>The result as JSON.</summary>
    public string ResultJson { get; set; } = "null";

    /// <summary>When (machine time).</summary>
    public DateTimeOffset At { get; set; }
}
