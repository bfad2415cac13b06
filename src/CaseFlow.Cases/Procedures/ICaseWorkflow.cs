using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Cases.Procedures;

/// <summary>
/// The one port through which the domain drives workflows. All calls happen inside the current step's transaction; a call
/// made while a burst of the same instance runs is queued in it. Any activity that throws undoes the whole step.
/// </summary>
public interface ICaseWorkflow
{
    /// <summary>Starts a procedure at the version that is published now and runs it until every branch waits.</summary>
    /// <exception cref="RefusedException">One of the same kind is open, or nothing is published.</exception>
    Task<Procedure> StartAsync(Case caseFile, string kind, string reason, JsonObject input, CancellationToken cancellationToken);

    /// <summary>Resumes the wait of a human task with its outcome.</summary>
    Task CompleteTaskAsync(WorkTask task, string outcome, JsonObject result, CancellationToken cancellationToken);

    /// <summary>Resumes what waits in the case for a stimulus such as <c>verification.completed</c>.</summary>
    /// <returns>How many waits were resumed; 0 if none fitted.</returns>
    Task<int> SignalAsync(Id<Case> caseId, string stimulus, string? key, JsonObject payload, CancellationToken cancellationToken);

    /// <summary>Resumes one timer that has come due.</summary>
    Task FireTimerAsync(string instanceId, string bookmarkId, CancellationToken cancellationToken);

    /// <summary>Goes back to an earlier human step: cancels everything live in the target's region and schedules the target.</summary>
    /// <exception cref="RefusedException">The target cannot be returned to, with the reason.</exception>
    Task ReturnToAsync(Procedure procedure, string activityId, JsonObject input, CancellationToken cancellationToken);

    /// <summary>The earlier human steps that may be returned to now, newest first.</summary>
    Task<IReadOnlyList<ReturnTarget>> ReturnTargetsAsync(Procedure procedure, CancellationToken cancellationToken);

    /// <summary>What each outcome of a human step leads to, in words: what is issued, who is told, who comes next.</summary>
    Task<IReadOnlyDictionary<string, string>> ConsequencesAsync(Procedure procedure, string activityId, CancellationToken cancellationToken);

    /// <summary>Ends a procedure from outside: every wait is cancelled.</summary>
    Task CancelAsync(Procedure procedure, string reason, CancellationToken cancellationToken);

    /// <summary>What waits in the case now.</summary>
    Task<IReadOnlyList<WaitingPoint>> WaitingAsync(Id<Case> caseId, CancellationToken cancellationToken);
}

/// <summary>An earlier human step.</summary>
/// <param name="ActivityId">The activity.</param>
/// <param name="Name">Its name.</param>
/// <param name="LastActor">Who completed it last, if anybody.</param>
public sealed record ReturnTarget(string ActivityId, string Name, string? LastActor);

/// <summary>A wait of a case.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="ActivityId">The activity that waits.</param>
/// <param name="Kind">The kind of bookmark.</param>
/// <param name="DueAt">When it fires by itself, if it does.</param>
public sealed record WaitingPoint(string InstanceId, string ActivityId, string Kind, DateTimeOffset? DueAt);
