using CaseFlow.Workflows.Activities;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Hosting;

/// <summary>
/// Runs instances on a store: loads, runs a burst, saves, and then does what the burst asked for (events, children, the parent
/// that waits), first in, first out, until nothing is left; more than 10,000 of them are taken for definitions that start or
/// answer each other without end. A call for an instance whose burst is running in the same flow of control is queued and done
/// after that burst; it returns null.
/// </summary>
public sealed class WorkflowHost
{
    private const int MostFollowUps = 10_000;

    private static readonly AsyncLocal<Frame?> Current = new();
    private static readonly AsyncLocal<Queue<Func<Task>>?> Open = new();
    private readonly IWorkflowDefinitionSource definitions;
    private readonly WorkflowCompiler compiler;
    private readonly WorkflowRunner runner;
    private readonly IWorkflowStore store;
    private readonly IServiceProvider services;
    private readonly TimeProvider clock;
    private readonly TriggerIndex triggers;

    /// <summary>Creates a host.</summary>
    public WorkflowHost(
        IWorkflowDefinitionSource definitions, WorkflowCompiler compiler, IWorkflowStore store, IServiceProvider services, TimeProvider clock)
    {
        this.definitions = definitions;
        this.compiler = compiler;
        this.store = store;
        this.services = services;
        this.clock = clock;
        runner = new WorkflowRunner(
            clock, async (id, token) => await definitions.FindAsync(WorkflowDefinitionHandle.Published(id), token) is not null);
        triggers = new TriggerIndex(definitions, compiler, services, clock);
    }

    /// <summary>Called after each burst that was saved.</summary>
    public Action<WorkflowBurst>? BurstSaved { get; set; }

    /// <summary>Starts the published version of a definition.</summary>
    /// <exception cref="WorkflowRefusedException">There is no such definition, or it cannot run.</exception>
    public Task<WorkflowState?> StartAsync(string definitionId, StartArguments? arguments = null, CancellationToken cancellationToken = default) =>
        StartAsync(WorkflowDefinitionHandle.Published(definitionId), arguments, cancellationToken);

    /// <summary>Starts a version of a definition.</summary>
    /// <exception cref="WorkflowRefusedException">There is no such definition, or it cannot run.</exception>
    public async Task<WorkflowState?> StartAsync(
        WorkflowDefinitionHandle handle, StartArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        var definition = await definitions.FindAsync(handle, cancellationToken)
            ?? throw new WorkflowRefusedException(RefusalReasons.DefinitionNotFound, $"There is no definition '{handle.DefinitionId ?? handle.VersionId}' to start.");
        var compiled = await compiler.CompileAsync(definition, cancellationToken);
        var start = (arguments ?? new StartArguments()) with { InstanceId = arguments?.InstanceId ?? Ids.New() };
        return await InAsync(start.InstanceId!, () => runner.StartAsync(compiled, start, services, cancellationToken), cancellationToken);
    }

    /// <summary>Resumes a bookmark of an instance.</summary>
    /// <exception cref="WorkflowRefusedException">There is no such instance or bookmark, or the instance has ended.</exception>
    public Task<WorkflowState?> ResumeAsync(
        string instanceId, string bookmarkId, IReadOnlyDictionary<string, object?>? input = null, CancellationToken cancellationToken = default) =>
        OnAsync(
            instanceId,
            (workflow, state) => runner.ResumeAsync(workflow, state, bookmarkId, new BurstArguments { Input = input }, services, cancellationToken),
            cancellationToken);

    /// <summary>Completes a task that <c>Elsa.RunTask</c> asked for.</summary>
    /// <returns>Whether there was such a task.</returns>
    public async Task<bool> CompleteTaskAsync(string taskId, object? result, CancellationToken cancellationToken = default)
    {
        var waiting = await store.FindBookmarksAsync(new BookmarkQuery { Name = "Elsa.RunTask" }, cancellationToken);
        var task = waiting.FirstOrDefault(x => x.Bookmark.Payload?.Contains($"\"{taskId}\"", StringComparison.Ordinal) ?? false);
        if (task is null)
        {
            return false;
        }

        await ResumeAsync(task.InstanceId, task.Bookmark.Id, TaskResult(result), cancellationToken);
        return true;
    }

    /// <summary>The input with which a RunTask is resumed.</summary>
    public static IReadOnlyDictionary<string, object?> TaskResult(object? result) => new Dictionary<string, object?> { [RunTask.ResultKey] = result };

    /// <summary>Resumes every bookmark that waits for a stimulus, and starts the published definitions that it triggers.</summary>
    /// <param name="name">The name of the bookmarks, by default a type name of activities.</param>
    /// <param name="stimulus">The stimulus, of which the hash is made.</param>
    /// <param name="correlationId">Only instances with this correlation id, which those that are started get; null for all.</param>
    /// <param name="instanceId">Only this instance, and nothing is started; null for all.</param>
    /// <param name="input">Data for the resumed activities and the triggers.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many bookmarks were resumed or queued, and instances started.</returns>
    public async Task<int> SendAsync(
        string name,
        object? stimulus,
        string? correlationId = null,
        string? instanceId = null,
        IReadOnlyDictionary<string, object?>? input = null,
        CancellationToken cancellationToken = default)
    {
        var hash = BookmarkHash.Compute(name, stimulus);
        var query = new BookmarkQuery { Name = name, Hash = hash, CorrelationId = correlationId, InstanceId = instanceId };
        var count = 0;
        foreach (var found in await store.FindBookmarksAsync(query, cancellationToken))
        {
            count += await TryResumeAsync(found, input, cancellationToken) ? 1 : 0;
        }

        return instanceId is null ? count + await TriggerAsync(hash, correlationId, input, cancellationToken) : count;
    }

    /// <summary>
    /// Delivers an event: without correlation id to all that wait for it, with one to those of that id; and starts the published
    /// definitions that it triggers.
    /// </summary>
    /// <returns>How many instances got it or were started.</returns>
    public Task<int> PublishEventAsync(
        string name, object? payload = null, string? correlationId = null, string? onlyInstanceId = null, CancellationToken cancellationToken = default)
    {
        var input = new Dictionary<string, object?> { [Event.PayloadKey] = payload ?? new Dictionary<string, object?>() };
        return SendAsync("Elsa.Event", new EventStimulus(name), correlationId, onlyInstanceId, input, cancellationToken);
    }

    /// <summary>Resumes the timers that are due, oldest first.</summary>
    /// <returns>How many were resumed.</returns>
    public async Task<int> RunDueTimersAsync(int limit = 100, CancellationToken cancellationToken = default)
    {
        var due = await store.FindBookmarksAsync(new BookmarkQuery { DueAt = clock.GetUtcNow(), Limit = limit }, cancellationToken);
        var count = 0;
        foreach (var found in due)
        {
            count += await TryResumeAsync(found, null, cancellationToken) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Returns to an activity, see <see cref="WorkflowRunner.ReturnToAsync"/>.</summary>
    public Task<WorkflowState?> ReturnToAsync(
        string instanceId, string activityId, IReadOnlyDictionary<string, object?>? input = null, CancellationToken cancellationToken = default) =>
        OnAsync(
            instanceId,
            (workflow, state) => runner.ReturnToAsync(workflow, state, activityId, new BurstArguments { Input = input }, services, cancellationToken),
            cancellationToken);

    /// <summary>Runs again what has faulted.</summary>
    public Task<WorkflowState?> RetryAsync(
        string instanceId, string? activityInstanceId = null, IReadOnlyList<SkipOverride>? skips = null, CancellationToken cancellationToken = default) =>
        OnAsync(
            instanceId,
            (workflow, state) => runner.RetryAsync(workflow, state, activityInstanceId, new BurstArguments { Skips = skips ?? [] }, services, cancellationToken),
            cancellationToken);

    /// <summary>Cancels an instance.</summary>
    public Task<WorkflowState?> CancelAsync(string instanceId, CancellationToken cancellationToken = default) =>
        OnAsync(instanceId, (workflow, state) => runner.CancelAsync(workflow, state, services, cancellationToken), cancellationToken);

    private async Task<int> TriggerAsync(
        string hash, string? correlationId, IReadOnlyDictionary<string, object?>? input, CancellationToken cancellationToken)
    {
        var found = await triggers.FindAsync(hash, cancellationToken);
        foreach (var trigger in found)
        {
            var arguments = new StartArguments { CorrelationId = correlationId, TriggerActivityId = trigger.ActivityId, TriggerInput = input };
            await StartAsync(WorkflowDefinitionHandle.ByVersionId(trigger.DefinitionVersionId), arguments, cancellationToken);
        }

        return found.Count;
    }

    private async Task<bool> TryResumeAsync(StoredBookmark found, IReadOnlyDictionary<string, object?>? input, CancellationToken cancellationToken)
    {
        try
        {
            await ResumeAsync(found.InstanceId, found.Bookmark.Id, input, cancellationToken);
            return true;
        }
        catch (WorkflowRefusedException e) when (e.Reason is RefusalReasons.BookmarkNotFound or RefusalReasons.InstanceEnded)
        {
            // Someone else was faster.
            return false;
        }
    }

    private Task<WorkflowState?> OnAsync(
        string instanceId, Func<CompiledWorkflow, WorkflowState, ValueTask<WorkflowBurst>> step, CancellationToken cancellationToken) =>
        InAsync(
            instanceId,
            async () =>
            {
                var state = await store.LoadAsync(instanceId, cancellationToken)
                    ?? throw new WorkflowRefusedException(RefusalReasons.InstanceNotFound, $"There is no instance '{instanceId}'.");
                var definition = await definitions.FindAsync(WorkflowDefinitionHandle.ByVersionId(state.DefinitionVersionId), cancellationToken)
                    ?? throw new WorkflowRefusedException(
                        RefusalReasons.DefinitionNotFound, $"Version '{state.DefinitionVersionId}', to which instance '{instanceId}' is pinned, is gone.");
                return await step(await compiler.CompileAsync(definition, cancellationToken), state);
            },
            cancellationToken);

    private async Task<WorkflowState?> InAsync(string instanceId, Func<ValueTask<WorkflowBurst>> step, CancellationToken cancellationToken)
    {
        for (var outer = Current.Value; outer is not null; outer = outer.Outer)
        {
            if (string.Equals(outer.InstanceId, instanceId, StringComparison.Ordinal))
            {
                outer.Later.Enqueue(() => InAsync(instanceId, step, cancellationToken));
                return null;
            }
        }

        var frame = new Frame(instanceId, Current.Value);
        WorkflowBurst burst;
        Current.Value = frame;
        try
        {
            await using var entered = await store.LockAsync(instanceId, cancellationToken);
            burst = await step();
            await store.SaveAsync(burst, cancellationToken);
            BurstSaved?.Invoke(burst);
        }
        finally
        {
            Current.Value = frame.Outer;
        }

        await FollowAsync(burst, frame, cancellationToken);
        return burst.State;
    }

    /// <summary>Does what a burst asked for, and what that leads to; within a call that does so already, it is left to that one.</summary>
    private async Task FollowAsync(WorkflowBurst burst, Frame frame, CancellationToken cancellationToken)
    {
        if (Open.Value is { } outer)
        {
            Enqueue(outer, burst, frame, cancellationToken);
            return;
        }

        var open = new Queue<Func<Task>>();
        Open.Value = open;
        Enqueue(open, burst, frame, cancellationToken);
        for (var done = 0; open.TryDequeue(out var next); done++)
        {
            if (done == MostFollowUps)
            {
                throw new WorkflowRefusedException(
                    RefusalReasons.TooManyFollowUps,
                    $"One call led to more than {MostFollowUps} others; definitions probably start or answer each other without end. It began with '{burst.State.DefinitionId}'.");
            }

            await next();
        }
    }

    private void Enqueue(Queue<Func<Task>> open, WorkflowBurst burst, Frame frame, CancellationToken cancellationToken)
    {
        while (frame.Later.TryDequeue(out var later))
        {
            open.Enqueue(later);
        }

        foreach (var published in burst.Events)
        {
            open.Enqueue(() => PublishEventAsync(
                published.Name, published.Payload, published.CorrelationId, published.IsLocal ? burst.State.InstanceId : null, cancellationToken));
        }

        foreach (var child in burst.Dispatched)
        {
            var arguments = new StartArguments
            {
                CorrelationId = child.CorrelationId,
                Input = child.Input,
                ParentInstanceId = burst.State.InstanceId,
                ParentBookmarkId = child.BookmarkId,
            };
            open.Enqueue(() => StartAsync(child.DefinitionId, arguments, cancellationToken));
        }

        if (burst.State is { Status: WorkflowStatus.Finished, ParentInstanceId: { } parent, ParentBookmarkId: { } bookmark })
        {
            open.Enqueue(() => ResumeParentAsync(burst.State, parent, bookmark, cancellationToken));
        }
    }

    private async Task ResumeParentAsync(WorkflowState child, string parent, string bookmark, CancellationToken cancellationToken)
    {
        var input = new Dictionary<string, object?> { [DispatchWorkflow.OutputKey] = new Dictionary<string, object?>(child.Output) };
        try
        {
            await ResumeAsync(parent, bookmark, input, cancellationToken);
        }
        catch (WorkflowRefusedException e) when (e.Reason is RefusalReasons.BookmarkNotFound or RefusalReasons.InstanceEnded)
        {
            // The parent no longer waits.
        }
    }

    private sealed class Frame(string instanceId, Frame? outer)
    {
        public string InstanceId { get; } = instanceId;

        public Frame? Outer { get; } = outer;

        public Queue<Func<Task>> Later { get; } = new();
    }
}
