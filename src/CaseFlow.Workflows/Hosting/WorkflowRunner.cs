using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Hosting;

/// <summary>
/// Runs bursts: a pure step from a state to a new state. It stores nothing, delivers nothing, and starts no timers;
/// the burst that it returns says what is to be done. It never changes the state it was given.
/// </summary>
/// <param name="clock">The clock by which timers are due and journal entries are dated.</param>
/// <param name="canStart">
/// Says whether a definition can be started, so that an activity that starts another workflow fails at once where it cannot;
/// null where that is not known.
/// </param>
public sealed class WorkflowRunner(TimeProvider clock, Func<string, CancellationToken, ValueTask<bool>>? canStart = null)
{
    /// <summary>Starts an instance and runs until every branch waits or has ended.</summary>
    /// <exception cref="ActivityFaultException">An activity threw, and <see cref="StartArguments.Faults"/> says throw.</exception>
    /// <exception cref="WorkflowRefusedException">The definition cannot run, or has no such trigger.</exception>
    public async ValueTask<WorkflowBurst> StartAsync(
        CompiledWorkflow workflow, StartArguments arguments, IServiceProvider services, CancellationToken cancellationToken = default)
    {
        workflow.ThrowIfInvalid();
        var context = new WorkflowExecutionContext(workflow, arguments.InstanceId ?? Ids.New(), services, clock, cancellationToken)
        {
            Faults = arguments.Faults,
            CanStart = canStart,
            Skips = arguments.Skips,
            CorrelationId = arguments.CorrelationId,
            Name = arguments.Name,
            StartInput = arguments.Input is null ? [] : new Dictionary<string, object?>(arguments.Input),
            PropertyValues = arguments.Properties is null ? [] : new Dictionary<string, object?>(arguments.Properties),
            BurstInput = arguments.TriggerInput,
            Trigger = arguments.TriggerActivityId is { } trigger
                ? workflow.Find(trigger) ?? throw NoActivity(workflow, trigger)
                : null,
        };
        context.Begin();
        await context.DrainAsync();
        return context.ToBurst(null, arguments);
    }

    /// <summary>Resumes a bookmark and runs until every branch waits or has ended.</summary>
    /// <exception cref="WorkflowRefusedException">The bookmark is not there, or the instance has ended.</exception>
    /// <exception cref="ActivityFaultException">An activity threw, and the arguments say throw.</exception>
    public async ValueTask<WorkflowBurst> ResumeAsync(
        CompiledWorkflow workflow,
        WorkflowState state,
        string bookmarkId,
        BurstArguments arguments,
        IServiceProvider services,
        CancellationToken cancellationToken = default)
    {
        RefuseEnded(state);
        var context = Restore(workflow, state, arguments, services, cancellationToken);
        var bookmark = context.Bookmarks.FirstOrDefault(x => string.Equals(x.Id, bookmarkId, StringComparison.Ordinal))
            ?? throw new WorkflowRefusedException(RefusalReasons.BookmarkNotFound, $"Instance '{state.InstanceId}' has no bookmark '{bookmarkId}' any more.");
        var waiting = context.FindLive(bookmark.ActivityInstanceId)
            ?? throw new WorkflowRefusedException(RefusalReasons.BookmarkNotFound, $"Nothing waits for bookmark '{bookmarkId}' any more.");
        await context.ResumeAsync(bookmark, waiting);
        await context.DrainAsync();
        return context.ToBurst(state, null);
    }

    /// <summary>
    /// Returns to an activity: cancels everything live behind it in its container, takes back the tokens that it left, and
    /// schedules it again. Branches beside it stay as they are.
    /// </summary>
    /// <param name="workflow">The definition to which the instance is pinned.</param>
    /// <param name="state">The state of the instance.</param>
    /// <param name="activityId">The id of the activity, or its node id where the id occurs more than once.</param>
    /// <param name="arguments">Data and options of the burst.</param>
    /// <param name="services">The services of the step.</param>
    /// <param name="cancellationToken">Cancels the burst.</param>
    /// <exception cref="WorkflowRefusedException">There is nothing to return from, or no way there.</exception>
    /// <exception cref="ActivityFaultException">An activity threw, and the arguments say throw.</exception>
    public async ValueTask<WorkflowBurst> ReturnToAsync(
        CompiledWorkflow workflow,
        WorkflowState state,
        string activityId,
        BurstArguments arguments,
        IServiceProvider services,
        CancellationToken cancellationToken = default)
    {
        RefuseEnded(state);
        var context = Restore(workflow, state, arguments, services, cancellationToken);
        var target = workflow.Find(activityId) ?? throw NoActivity(workflow, activityId);
        await Returns.ToAsync(context, target);
        await context.DrainAsync();
        return context.ToBurst(state, null);
    }

    /// <summary>Runs again what has faulted: one run of an activity, or all.</summary>
    /// <exception cref="WorkflowRefusedException">Nothing has faulted.</exception>
    /// <exception cref="ActivityFaultException">An activity threw, and the arguments say throw.</exception>
    public async ValueTask<WorkflowBurst> RetryAsync(
        CompiledWorkflow workflow,
        WorkflowState state,
        string? activityInstanceId,
        BurstArguments arguments,
        IServiceProvider services,
        CancellationToken cancellationToken = default)
    {
        var context = Restore(workflow, state, arguments, services, cancellationToken);
        Retries.Run(context, activityInstanceId);
        await context.DrainAsync();
        context.Faulted |= !workflow.Definition.ContinuesWithIncidents && context.Live().Any(x => x.Status == ActivityStatus.Faulted);
        return context.ToBurst(state, null);
    }

    /// <summary>Cancels the instance with everything in it.</summary>
    /// <exception cref="WorkflowRefusedException">The instance has ended.</exception>
    public async ValueTask<WorkflowBurst> CancelAsync(
        CompiledWorkflow workflow, WorkflowState state, IServiceProvider services, CancellationToken cancellationToken = default)
    {
        if (state is { Status: WorkflowStatus.Finished, SubStatus: not WorkflowSubStatus.Faulted })
        {
            RefuseEnded(state);
        }

        var context = Restore(workflow, state, new BurstArguments(), services, cancellationToken);
        await context.CancelAsync(context.Root!);
        return context.ToBurst(state, null);
    }

    private WorkflowExecutionContext Restore(
        CompiledWorkflow workflow, WorkflowState state, BurstArguments arguments, IServiceProvider services, CancellationToken cancellationToken)
    {
        workflow.ThrowIfInvalid();
        var context = new WorkflowExecutionContext(workflow, state.InstanceId, services, clock, cancellationToken)
        {
            Faults = arguments.Faults,
            CanStart = canStart,
            Skips = arguments.Skips,
            BurstInput = arguments.Input,
        };
        context.Restore(state);
        return context;
    }

    private static void RefuseEnded(WorkflowState state)
    {
        if (state.Status == WorkflowStatus.Finished)
        {
            throw new WorkflowRefusedException(RefusalReasons.InstanceEnded, $"Instance '{state.InstanceId}' has ended ({state.SubStatus}).");
        }
    }

    private static WorkflowRefusedException NoActivity(CompiledWorkflow workflow, string activityId) =>
        new(RefusalReasons.ActivityNotFound, $"Definition '{workflow.Definition.DefinitionId}' has no single activity '{activityId}'.");
}
