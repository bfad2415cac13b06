using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Incidents;

/// <summary>
/// An activity threw; the step was undone and this was stored in a second transaction. Retry is the same step again; skip
/// is an override (node, outcome, reason) used by the next attempt.
/// </summary>
public sealed class Incident
{
    /// <summary>Identity.</summary>
    public Id<Incident> Id { get; set; } = Id<Incident>.New();

    /// <summary>The case, if any.</summary>
    public Id<Case>? CaseId { get; set; }

    /// <summary>The workflow instance.</summary>
    public string InstanceId { get; set; } = "";

    /// <summary>The step that was undone, for example <c>task.complete</c>.</summary>
    public string StepName { get; set; } = "";

    /// <summary>The task or bookmark that stays.</summary>
    public string Trigger { get; set; } = "";

    /// <summary>The node that threw.</summary>
    public string NodeId { get; set; } = "";

    /// <summary>First sentence for the clerk.</summary>
    public string Message { get; set; } = "";

    /// <summary>Type and stack for the engineer.</summary>
    public string Detail { get; set; } = "";

    /// <summary>When (machine time).</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>How often the same trigger failed.</summary>
    public int Attempts { get; set; } = 1;

    /// <summary>Machine time of the next automatic try; null if it waits for an operator.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Resolved when (retry worked, skipped or cancelled).</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>How: <c>retried</c>, <c>skipped</c>, <c>cancelled</c>.</summary>
    public string? Resolution { get; set; }

    /// <summary>Override: outcome with which the next attempt passes over the node.</summary>
    public string? SkipOutcome { get; set; }

    /// <summary>Override: why.</summary>
    public string? SkipReason { get; set; }

    /// <summary>Override: who.</summary>
    public Id<Account>? SkipBy { get; set; }
}
