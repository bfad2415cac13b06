using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Api;

/// <summary>Tasks: the inbox, what one may do with a task and why not the rest, and doing it.</summary>
internal static class TaskEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapTasks(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/tasks").WithTags("Tasks");
        group.MapGet("", ListAsync).WithName("ListTasks").WithSummary("The caller's inbox, most urgent first")
            .WithDescription("`filter`: Mine, Pool, Overdue, DueSoon, Returned or Done. Go on with `after` = `next` of the page before.");
        group.MapGet("/counts", CountsAsync).WithName("CountTasks").WithSummary("How many tasks each filter holds");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetTask").WithSummary("A task with the actions that the caller may take now, and why not the others");
        group.MapPost("/{id:guid}/actions", PerformAsync).WithName("PerformTaskAction").WithSummary("Does one verb")
            .WithDescription("Repeat a request with the same `Idempotency-Key` (or `operationId`): it has no second effect and gets the same answer. "
                + "Revisions are those that `GetTask` told; a change in between is a conflict (409).")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesValidationProblem();
    }

    private static async Task<Ok<ApiPage<TaskLine>>> ListAsync(
        string? filter, string? caseType, string? step, string? after, int? limit, InboxQuery inbox, CurrentActor current, CancellationToken cancellationToken)
    {
        var page = await ReadAsync(
            () => inbox.PageAsync(
                current.Required,
                ApiAnswers.Read<InboxFilter>(filter ?? nameof(InboxFilter.Mine), "filter"),
                new InboxNarrowing(caseType, step),
                after,
                ApiAnswers.Size(limit),
                cancellationToken));
        return TypedResults.Ok(new ApiPage<TaskLine>([.. page.Items.Select(TaskLine.Of)], page.Next));
    }

    private static async Task<InboxPage> ReadAsync(Func<Task<InboxPage>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is FormatException or IndexOutOfRangeException)
        {
            throw new InvalidInputException("after", "应为上一页给出的 next。");
        }
    }

    private static async Task<Ok<IReadOnlyDictionary<string, int>>> CountsAsync(InboxQuery inbox, CurrentActor current, CancellationToken cancellationToken)
    {
        var counts = await inbox.CountsAsync(current.Required, cancellationToken);
        return TypedResults.Ok<IReadOnlyDictionary<string, int>>(counts.ToDictionary(c => c.Key.ToString(), c => c.Value));
    }

    private static async Task<Results<Ok<TaskDetail>, NotFound>> GetAsync(
        Guid id, ITaskService tasks, IUnitOfWork work, CurrentActor current, CancellationToken cancellationToken)
    {
        var key = new Id<WorkTask>(id);
        var task = await work.Set<WorkTask>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == key, cancellationToken);
        var actions = task is null ? null : await tasks.ActionsAsync(current.Required, key, cancellationToken);
        if (task is null || actions is null)
        {
            return TypedResults.NotFound();
        }

        var file = await work.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == task.CaseId, cancellationToken);
        return TypedResults.Ok(TaskDetail.Of(task, file, actions));
    }

    private static async Task<Results<Ok<ActionReceipt>, NotFound>> PerformAsync(
        Guid id, ActionRequest request, ITaskService tasks, CurrentActor current, HttpRequest http, CancellationToken cancellationToken)
    {
        var actor = current.Required;
        var key = new Id<WorkTask>(id);
        if (await tasks.ActionsAsync(actor, key, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        var verb = ApiAnswers.Read<TaskVerb>(request.Verb, "verb");
        RequireRevisions(request, verb);
        var receipt = await tasks.PerformAsync(
            actor,
            new TaskRequest(
                key,
                verb,
                request.TaskRevision.GetValueOrDefault(),
                request.FactsRevision.GetValueOrDefault(),
                ApiAnswers.OperationId(http, actor, request.OperationId),
                request.Outcome,
                request.Form,
                request.Comment,
                request.TargetActivityId,
                request.TargetAccountId is { } target ? new Id<Account>(target) : null),
            cancellationToken);
        return TypedResults.Ok(new ActionReceipt(receipt.TaskId.Value, receipt.Message, receipt.DocumentNumbers, receipt.NewRevision));
    }

    /// <summary>A revision that was not sent is a mistake of the caller, and no conflict with what somebody else did.</summary>
    private static void RequireRevisions(ActionRequest request, TaskVerb verb)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (request.TaskRevision is null)
        {
            errors["taskRevision"] = ["必填：读取任务时得到的 taskRevision。"];
        }

        if (request.FactsRevision is null && TaskRequest.Decides(verb))
        {
            errors["factsRevision"] = ["必填：读取任务时得到的 factsRevision。"];
        }

        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors);
        }
    }
}

/// <summary>A line of the inbox.</summary>
internal sealed record TaskLine(
    Guid Id, Guid CaseId, string CaseNumber, string ApplicantName, string CaseType, string Step, string Name, string NameEn, string State, string? Assignee, DateOnly? DueOn, DateTimeOffset CreatedAt, string? ReturnReason, int Revision)
{
    /// <summary>The line of an item.</summary>
    public static TaskLine Of(InboxItem item) => new(
        item.TaskId.Value, item.CaseId.Value, item.CaseNumber, item.ApplicantName, item.CaseType, item.Step, item.Name, item.NameEn,
        item.State.ToString(), item.AssigneeName, item.DueOn, item.CreatedAt, item.ReturnReason, item.Revision);
}

/// <summary>A task with what may be done now.</summary>
/// <param name="Id">Identity.</param>
/// <param name="CaseId">The case.</param>
/// <param name="CaseNumber">Its number.</param>
/// <param name="Step">Step identifier.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="State">Ready, Claimed, Completed or Cancelled.</param>
/// <param name="FormKey">Key of the step's form.</param>
/// <param name="DueOn">Last day.</param>
/// <param name="ReturnReason">Why it came back.</param>
/// <param name="TaskRevision">Send it back with an act.</param>
/// <param name="FactsRevision">Send it back with an act.</param>
/// <param name="Actions">All verbs in their order.</param>
/// <param name="Outcomes">What the step may be completed with.</param>
/// <param name="Authority">The checks of authority, for steps that decide.</param>
internal sealed record TaskDetail(
    Guid Id,
    Guid CaseId,
    string CaseNumber,
    string Step,
    string Name,
    string NameEn,
    string State,
    string? FormKey,
    DateOnly? DueOn,
    string? ReturnReason,
    int TaskRevision,
    int FactsRevision,
    IReadOnlyList<ActionLine> Actions,
    IReadOnlyList<OutcomeLine> Outcomes,
    AuthorityLine? Authority)
{
    /// <summary>The detail of a task.</summary>
    public static TaskDetail Of(WorkTask task, Case file, TaskActions actions) => new(
        task.Id.Value,
        file.Id.Value,
        file.Number,
        task.Step,
        task.Name,
        task.NameEn,
        task.State.ToString(),
        task.FormKey,
        task.DueOn,
        task.ReturnReason,
        task.Revision,
        file.FactsRevision,
        [.. actions.Items.Select(i => new ActionLine(i.Verb.ToString(), i.Allowed, Reason.Of(i.WhyNot)))],
        [.. actions.Outcomes.Select(o => new OutcomeLine(o.Outcome, o.Label, o.Allowed, Reason.Of(o.WhyNot), o.Consequence))],
        actions.Authority is { } authority
            ? new AuthorityLine(
                authority.Allowed,
                authority.Summary,
                authority.RuleCode,
                authority.RuleVersion,
                [.. authority.Checks.Select(c => new CheckLine(c.Name, c.Holds, c.Explanation))])
            : null);
}

/// <summary>Why something is refused.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">Sentence in Chinese.</param>
internal sealed record Reason(string Code, string Message)
{
    /// <summary>The reason of a refusal.</summary>
    public static Reason? Of(Refusal? refusal) => refusal is null ? null : new Reason(refusal.Code, refusal.Message);
}

/// <summary>One verb.</summary>
internal sealed record ActionLine(string Verb, bool Allowed, Reason? WhyNot);

/// <summary>One outcome.</summary>
internal sealed record OutcomeLine(string Outcome, string Label, bool Allowed, Reason? WhyNot, string Consequence);

/// <summary>The explanation of authority.</summary>
internal sealed record AuthorityLine(bool Allowed, string Summary, string? RuleCode, int? RuleVersion, IReadOnlyList<CheckLine> Checks);

/// <summary>One check; <c>holds</c> is absent where it does not apply.</summary>
internal sealed record CheckLine(string Name, bool? Holds, string Explanation);

/// <summary>An act on a task.</summary>
/// <param name="Verb">Claim, Release, Complete, ReturnToStep, Forward, DeclareRecusal, Urge ...</param>
/// <param name="TaskRevision">The task's revision that was seen.</param>
/// <param name="FactsRevision">The case's facts revision that was seen; needed for Complete and ReturnToStep.</param>
/// <param name="Outcome">For Complete: the outcome.</param>
/// <param name="Form">For Complete: the step's form data.</param>
/// <param name="Comment">Opinion or reason.</param>
/// <param name="TargetActivityId">For ReturnToStep: the step.</param>
/// <param name="TargetAccountId">For Forward: the person.</param>
/// <param name="OperationId">Unique per intended act; instead of the Idempotency-Key header.</param>
internal sealed record ActionRequest(
    string? Verb,
    int? TaskRevision,
    int? FactsRevision,
    string? Outcome = null,
    JsonObject? Form = null,
    string? Comment = null,
    string? TargetActivityId = null,
    Guid? TargetAccountId = null,
    Guid? OperationId = null);

/// <summary>What has happened.</summary>
internal sealed record ActionReceipt(Guid TaskId, string Message, IReadOnlyList<string> DocumentNumbers, int NewRevision);
