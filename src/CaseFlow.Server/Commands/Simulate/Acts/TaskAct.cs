using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>A verb on an open task; a task that nobody has is claimed first, as a person would.</summary>
internal sealed class TaskAct : IAct
{
    /// <summary>Name of the page on which a task was done last, for a repeated request.</summary>
    public const string Last = "last request";

    public string Key => "task";

    public async Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken)
    {
        if (step.Text("page") is { } name)
        {
            var seen = world.Pages.TryGetValue(name, out var known)
                ? known
                : throw step.Error($"there is no page '{name}'. Opened by 'look': {(world.Pages.IsEmpty ? "none" : string.Join(", ", world.Pages.Keys))}.");
            return await DoOnPageAsync(world, step, seen, operation, cancellationToken);
        }

        var page = await LookAsync(world, step);
        if (await ClaimFirstAsync(world, step, page, cancellationToken) is { Failure: not null } refused)
        {
            return refused;
        }

        page = page with { TaskRevision = await RevisionAsync(world, page.TaskId) };
        world.Pages[Last] = page;
        return await DoOnPageAsync(world, step, page, operation, cancellationToken);
    }

    /// <summary>Acts on what a page showed, however things stand now; nothing is claimed first.</summary>
    public static async Task<ActResult> DoOnPageAsync(ScenarioWorld world, YamlMap step, SeenPage page, Guid operation, CancellationToken cancellationToken) =>
        await PerformAsync(world, step, await RequestAsync(world, step, page, operation), cancellationToken);

    /// <summary>A task that nobody has is claimed, as a person would, before it is completed, returned or handed over.</summary>
    /// <returns>Null if there was nothing to claim.</returns>
    public static async Task<ActResult?> ClaimFirstAsync(ScenarioWorld world, YamlMap step, SeenPage page, CancellationToken cancellationToken)
    {
        var decides = VerbOf(step) is TaskVerb.Complete or TaskVerb.ReturnToStep or TaskVerb.Forward;
        return step.Text("claim") != "false" && decides && await IsFreeAsync(world, page.TaskId)
            ? await PerformAsync(world, step, new TaskRequest(page.TaskId, TaskVerb.Claim, page.TaskRevision, page.FactsRevision, Guid.NewGuid()), cancellationToken)
            : null;
    }

    /// <summary>Finds the open task that a step names and notes what a page would show.</summary>
    public static async Task<SeenPage> LookAsync(ScenarioWorld world, YamlMap step)
    {
        var caseId = world.CaseOf(step);
        var wanted = step.Required("task");
        var slot = step.Whole("slot");
        var tasks = await world.ReadAsync(work => work.Set<WorkTask>().AsNoTracking()
            .Where(task => task.CaseId == caseId && (task.State == WorkTaskState.Ready || task.State == WorkTaskState.Claimed))
            .OrderBy(task => task.Slot)
            .ToListAsync());
        var task = tasks.Find(task => task.Step == wanted && (slot is null || task.Slot == slot))
            ?? throw step.Error($"no task '{wanted}' is open. Open: {(tasks.Count == 0 ? "none" : string.Join(", ", tasks.Select(open => open.Step)))}.");
        var facts = await world.ReadAsync(work => work.Set<Case>().Where(row => row.Id == caseId).Select(row => row.FactsRevision).FirstAsync());
        return new SeenPage(task.Id, task.Revision, facts);
    }

    private static async Task<TaskRequest> RequestAsync(ScenarioWorld world, YamlMap step, SeenPage page, Guid operation)
    {
        var verb = VerbOf(step);
        var to = step.Text("to");
        return new TaskRequest(
            page.TaskId,
            verb,
            page.TaskRevision,
            page.FactsRevision,
            operation,
            verb == TaskVerb.Complete ? step.Required("outcome") : null,
            step.Has("form") || step.Has("change") ? ApplyAct.Form(world, step) : null,
            step.Text("comment"),
            verb == TaskVerb.ReturnToStep && to is not null ? await ActivityAsync(world, page.TaskId, to) : null,
            verb is TaskVerb.Forward or TaskVerb.CopyTo && to is not null ? world.AccountOf(to, step) : null);
    }

    private static TaskVerb VerbOf(YamlMap step) => step.Text("verb") switch
    {
        null or "complete" => TaskVerb.Complete,
        "claim" => TaskVerb.Claim,
        "release" => TaskVerb.Release,
        "return" => TaskVerb.ReturnToStep,
        "forward" => TaskVerb.Forward,
        "recusal" => TaskVerb.DeclareRecusal,
        "urge" => TaskVerb.Urge,
        "cosign" => TaskVerb.AddCosigner,
        "withdraw" => TaskVerb.Withdraw,
        "copy" => TaskVerb.CopyTo,
        "escalate" => TaskVerb.Escalate,
        var other => throw step.Error($"'{other}' is no verb; verbs are complete, claim, release, return, forward, recusal, urge, cosign, withdraw, copy, escalate."),
    };

    /// <summary>A step that was done before is named by its step; anything else is taken as the activity's id.</summary>
    private static Task<string> ActivityAsync(ScenarioWorld world, Id<WorkTask> taskId, string to) => world.ReadAsync(async work =>
    {
        var procedure = await work.Set<WorkTask>().Where(task => task.Id == taskId).Select(task => task.ProcedureId).FirstAsync();
        return await work.Set<WorkTask>().Where(task => task.ProcedureId == procedure && task.Step == to).Select(task => task.ActivityId).FirstOrDefaultAsync() ?? to;
    });

    private static Task<bool> IsFreeAsync(ScenarioWorld world, Id<WorkTask> id) => world.ReadAsync(work =>
        work.Set<WorkTask>().AnyAsync(task => task.Id == id && task.State == WorkTaskState.Ready && !task.ForCitizen));

    private static Task<int> RevisionAsync(ScenarioWorld world, Id<WorkTask> id) => world.ReadAsync(work =>
        work.Set<WorkTask>().Where(task => task.Id == id).Select(task => task.Revision).FirstAsync());

    private static async Task<ActResult> PerformAsync(ScenarioWorld world, YamlMap step, TaskRequest request, CancellationToken cancellationToken)
    {
        if (step.Text("via") is { } via)
        {
            return via == "api" ? await ByApiAsync(world, step, request, cancellationToken) : throw step.Error($"'via' is api, not '{via}'.");
        }

        var actor = await world.ActorAsync(step, cancellationToken);
        var receipt = await world.Host.ActAsync<ITaskService, TaskReceipt>(tasks => tasks.PerformAsync(actor, request, cancellationToken));
        return new ActResult(receipt.Message);
    }

    private static async Task<ActResult> ByApiAsync(ScenarioWorld world, YamlMap step, TaskRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["verb"] = request.Verb.ToString(),
            ["taskRevision"] = request.TaskRevision,
            ["factsRevision"] = request.FactsRevision,
            ["outcome"] = request.Outcome,
            ["form"] = request.Form?.DeepClone(),
            ["comment"] = request.Comment,
            ["targetActivityId"] = request.TargetActivityId,
            ["targetAccountId"] = request.TargetAccountId?.ToString(),
        };
        var answer = await ApiAct.CallAsync(world, step, step, "POST", $"tasks/{request.TaskId}/actions", body.ToJsonString(), request.OperationId, cancellationToken);
        return ApiAct.Result(answer, (string?)answer.Body?["message"] ?? "");
    }
}
