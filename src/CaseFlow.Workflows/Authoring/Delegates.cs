namespace CaseFlow.Workflows;

/// <summary>A named method of an activity that is called when its bookmark is resumed; it is found again by its name.</summary>
public delegate ValueTask ExecuteActivityDelegate(ActivityExecutionContext context);

/// <summary>A named method of an activity that is called when a child has completed; it is found again by its name.</summary>
public delegate ValueTask ActivityCompletionCallback(ActivityCompletedContext context);

/// <summary>What a completion callback is told.</summary>
public sealed class ActivityCompletedContext
{
    internal ActivityCompletedContext(ActivityExecutionContext target, ActivityExecutionContext child, object? result)
    {
        TargetContext = target;
        ChildContext = child;
        Result = result;
    }

    /// <summary>The context of the parent, which scheduled the child.</summary>
    public ActivityExecutionContext TargetContext { get; }

    /// <summary>The context of the child that has completed.</summary>
    public ActivityExecutionContext ChildContext { get; }

    /// <summary>The result of the child: <see cref="Outcomes"/> or a value.</summary>
    public object? Result { get; }
}
