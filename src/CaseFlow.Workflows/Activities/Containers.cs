using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows.Activities;

/// <summary>The workflow itself, or a definition used as an activity: the root of a scope.</summary>
[Activity("Elsa", "Workflows", "A workflow is an activity that executes its Root activity.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Workflow, Elsa.Workflows.Core", IsBrowsable = false)]
internal sealed class Workflow : Activity
{
    /// <summary>The root activity.</summary>
    [Port]
    public IActivity? Root { get; set; }

    /// <summary>The result; set by no activity of the engine.</summary>
    [Output]
    public Output<object>? Result { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.Node.Children is not [var root, ..])
        {
            return context.CompleteActivityAsync();
        }

        context.ScheduleChild(root);
        return ValueTask.CompletedTask;
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.CompleteActivityAsync();
}

/// <summary>A definition used as an activity.</summary>
internal sealed class DefinitionActivity : Activity
{
    public DefinitionActivity()
        : base("Elsa.Workflows.Management.Activities.WorkflowDefinitionActivity.WorkflowDefinitionActivity", 1)
    {
    }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.ScheduleChild(context.Node.Children[0]);
        return ValueTask.CompletedTask;
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result)
    {
        var outputs = context.Node.Outputs;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (child.ScopeOutputs is { } values && values.TryGetValue(outputs[i].Name, out var value))
            {
                context.SetOutputSlot(i, value);
            }
        }

        return context.CompleteActivityAsync(result as Outcomes);
    }
}

/// <summary>A set of activities, one after the other.</summary>
[Activity("Elsa", "Workflows", "Execute a set of activities in sequence.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Sequence, Elsa.Workflows.Core", IsContainer = true, IsBrowsable = false)]
internal sealed class Sequence : Activity
{
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.WorkflowExecutionContext.TakeTriggerIn(context.Node) is { } trigger)
        {
            context.ScheduleChild(trigger);
            return ValueTask.CompletedTask;
        }

        return NextAsync(context, 0);
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.Breaking || child.Node.IsTerminal ? context.CompleteActivityAsync() : NextAsync(context, child.Node.Position + 1);

    internal override ValueTask OnChildCanceledAsync(ActivityExecutionContext context, ActivityExecutionContext child) =>
        NextAsync(context, child.Node.Position + 1);

    private static ValueTask NextAsync(ActivityExecutionContext context, int position)
    {
        if (position >= context.Node.Children.Length)
        {
            return context.CompleteActivityAsync();
        }

        context.ScheduleChild(context.Node.Children[position]);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A set of activities side by side.</summary>
[Activity("Elsa", "Workflows", "Execute a set of activities in parallel.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Parallel, Elsa.Workflows.Core", IsContainer = true, IsBrowsable = false)]
internal sealed class Parallel : Activity
{
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        foreach (var child in context.Node.Children)
        {
            context.ScheduleChild(child);
        }

        return context.Node.Children.Length == 0 ? context.CompleteActivityAsync() : ValueTask.CompletedTask;
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.Breaking || context.Children is not { Count: > 0 } ? context.CompleteActivityAsync() : ValueTask.CompletedTask;

    internal override ValueTask OnChildCanceledAsync(ActivityExecutionContext context, ActivityExecutionContext child) =>
        OnChildCompletedAsync(context, child, null);
}

/// <summary>Branches side by side, which end together or with the first.</summary>
[Activity("Elsa", "Control Flow", "Branch execution into multiple branches.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Fork, Elsa.Workflows.Core", IsBrowsable = false)]
internal sealed class Fork : Activity
{
    /// <summary>When the fork completes.</summary>
    [Input(Description = "Controls when this activity yields control back to its parent activity.")]
    public ForkJoinMode JoinMode { get; set; } = ForkJoinMode.WaitAny;

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        foreach (var child in context.Node.Children)
        {
            context.ScheduleChild(child);
        }

        return context.Node.Children.Length == 0 ? context.CompleteActivityAsync() : ValueTask.CompletedTask;
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.Breaking || JoinMode == ForkJoinMode.WaitAny || context.Children is not { Count: > 0 }
            ? context.CompleteActivityAsync()
            : ValueTask.CompletedTask;
}
