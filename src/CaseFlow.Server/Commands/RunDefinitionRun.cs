using System.Text.Json.Nodes;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Server.Commands;

/// <summary>
/// Runs one definition on a store of its own, by a script or by default: started without input, every bookmark resumed in the
/// order of creation, at most ten, tasks with "done".
/// </summary>
internal sealed class RunDefinitionRun
{
    private const int MostResumes = 10;

    private readonly WorkflowDefinition definition;
    private readonly IWorkflowStore store;
    private readonly RunDefinitionClock clock;
    private readonly WorkflowCompiler compiler;
    private readonly WorkflowHost host;
    private readonly List<RunDefinitionTrace> traces = [];
    private readonly List<string> remarks = [];

    public RunDefinitionRun(WorkflowDefinition definition, IWorkflowDefinitionSource known, IWorkflowStore store, RunDefinitionClock clock)
        : this(definition, known, store, clock, ActivityRegistry.CreateDefault())
    {
    }

    public RunDefinitionRun(
        WorkflowDefinition definition, IWorkflowDefinitionSource known, IWorkflowStore store, RunDefinitionClock clock, ActivityRegistry registry)
    {
        this.definition = definition;
        this.store = store;
        this.clock = clock;
        compiler = new WorkflowCompiler(registry, known);
        host = new WorkflowHost(known, compiler, store, NoServices.Instance, clock) { BurstSaved = Keep };
    }

    /// <summary>What a script asked for and could not be done.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>What went wrong in the instances of the definition, with the causes.</summary>
    public IEnumerable<string> Incidents => traces.Where(x => IsOwn(x.State)).SelectMany(x => x.State.Incidents)
        .Select(x => $"incident at {x.NodeId}: {string.Join(": ", x.Causes.Prepend(x.Message).Distinct(StringComparer.Ordinal))}");

    /// <summary>Runs, and gives the report as JSON.</summary>
    /// <exception cref="WorkflowRefusedException">The definition cannot run.</exception>
    public async Task<string> RunAsync(RunDefinitionScript? script, CancellationToken cancellationToken)
    {
        var compiled = await compiler.CompileAsync(definition, cancellationToken);
        compiled.ThrowIfInvalid();
        var scripted = script?.Instances.Where(x => !x.HasParent && x.Started is not null).ToList() ?? [];
        if (scripted.Count == 0)
        {
            await RunByDefaultAsync(cancellationToken);
        }

        foreach (var instance in scripted)
        {
            await RunScriptedAsync(instance, cancellationToken);
        }

        return RunDefinitionReport.Write(compiled, traces.Where(x => IsOwn(x.State)));
    }

    private bool IsOwn(WorkflowState state) => string.Equals(state.DefinitionId, definition.DefinitionId, StringComparison.Ordinal);

    private async Task RunByDefaultAsync(CancellationToken cancellationToken)
    {
        var start = new RunDefinitionStep(new JsonObject { ["kind"] = "run", ["definitionId"] = definition.DefinitionId, ["input"] = null });
        await StartAsync(start, cancellationToken);
        for (var i = 0; i < MostResumes; i++)
        {
            var next = (await store.FindBookmarksAsync(new BookmarkQuery(), cancellationToken)).FirstOrDefault(x => !IsWaitForChild(x.Bookmark));
            if (next is null)
            {
                return;
            }

            var step = new JsonObject { ["kind"] = IsTask(next.Bookmark) ? "task" : "bookmark", ["activityId"] = next.Bookmark.ActivityId };
            step["input"] = IsTask(next.Bookmark) ? "done" : null;
            await ResumeAsync(next, new RunDefinitionStep(step), cancellationToken);
        }
    }

    private async Task RunScriptedAsync(RunDefinitionInstance instance, CancellationToken cancellationToken)
    {
        var id = await StartAsync(instance.Started!, cancellationToken);
        foreach (var step in instance.Resumed)
        {
            switch (step.Kind)
            {
                case "task" or "bookmark":
                    await ResumeWaitingAsync(id, step, cancellationToken);
                    break;
                case "timer":
                    await RunTimerAsync(id, step, cancellationToken);
                    break;
                case "event":
                    Note(id, step, null);
                    await host.PublishEventAsync(step.EventName ?? "", Plain(step.Input), step.CorrelationId, null, cancellationToken);
                    break;
                case "run":
                    Note(id, step, null);
                    await StartInstanceAsync(step, cancellationToken);
                    break;
                case "cancel":
                    Note(id, step, null);
                    await AttemptAsync(step, () => host.CancelAsync(id!, cancellationToken));
                    break;
                case "retry":
                    Note(id, step, null);
                    await AttemptAsync(step, () => host.RetryAsync(id!, cancellationToken: cancellationToken));
                    break;
                default:
                    remarks.Add($"The script asks for '{step.Kind}', which is not known.");
                    break;
            }

            await RunDueAsync(cancellationToken);
        }
    }

    private async Task<string?> StartAsync(RunDefinitionStep step, CancellationToken cancellationToken)
    {
        var isEvent = string.Equals(step.Kind, "event", StringComparison.Ordinal);
        if (isEvent && traces.Find(x => IsOwn(x.State) && x.Started is null && x.State.ParentInstanceId is null) is { } waiting)
        {
            // An event of another instance's script has started this one already.
            waiting.Started = step.Json;
            return waiting.State.InstanceId;
        }

        var before = traces.Count;
        if (isEvent)
        {
            await host.PublishEventAsync(step.EventName ?? "", Plain(step.Input), step.CorrelationId, null, cancellationToken);
        }
        else
        {
            await StartInstanceAsync(step, cancellationToken);
        }

        var started = traces.Skip(before).FirstOrDefault(x => IsOwn(x.State));
        if (started is null)
        {
            remarks.Add($"Nothing was started by {step.Json.ToJsonString()}.");
        }
        else
        {
            started.Started = step.Json;
        }

        await RunDueAsync(cancellationToken);
        return started?.State.InstanceId;
    }

    /// <summary>Starts the very version that is run, published or not, or the published one of another definition.</summary>
    private Task<WorkflowState?> StartInstanceAsync(RunDefinitionStep step, CancellationToken cancellationToken)
    {
        var own = step.DefinitionId is null || string.Equals(step.DefinitionId, definition.DefinitionId, StringComparison.Ordinal);
        return host.StartAsync(
            own ? WorkflowDefinitionHandle.ByVersionId(definition.VersionId) : WorkflowDefinitionHandle.Published(step.DefinitionId!),
            new StartArguments { Input = Map(step.Input), CorrelationId = step.CorrelationId },
            cancellationToken);
    }

    private async Task ResumeWaitingAsync(string? id, RunDefinitionStep step, CancellationToken cancellationToken)
    {
        var waiting = await store.FindBookmarksAsync(new BookmarkQuery(), cancellationToken);
        var fitting = waiting.Where(x => string.Equals(x.Bookmark.ActivityId, step.ActivityId, StringComparison.Ordinal)
            && (step.BookmarkName is null || string.Equals(x.Bookmark.Name, step.BookmarkName, StringComparison.Ordinal))).ToList();
        var found = fitting.FirstOrDefault(x => string.Equals(x.InstanceId, id, StringComparison.Ordinal)) ?? fitting.FirstOrDefault();
        if (found is null)
        {
            Note(id, step, null);
            if (!step.HasNoEffect)
            {
                remarks.Add($"Nothing waits at '{step.ActivityId}'.");
            }

            return;
        }

        await ResumeAsync(found, step, cancellationToken);
    }

    private async Task ResumeAsync(StoredBookmark found, RunDefinitionStep step, CancellationToken cancellationToken)
    {
        Note(found.InstanceId, step, found.Bookmark);
        var input = IsTask(found.Bookmark) ? WorkflowHost.TaskResult(Plain(step.Input)) : Map(step.Input);
        await AttemptAsync(step, () => host.ResumeAsync(found.InstanceId, found.Bookmark.Id, input, cancellationToken));
        await RunDueAsync(cancellationToken);
    }

    private async Task RunTimerAsync(string? id, RunDefinitionStep step, CancellationToken cancellationToken)
    {
        var waiting = await store.FindBookmarksAsync(new BookmarkQuery { InstanceId = id }, cancellationToken);
        var timer = waiting.FirstOrDefault(x => x.Bookmark.DueAt is not null && string.Equals(x.Bookmark.ActivityId, step.ActivityId, StringComparison.Ordinal));
        Note(id, step, timer?.Bookmark);
        if (timer is not null && !step.HasNoEffect)
        {
            clock.MoveTo(timer.Bookmark.DueAt!.Value);
        }

        await host.RunDueTimersAsync(cancellationToken: cancellationToken);
    }

    /// <summary>What is due without moving the clock: delays of no length.</summary>
    private async Task RunDueAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < 1000 && await host.RunDueTimersAsync(cancellationToken: cancellationToken) > 0; i++)
        {
        }
    }

    private async Task AttemptAsync(RunDefinitionStep step, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (WorkflowRefusedException e)
        {
            if (!step.HasNoEffect)
            {
                remarks.Add(e.Message);
            }
        }
    }

    private void Keep(WorkflowBurst burst)
    {
        var trace = traces.Find(x => string.Equals(x.State.InstanceId, burst.State.InstanceId, StringComparison.Ordinal));
        if (trace is null)
        {
            traces.Add(trace = new RunDefinitionTrace(burst.State));
        }

        trace.State = burst.State;
        trace.Journal.AddRange(burst.Journal);
        foreach (var record in burst.Records)
        {
            trace.Records[record.Run] = record;
        }
    }

    private void Note(string? id, RunDefinitionStep step, Bookmark? bookmark)
    {
        var trace = traces.Find(x => string.Equals(x.State.InstanceId, id, StringComparison.Ordinal));
        if (trace is null)
        {
            return;
        }

        var noted = (JsonObject)step.Json.DeepClone();
        noted["afterSeq"] = trace.Journal.Count == 0 ? null : trace.Journal[^1].Sequence;
        if (bookmark is not null)
        {
            noted["bookmark"] = RunDefinitionReport.Bookmark(bookmark);
        }

        trace.Resumed.Add(noted);
    }

    private static bool IsTask(Bookmark bookmark) => string.Equals(bookmark.Name, "Elsa.RunTask", StringComparison.Ordinal);

    private static bool IsWaitForChild(Bookmark bookmark) => bookmark.Name is "Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow";

    private static object? Plain(JsonNode? node) => PlainValues.FromJson(node);

    private static Dictionary<string, object?>? Map(JsonNode? node) => PlainValues.FromJson(node) as Dictionary<string, object?>;

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>What happened to one instance.</summary>
internal sealed class RunDefinitionTrace(WorkflowState state)
{
    public WorkflowState State { get; set; } = state;

    public List<JournalEntry> Journal { get; } = [];

    public SortedDictionary<long, ActivityRecord> Records { get; } = [];

    public JsonObject? Started { get; set; }

    public List<JsonObject> Resumed { get; } = [];
}
