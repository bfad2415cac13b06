using CaseFlow.Workflows.Compilation;

namespace CaseFlow.Workflows;

/// <content>Waiting, ending and children.</content>
public sealed partial class ActivityExecutionContext
{
    /// <summary>Creates a bookmark: the activity waits until it is resumed.</summary>
    public Bookmark CreateBookmark(CreateBookmarkArgs? args = null) => WorkflowExecutionContext.AddBookmark(this, args ?? new CreateBookmarkArgs());

    /// <summary>Creates a bookmark for a stimulus, with a named method that is called on resume.</summary>
    public Bookmark CreateBookmark(
        object stimulus,
        ExecuteActivityDelegate? callback,
        bool includeActivityInstanceId = true,
        IDictionary<string, string>? customProperties = null) =>
        CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = stimulus,
            Callback = callback,
            IncludeActivityInstanceId = includeActivityInstanceId,
            Metadata = customProperties,
        });

    /// <summary>Creates a bookmark with a named method that is called on resume.</summary>
    public Bookmark CreateBookmark(ExecuteActivityDelegate callback, IDictionary<string, string>? metadata = null) =>
        CreateBookmark(new CreateBookmarkArgs { Callback = callback, Metadata = metadata });

    /// <summary>Creates a bookmark for each payload.</summary>
    public void CreateBookmarks(IEnumerable<object> payloads, ExecuteActivityDelegate? callback = null, bool includeActivityInstanceId = true)
    {
        foreach (var payload in payloads)
        {
            CreateBookmark(payload, callback, includeActivityInstanceId);
        }
    }

    /// <summary>Removes the bookmarks of this run.</summary>
    public void ClearBookmarks() => WorkflowExecutionContext.RemoveBookmarks(this);

    /// <summary>Completes the activity. What still runs below it is cancelled.</summary>
    /// <param name="result">An <see cref="Outcomes"/> names the outcomes; anything else completes as Done.</param>
    public ValueTask CompleteActivityAsync(object? result = null) => WorkflowExecutionContext.CompleteAsync(this, result);

    /// <summary>Completes the activity with outcomes.</summary>
    public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => CompleteActivityAsync(new Outcomes(outcomes));

    /// <summary>Completes this activity, and then the composite or workflow that it is in, with outcomes.</summary>
    public ValueTask CompleteCompositeAsync(params string[] outcomes) => WorkflowExecutionContext.CompleteScopeAsync(this, outcomes);

    /// <summary>Records a fault of the activity, as if it had thrown.</summary>
    public void Fault(Exception exception) => WorkflowExecutionContext.RecordFault(this, exception);

    /// <summary>Cancels this activity and what runs below it.</summary>
    public ValueTask CancelActivityAsync() => WorkflowExecutionContext.CancelFromWithinAsync(this);

    /// <summary>
    /// Schedules a child, with a named method of this activity that is called when it has completed. Where there is no child (an
    /// embedded branch that is not drawn) the method is called at once, and without a method this activity completes.
    /// </summary>
    public ValueTask ScheduleActivityAsync(IActivity? activity, ActivityCompletionCallback? completionCallback = null)
    {
        if (activity is null)
        {
            return completionCallback is null ? CompleteActivityAsync() : completionCallback(new ActivityCompletedContext(this, this, null));
        }

        ScheduleChild(NodeOf(activity), completionCallback);
        return ValueTask.CompletedTask;
    }

    /// <summary>Schedules children, with a named method of this activity that is called when each has completed.</summary>
    public async ValueTask ScheduleActivitiesAsync(IEnumerable<IActivity?> activities, ActivityCompletionCallback? completionCallback = null)
    {
        foreach (var activity in activities)
        {
            await ScheduleActivityAsync(activity, completionCallback);
        }
    }

    /// <summary>Schedules children without a callback.</summary>
    public ValueTask ScheduleActivitiesAsync(params IActivity?[] activities) => ScheduleActivitiesAsync((IEnumerable<IActivity?>)activities);

    internal ActivityExecutionContext ScheduleChild(ActivityNode node, ActivityCompletionCallback? callback = null, string? tag = null)
    {
        var child = WorkflowExecutionContext.Schedule(node, this);
        child.Tag = tag;
        if (callback is not null)
        {
            child.Callback = callback;
            child.CallbackName = callback.Method.Name;
        }

        return child;
    }

    private ActivityNode NodeOf(IActivity activity)
    {
        foreach (var child in Node.Children)
        {
            if (ReferenceEquals(child.Activity, activity))
            {
                return child;
            }
        }

        throw new InvalidOperationException(
            $"Activity '{Node.ActivityId}' may only schedule activities of its ports; '{activity.Id}' of type {activity.Type} is none.");
    }
}
