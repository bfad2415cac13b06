using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Activities.Engine;

/// <summary>
/// The domain's workflow port on our engine. Each call runs one burst in the current step's transaction and stores it. Calls
/// made while a burst runs wait until it has been stored: a procedure that ends can so resume the spine that started it.
/// </summary>
internal sealed class CaseWorkflow(
    IUnitOfWork work,
    CaseLocks caseLocks,
    IWorkflowStore store,
    CaseDefinitions definitions,
    CaseWorkflowRunner runner,
    ProcedureService procedures,
    ProcedureReader reader,
    ConsequenceReader consequences,
    IServiceProvider services) : ICaseWorkflow
{
    private const string ProcedureInput = "procedure";
    private readonly Queue<Func<CancellationToken, Task>> _queue = new();
    private bool _bursting;

    /// <inheritdoc/>
    public async Task<Procedure> StartAsync(Case caseFile, string kind, string reason, JsonObject input, CancellationToken cancellationToken)
    {
        var procedure = await procedures.OpenAsync(caseFile, kind, reason, cancellationToken);
        var given = (JsonObject)input.DeepClone();
        given["reason"] = reason;
        await EnqueueAsync(token => StartNowAsync(procedure, given, token), cancellationToken);
        return procedure;
    }

    /// <inheritdoc/>
    public Task CompleteTaskAsync(WorkTask task, string outcome, JsonObject result, CancellationToken cancellationToken) => EnqueueAsync(
        token => ResumeAsync(task.ProcedureId.ToString(), task.BookmarkId, ToInput(result), token), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> SignalAsync(Id<Case> caseId, string stimulus, string? key, JsonObject payload, CancellationToken cancellationToken)
    {
        if (_bursting)
        {
            _queue.Enqueue(token => SignalNowAsync(caseId, stimulus, key, payload, token));
            return 0;
        }

        var resumed = await SignalNowAsync(caseId, stimulus, key, payload, cancellationToken);
        await DrainAsync(cancellationToken);
        return resumed;
    }

    /// <inheritdoc/>
    public async Task FireTimerAsync(string instanceId, string bookmarkId, CancellationToken cancellationToken)
    {
        if (!Id<Procedure>.TryParse(instanceId, out var id)
            || await reader.CaseIdAsync(id, cancellationToken) is not { } caseId)
        {
            throw new RefusedException("not-found", "这个定时任务不属于任何办件。");
        }

        await caseLocks.EnterAsync(caseId, cancellationToken);
        var state = await store.LoadAsync(instanceId, cancellationToken);
        if (state?.Bookmarks.Any(b => b.Id == bookmarkId) == true)
        {
            await EnqueueAsync(token => ResumeAsync(instanceId, bookmarkId, [], token), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task ReturnToAsync(Procedure procedure, string activityId, JsonObject input, CancellationToken cancellationToken) => EnqueueAsync(
        token => BurstAsync(
            procedure.Id.ToString(),
            (context, state) => runner.ReturnToAsync(context, state!, activityId, ToInput(input), services, token),
            token),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReturnTarget>> ReturnTargetsAsync(Procedure procedure, CancellationToken cancellationToken) =>
        reader.ReturnTargetsAsync(procedure.Id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> ConsequencesAsync(Procedure procedure, string activityId, CancellationToken cancellationToken) =>
        consequences.ReadAsync(procedure.DefinitionVersionId, activityId, cancellationToken);

    /// <inheritdoc/>
    public Task CancelAsync(Procedure procedure, string reason, CancellationToken cancellationToken)
    {
        procedure.Result = reason;
        return EnqueueAsync(
            token => BurstAsync(procedure.Id.ToString(), (context, state) => runner.CancelAsync(context, state!, services, token), token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WaitingPoint>> WaitingAsync(Id<Case> caseId, CancellationToken cancellationToken)
    {
        var found = await store.FindBookmarksAsync(new BookmarkQuery { CorrelationId = caseId.ToString() }, cancellationToken);
        return [.. found.Select(b => new WaitingPoint(b.InstanceId, b.Bookmark.ActivityId, b.Bookmark.Name, b.Bookmark.DueAt))];
    }

    private async Task StartNowAsync(Procedure procedure, JsonObject input, CancellationToken cancellationToken) => await BurstAsync(
        procedure.Id.ToString(),
        (context, _) => runner.StartAsync(
            context,
            procedure,
            new Dictionary<string, object?>(StringComparer.Ordinal) { [ProcedureInput] = input },
            services,
            cancellationToken),
        cancellationToken);

    private Task ResumeAsync(string instanceId, string bookmarkId, Dictionary<string, object?> input, CancellationToken cancellationToken) =>
        BurstAsync(
            instanceId,
            (context, state) => runner.ResumeAsync(context, state!, bookmarkId, input, services, cancellationToken),
            cancellationToken);

    private async Task<int> SignalNowAsync(Id<Case> caseId, string stimulus, string? key, JsonObject payload, CancellationToken cancellationToken)
    {
        var hash = BookmarkHash.Compute(stimulus, new CaseSignal(caseId.ToString(), key));
        var waiting = await store.FindBookmarksAsync(
            new BookmarkQuery { Name = stimulus, Hash = hash, CorrelationId = caseId.ToString() }, cancellationToken);
        foreach (var one in waiting)
        {
            var input = ToInput(payload);
            input["key"] = key;
            input["payload"] = payload.DeepClone();
            await ResumeAsync(one.InstanceId, one.Bookmark.Id, input, cancellationToken);
        }

        return waiting.Count;
    }

    /// <summary>An event that a procedure publishes reaches what waits for it in the same case, and no other case.</summary>
    private async Task DeliverAsync(Id<Case> caseId, string publisherId, PublishedEvent published, CancellationToken cancellationToken)
    {
        var ofCase = caseId.ToString();
        if (published.CorrelationId is { } asked && asked != ofCase)
        {
            return;
        }

        var receivers = published.Receivers(publisherId) with { CorrelationId = ofCase };
        foreach (var one in await store.FindBookmarksAsync(receivers, cancellationToken))
        {
            await ResumeAsync(one.InstanceId, one.Bookmark.Id, new Dictionary<string, object?>(published.Input, StringComparer.Ordinal), cancellationToken);
        }
    }

    private async Task EnqueueAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        _queue.Enqueue(call);
        if (!_bursting)
        {
            await DrainAsync(cancellationToken);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_queue.TryDequeue(out var call))
        {
            await call(cancellationToken);
        }
    }

    private async Task BurstAsync(
        string instanceId, Func<CaseBurst, WorkflowState?, Task<WorkflowBurst>> run, CancellationToken cancellationToken)
    {
        var procedure = await reader.FindAsync(Id<Procedure>.Parse(instanceId), cancellationToken)
            ?? throw new InvalidOperationException($"The instance {instanceId} is no procedure.");
        var state = await store.LoadAsync(instanceId, cancellationToken);
        var compiled = await definitions.FindAsync(procedure.DefinitionVersionId, cancellationToken);
        var context = new CaseBurst(compiled, await SkipsAsync(instanceId, cancellationToken));
        _bursting = true;
        WorkflowBurst burst;
        try
        {
            burst = await run(context, state);
            await work.SaveChangesAsync(cancellationToken);
            await store.SaveAsync(burst, cancellationToken);
        }
        finally
        {
            _bursting = false;
        }

        foreach (var published in burst.Events)
        {
            _queue.Enqueue(token => DeliverAsync(procedure.CaseId, instanceId, published, token));
        }

        await SettleAsync(procedure, burst.State, cancellationToken);
    }

    private async Task SettleAsync(Procedure procedure, WorkflowState state, CancellationToken cancellationToken)
    {
        await procedures.CancelTasksAsync(
            procedure.Id, state.Bookmarks.Select(b => b.Id).ToHashSet(StringComparer.Ordinal), cancellationToken);
        if (state.Status != WorkflowStatus.Finished)
        {
            return;
        }

        var cancelled = state.SubStatus == WorkflowSubStatus.Cancelled;
        await procedures.CloseAsync(procedure, cancelled ? ProcedureState.Cancelled : ProcedureState.Finished, null, cancellationToken);
        var payload = new JsonObject { ["result"] = procedure.Result ?? "Done", ["kind"] = procedure.Kind };
        _queue.Enqueue(token => SignalNowAsync(procedure.CaseId, ProcedureService.EndedStimulus, procedure.Id.ToString(), payload, token));
    }

    private async Task<IReadOnlyList<SkipOverride>> SkipsAsync(string instanceId, CancellationToken cancellationToken) =>
        [.. (await reader.SkipsAsync(instanceId, cancellationToken)).Select(skip => new SkipOverride(skip.NodeId, skip.Outcome, skip.Reason))];

    private static Dictionary<string, object?> ToInput(JsonObject json)
    {
        var input = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in json)
        {
            input[name] = value switch
            {
                JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
                JsonValue scalar when scalar.TryGetValue<bool>(out var flag) => flag,
                JsonValue scalar when scalar.TryGetValue<long>(out var number) => number,
                _ => value?.DeepClone(),
            };
        }

        return input;
    }
}
