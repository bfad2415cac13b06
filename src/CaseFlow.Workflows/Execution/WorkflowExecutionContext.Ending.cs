using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows;

/// <content>Completion, cancellation, faults.</content>
public sealed partial class WorkflowExecutionContext
{
    internal async ValueTask CompleteAsync(ActivityExecutionContext context, object? result)
    {
        if (context.Status != ActivityStatus.Running || Finished)
        {
            return;
        }

        await CancelChildrenAsync(context);
        context.Status = ActivityStatus.Completed;
        context.CompletedAt = Now;
        if (result is null && context.PendingOutcomes is { } pending)
        {
            result = new Outcomes(pending);
        }

        if (result is Outcomes outcomes && !IsScopeInside(context))
        {
            context.OutcomeNames = outcomes.Names;
        }

        RemoveBookmarks(context);
        Touch(context);
        Write(context, "Completed");
        var parent = context.ParentActivityExecutionContext;
        if (parent is null)
        {
            Finish();
            return;
        }

        parent.Children?.Remove(context);
        if (parent.Status == ActivityStatus.Running)
        {
            await TellParentAsync(parent, context, result);
        }
    }

    /// <summary>Completes an activity and then the workflow or composite around it, with outcomes.</summary>
    internal async ValueTask CompleteScopeAsync(ActivityExecutionContext context, string[] outcomes)
    {
        var scope = context.ScopeRoot;
        scope.PendingOutcomes = outcomes;
        if (!ReferenceEquals(scope, context))
        {
            await CompleteAsync(context, null);
        }

        if (scope.Status == ActivityStatus.Running)
        {
            await CompleteAsync(scope, null);
        }
    }

    /// <summary>Ends the instance at once; what still ran is recorded as cancelled, as no one will come back to it.</summary>
    internal async ValueTask FinishNowAsync(ActivityExecutionContext context)
    {
        context.Status = ActivityStatus.Completed;
        context.CompletedAt = Now;
        Write(context, "Completed");
        context.ParentActivityExecutionContext?.Children?.Remove(context);
        CloseQuietly(Root!);
        Root!.Status = ActivityStatus.Completed;
        Root.CompletedAt = Now;
        Touch(context);
        Touch(Root);
        Finish();
        await ValueTask.CompletedTask;
    }

    internal async ValueTask CancelAsync(ActivityExecutionContext context)
    {
        if (!context.IsLive)
        {
            return;
        }

        await CancelChildrenAsync(context);
        var begun = context.Status != ActivityStatus.Pending || context.Run >= 0;
        context.Status = ActivityStatus.Canceled;
        context.CompletedAt = Now;
        RemoveBookmarks(context);
        ForgetIncidents(context);
        context.ParentActivityExecutionContext?.Children?.Remove(context);
        if (begun)
        {
            Touch(context);
            Write(context, "Canceled");
        }
    }

    internal async ValueTask CancelFromWithinAsync(ActivityExecutionContext context)
    {
        await CancelAsync(context);
        if (context.ParentActivityExecutionContext is { Status: ActivityStatus.Running } parent)
        {
            await parent.Node.Activity.OnChildCanceledAsync(parent, context);
        }
    }

    internal void RecordFault(ActivityExecutionContext context, Exception e)
    {
        var incident = Incidents.Of(context, e, Now);
        if (Faults == FaultHandling.Throw)
        {
            throw new ActivityFaultException(incident, RecordBuilder.State(context), e);
        }

        context.Status = ActivityStatus.Faulted;
        Touch(context);
        Write(context, "Faulted", incident.Message);
        incidents.Add(incident);
        newIncidents.Add(incident);
        Faulted |= !Workflow.Definition.ContinuesWithIncidents;
    }

    /// <summary>Runs a faulted activity again, as a new run in the place of the old one.</summary>
    internal void Retry(ActivityExecutionContext faulted)
    {
        ForgetIncidents(faulted);
        RemoveBookmarks(faulted);
        var parent = faulted.ParentActivityExecutionContext;
        if (parent is null)
        {
            faulted.Status = ActivityStatus.Pending;
            queue.Enqueue(faulted);
            return;
        }

        foreach (var child in (faulted.Children ?? []).ToArray())
        {
            CloseQuietly(child);
            child.Status = ActivityStatus.Canceled;
        }

        parent.Children!.Remove(faulted);
        var again = Schedule(faulted.Node, parent);
        again.Tag = faulted.Tag;
        again.Callback = faulted.Callback;
        again.CallbackName = faulted.CallbackName;
    }

    internal void Finish()
    {
        Finished = true;
        queue.Clear();
        bookmarks.Clear();
    }

    internal void Touch(ActivityExecutionContext context)
    {
        if (!context.Touched)
        {
            context.Touched = true;
            touched.Add(context);
        }
    }

    internal void ForgetIncidents(ActivityExecutionContext context)
    {
        if (incidents.Count > 0)
        {
            incidents.RemoveAll(x => string.Equals(x.ActivityInstanceId, context.Id, StringComparison.Ordinal));
        }
    }

    private async ValueTask TellParentAsync(ActivityExecutionContext parent, ActivityExecutionContext child, object? result)
    {
        try
        {
            if (CallbackOf(parent, child) is { } callback)
            {
                await callback(new ActivityCompletedContext(parent, child, result));
                return;
            }

            await parent.Node.Activity.OnChildCompletedAsync(parent, child, result);
        }
        catch (Exception e) when (IsFault(e))
        {
            RecordFault(parent, e);
        }
    }

    private static ActivityCompletionCallback? CallbackOf(ActivityExecutionContext parent, ActivityExecutionContext child) =>
        child.Callback ?? (child.CallbackName is { } name ? NamedMethods.Completion(parent.Node.Activity, name) : null);

    private async ValueTask CancelChildrenAsync(ActivityExecutionContext context)
    {
        if (context.Children is not { Count: > 0 } children)
        {
            return;
        }

        foreach (var child in children.ToArray())
        {
            await CancelAsync(child);
        }

        children.Clear();
    }

    private void CloseQuietly(ActivityExecutionContext context)
    {
        foreach (var child in context.Children ?? [])
        {
            CloseQuietly(child);
            child.Status = ActivityStatus.Canceled;
            child.CompletedAt = Now;
            if (child.Run >= 0)
            {
                Touch(child);
            }
        }

        context.Children?.Clear();
    }

    private static bool IsScopeInside(ActivityExecutionContext context) =>
        context.Node.IsWorkflow && context.ParentActivityExecutionContext is not null;
}
