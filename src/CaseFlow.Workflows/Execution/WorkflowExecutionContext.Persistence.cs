using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.Flowchart;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows;

/// <content>From a saved state and back.</content>
public sealed partial class WorkflowExecutionContext
{
    /// <summary>Rebuilds the live activities of a saved state.</summary>
    /// <exception cref="WorkflowRefusedException">The state names an activity that the definition does not have.</exception>
    internal void Restore(WorkflowState state)
    {
        CorrelationId = state.CorrelationId;
        Name = state.Name;
        StartInput = new Dictionary<string, object?>(state.Input);
        Outputs = new Dictionary<string, object?>(state.Output);
        PropertyValues = new Dictionary<string, object?>(state.Properties);
        bookmarks.AddRange(state.Bookmarks);
        bookmarksBefore.UnionWith(state.Bookmarks.Select(x => x.Id));
        incidents.AddRange(state.Incidents);
        foreach (var (path, outputs) in state.ActivityOutputs)
        {
            ActivityOutputs[path] = new Dictionary<string, object?>(outputs);
        }

        LastResult = state.LastResult;
        nextRun = state.NextRun;
        nextSequence = state.NextJournalSequence;
        var contexts = new Dictionary<long, ActivityExecutionContext>();
        foreach (var saved in state.Contexts)
        {
            contexts[saved.Run] = Restore(saved, contexts);
        }

        foreach (var bookmark in bookmarks)
        {
            var waiting = contexts.Values.FirstOrDefault(x => string.Equals(x.Id, bookmark.ActivityInstanceId, StringComparison.Ordinal));
            if (waiting is not null)
            {
                waiting.BookmarkCount++;
            }
        }
    }

    internal ActivityExecutionContext? FindLive(string activityInstanceId) =>
        Live().FirstOrDefault(x => string.Equals(x.Id, activityInstanceId, StringComparison.Ordinal));

    /// <summary>The live activities, parents before children.</summary>
    internal IEnumerable<ActivityExecutionContext> Live() => Root is { IsLive: true } ? Below(Root) : [];

    internal WorkflowBurst ToBurst(WorkflowState? before, StartArguments? start)
    {
        var now = Now;
        var ended = Finished || Faulted;
        var canceled = Root!.Status == ActivityStatus.Canceled;
        return new WorkflowBurst
        {
            State = Snapshot(before, start, now, ended, canceled),
            IsNew = before is null,
            ChangedCorrelation = before is not null && !string.Equals(before.CorrelationId, CorrelationId, StringComparison.Ordinal),
            BookmarksCreated = [.. bookmarks.Where(x => !bookmarksBefore.Contains(x.Id))],
            BookmarksRemoved = [.. bookmarksBefore.Except(bookmarks.Select(x => x.Id))],
            Journal = journal,
            Touched = touched,
            Events = Events,
            Dispatched = Dispatched,
            Incidents = newIncidents,
            Lines = Lines,
        };
    }

    private static IEnumerable<ActivityExecutionContext> Below(ActivityExecutionContext context)
    {
        yield return context;
        foreach (var child in context.Children ?? [])
        {
            foreach (var deeper in Below(child))
            {
                yield return deeper;
            }
        }
    }

    private WorkflowState Snapshot(WorkflowState? before, StartArguments? start, DateTimeOffset now, bool ended, bool canceled) => new()
    {
        InstanceId = Id,
        DefinitionId = Workflow.Definition.DefinitionId,
        DefinitionVersionId = Workflow.Definition.VersionId,
        DefinitionVersion = Workflow.Definition.Version,
        CorrelationId = CorrelationId,
        Name = Name,
        ParentInstanceId = before?.ParentInstanceId ?? start?.ParentInstanceId,
        ParentBookmarkId = before?.ParentBookmarkId ?? start?.ParentBookmarkId,
        Status = ended || canceled ? WorkflowStatus.Finished : WorkflowStatus.Running,
        SubStatus = canceled ? WorkflowSubStatus.Cancelled
            : Faulted ? WorkflowSubStatus.Faulted
            : Finished ? WorkflowSubStatus.Finished
            : WorkflowSubStatus.Suspended,
        CreatedAt = before?.CreatedAt ?? now,
        UpdatedAt = now,
        FinishedAt = ended || canceled ? now : null,
        Input = StartInput,
        Output = Outputs,
        Properties = PropertyValues,
        Bookmarks = [.. bookmarks],
        Incidents = [.. incidents],
        Contexts = [.. LiveOrRoot().Select(Save)],
        ActivityOutputs = ended ? [] : ActivityOutputs,
        LastResult = ended ? null : LastResult,
        NextRun = nextRun,
        NextJournalSequence = nextSequence,
    };

    /// <summary>A finished instance keeps its root, whose variables are still shown.</summary>
    private IEnumerable<ActivityExecutionContext> LiveOrRoot() => Root!.IsLive ? Below(Root) : [Root];

    private ContextState Save(ActivityExecutionContext context)
    {
        if (context.Run < 0)
        {
            context.Run = nextRun++;
        }

        return new ContextState
        {
            Run = context.Run,
            Node = context.Node.Path,
            Parent = context.ParentActivityExecutionContext?.Run,
            Status = context.Status,
            StartedAt = context.StartedAt,
            Inputs = ContextValues.Inputs(context),
            Outputs = ContextValues.Outputs(context),
            ScopeOutputs = context.ScopeOutputs,
            Variables = ContextValues.Variables(context),
            DynamicVariables = context.DynamicVariables,
            Properties = ContextValues.Copy(context.PropertiesOrNull),
            JournalData = ContextValues.Copy(context.JournalDataOrNull),
            Callback = context.CallbackName is { } name ? ContextValues.Named(context, name) : null,
            Flow = FlowState.Save(context),
            Breaking = context.Breaking,
            PendingOutcomes = context.PendingOutcomes,
            Tag = context.Tag,
        };
    }

    private ActivityExecutionContext Restore(ContextState saved, Dictionary<long, ActivityExecutionContext> contexts)
    {
        var node = Workflow.FindByPath(saved.Node)
            ?? throw new WorkflowRefusedException(
                RefusalReasons.ActivityNotFound, $"The state of instance '{Id}' names activity '{saved.Node}', which the definition does not have.");
        var parent = saved.Parent is { } p ? contexts[p] : null;
        var context = new ActivityExecutionContext(this, node, parent)
        {
            Run = saved.Run,
            Status = saved.Status,
            StartedAt = saved.StartedAt,
            ScopeOutputs = saved.ScopeOutputs,
            DynamicVariables = saved.DynamicVariables is null ? null : new Dictionary<string, object?>(saved.DynamicVariables),
            CallbackName = saved.Callback,
            Breaking = saved.Breaking,
            PendingOutcomes = saved.PendingOutcomes,
            Tag = saved.Tag,
        };
        ContextValues.Restore(context, saved);
        if (node.Flow is not null)
        {
            context.Flow = FlowState.Restore(node, saved.Flow);
        }

        if (parent is null)
        {
            Root = context;
        }
        else
        {
            parent.AddChild(context);
            if (parent.Flow is { } flow)
            {
                flow.Live[node.Position]++;
                flow.LiveTotal++;
            }
        }

        if (context.Status == ActivityStatus.Pending)
        {
            queue.Enqueue(context);
        }

        return context;
    }
}
