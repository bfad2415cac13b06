using System.Text.Json.Nodes;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tasks;

/// <summary>The acts on tasks. Each call is one step: one transaction that commits everything or nothing.</summary>
public interface ITaskService
{
    /// <summary>Does one verb.</summary>
    /// <exception cref="RefusedException">A rule forbids it, with the reason.</exception>
    /// <exception cref="ConflictException">The task's or the case's facts revision differs from what the page showed.</exception>
    /// <exception cref="InvalidInputException">The form data do not fit the schema that the task pins.</exception>
    /// <exception cref="StepFaultedException">An activity threw; nothing was recorded.</exception>
    Task<TaskReceipt> PerformAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken);

    /// <summary>What this person may do now with a task, and why not the rest. Null if they may not see it.</summary>
    Task<TaskActions?> ActionsAsync(Actor actor, Id<WorkTask> taskId, CancellationToken cancellationToken);
}

/// <summary>A verb on a task with all that it needs.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Verb">The verb.</param>
/// <param name="TaskRevision">The revision that the person saw.</param>
/// <param name="FactsRevision">The case's facts revision that the person saw.</param>
/// <param name="OperationId">Unique per intended act; repeating it has no second effect.</param>
/// <param name="Outcome">For <see cref="TaskVerb.Complete"/>: the outcome.</param>
/// <param name="Form">For <see cref="TaskVerb.Complete"/>: the step's form data.</param>
/// <param name="Comment">Opinion or reason.</param>
/// <param name="TargetActivityId">For <see cref="TaskVerb.ReturnToStep"/>: the step.</param>
/// <param name="TargetAccountId">For forward, co-sign, copy: the person.</param>
public sealed record TaskRequest(
    Id<WorkTask> TaskId,
    TaskVerb Verb,
    int TaskRevision,
    int FactsRevision,
    Guid OperationId,
    string? Outcome = null,
    JsonObject? Form = null,
    string? Comment = null,
    string? TargetActivityId = null,
    Id<Account>? TargetAccountId = null)
{
    /// <summary>Whether a verb is decided on the facts of the case, so that a change of them in between is a conflict.</summary>
    public static bool Decides(TaskVerb verb) => verb is TaskVerb.Complete or TaskVerb.ReturnToStep;
}

/// <summary>What has happened: shown to the person after the act.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Message">Sentence with numbers and names (<c>已同意…</c>).</param>
/// <param name="DocumentNumbers">Official numbers of documents issued in the step.</param>
/// <param name="NewRevision">The task's revision now.</param>
public sealed record TaskReceipt(Id<WorkTask> TaskId, string Message, IReadOnlyList<string> DocumentNumbers, int NewRevision);

/// <summary>The verbs with the reason where one is not available, and the explanation of authority.</summary>
/// <param name="Items">All verbs of the menu in their order.</param>
/// <param name="Outcomes">Outcomes with labels, and why one may not be chosen.</param>
/// <param name="Authority">The five checks, for steps that decide.</param>
public sealed record TaskActions(
    IReadOnlyList<TaskActionItem> Items,
    IReadOnlyList<TaskOutcomeItem> Outcomes,
    AuthorityExplanation? Authority);

/// <summary>One verb.</summary>
public sealed record TaskActionItem(TaskVerb Verb, bool Allowed, Refusal? WhyNot);

/// <summary>One outcome.</summary>
public sealed record TaskOutcomeItem(string Outcome, string Label, bool Allowed, Refusal? WhyNot, string Consequence);
