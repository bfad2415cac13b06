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
            var seen = world.Pages.TryGetValue(name, out var known) ? known : throw step.Error($"there is no page '{name}'.");
            return await DoOnPageAsync(world, step, seen, operation, cancellationToken);
        }

        var actor = await world.ActorAsync(step, cancellationToken);
        var page = await LookAsync(world, step);
        var request = await RequestAsync(world, step, page, operation);
        var decides = request.Verb is TaskVerb.Complete or TaskVerb.ReturnToStep or TaskVerb.Forward;
        if (step.Text("claim") != "false" && decides && await IsFreeAsync(world, page.TaskId))
        {
            await PerformAsync(world, actor, new TaskRequest(page.TaskId, TaskVerb.Claim, page.TaskRevision, page.FactsRevision, Guid.NewGuid()), cancellationToken);
            request = request with { TaskRevision = await RevisionAsync(world, page.TaskId) };
        }

        world.Pages[Last] = page with { TaskRevision = request.TaskRevision };
        var receipt = await PerformAsync(world, actor, request, cancellationToken);
        return new ActResult(receipt.Message);
    }

    /// <summary>Acts on what a page showed, however things stand now; nothing is claimed first.</summary>
    public static async Task<ActResult> DoOnPageAsync(ScenarioWorld world, YamlMap step, SeenPage page, Guid operation, CancellationToken cancellationToken)
    {
        var actor = await world.ActorAsync(step, cancellationToken);
        var request = await RequestAsync(world, step, page, operation);
        return new ActResult((await PerformAsync(world, actor, request, cancellationToken)).Message);
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
        var verb = step.Text("verb") switch
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
            var other => throw step.Error($"'{other}' is no verb."),
        };
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

    private static Task<TaskReceipt> PerformAsync(ScenarioWorld world, Cases.Organisation.Actor actor, TaskRequest request, CancellationToken cancellationToken) =>
        world.Host.ActAsync<ITaskService, TaskReceipt>(tasks => tasks.PerformAsync(actor, request, cancellationToken));
}
