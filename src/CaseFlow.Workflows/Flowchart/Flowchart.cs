using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Flowchart;

namespace CaseFlow.Workflows.Activities;

/// <summary>A set of activities and the connections between them.</summary>
[Activity("Elsa", "Flow", "A flowchart is a collection of activities and connections between them.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Flowchart.Activities.Flowchart, Elsa.Workflows.Core", IsContainer = true, IsBrowsable = false)]
internal sealed class Flowchart : Activity
{
    /// <summary>The activity at which the flowchart starts, where it is stated.</summary>
    [Port]
    public IActivity? Start { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var graph = context.Node.Flow!;
        context.Flow = new FlowScope(graph, context.Node.Children.Length);
        var start = context.WorkflowExecutionContext.TakeTriggerIn(context.Node)?.Position ?? graph.Start;
        if (start < 0)
        {
            return context.CompleteActivityAsync();
        }

        FlowWalk.Begin(context, start);
        return ValueTask.CompletedTask;
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result)
    {
        if (context.Breaking || child.Node.IsTerminal)
        {
            return context.CompleteActivityAsync();
        }

        var outcomes = (result as Outcomes ?? Outcomes.Default).Names;
        FlowWalk.Leave(context, child, outcomes);
        return CompleteWhenIdleAsync(context);
    }

    internal override ValueTask OnChildCanceledAsync(ActivityExecutionContext context, ActivityExecutionContext child)
    {
        FlowWalk.Withdraw(context, child);
        FlowWalk.Sweep(context);
        return CompleteWhenIdleAsync(context);
    }

    private static ValueTask CompleteWhenIdleAsync(ActivityExecutionContext context)
    {
        var scope = context.Flow!;
        if (scope.LiveTotal == 0 && scope.TokenTotal > 0)
        {
            FlowWalk.Settle(context);
        }

        return scope.LiveTotal == 0 && scope.TokenTotal == 0 ? context.CompleteActivityAsync() : ValueTask.CompletedTask;
    }
}
