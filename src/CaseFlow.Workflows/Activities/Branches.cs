using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.Expressions;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Activities;

/// <summary>Runs one of two branches.</summary>
[Activity("Elsa", "Branching", "Evaluate a Boolean condition to determine which activity to execute next.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.If, Elsa.Workflows.Core")]
internal sealed class If : Activity
{
    /// <summary>The condition.</summary>
    [Input(UIHint = InputUIHints.SingleLine)]
    public Input<bool>? Condition { get; set; } = new(false);

    /// <summary>The branch that runs when the condition holds.</summary>
    [Port]
    public IActivity? Then { get; set; }

    /// <summary>The branch that runs otherwise.</summary>
    [Port]
    public IActivity? Else { get; set; }

    /// <summary>The value of the condition.</summary>
    [Output]
    public Output<bool>? Result { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var holds = Condition.GetOrDefault(context);
        Result.Set(context, holds);
        var branch = holds ? Then : Else;
        return branch is null ? context.CompleteActivityAsync() : context.ScheduleActivityAsync(branch);
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.CompleteActivityAsync();

    internal override ValueTask OnChildCanceledAsync(ActivityExecutionContext context, ActivityExecutionContext child) =>
        context.CompleteActivityAsync();
}

/// <summary>Runs the branches of matching cases.</summary>
[Activity("Elsa", "Branching", "Evaluate a set of case conditions and schedule the activity for a matching case.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Switch, Elsa.Workflows.Core")]
internal sealed class Switch : Activity, ISwitchActivity
{
    private readonly List<SwitchCase> cases = [];

    /// <summary>The cases.</summary>
    [Input(Description = "The cases to evaluate.", UIHint = "switch-editor")]
    public ICollection<SwitchCase> Cases
    {
        get => cases;
        set => cases.AddRange(value);
    }

    /// <summary>Which of the matching cases run.</summary>
    [Input(Description = "The switch mode determines whether the first match should be scheduled, or all matches.", UIHint = InputUIHints.DropDown)]
    public Input<SwitchMode>? Mode { get; set; } = new(SwitchMode.MatchFirst);

    /// <summary>The branch that runs when no case matches.</summary>
    [Port]
    public IActivity? Default { get; set; }

    /// <summary>The output; set by no one.</summary>
    [Output]
    public Output<object>? Output { get; set; }

    public bool HasBranches => true;

    public void AddCase(string label, Evaluator? condition) => cases.Add(new SwitchCase { Label = label, Condition = condition });

    public void SetBranch(int index, ActivityNode branch) => cases[index].Branch = branch;

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var first = Mode.GetOrDefault(context) == SwitchMode.MatchFirst;
        var matched = false;
        foreach (var item in cases)
        {
            if (!Conditions.Holds(context, item.Condition))
            {
                continue;
            }

            matched = true;
            if (item.Branch is { } branch)
            {
                context.ScheduleChild(branch);
            }

            if (first)
            {
                break;
            }
        }

        if (!matched && Default is { } otherwise)
        {
            return context.ScheduleActivityAsync(otherwise);
        }

        return context.Children is { Count: > 0 } ? ValueTask.CompletedTask : context.CompleteActivityAsync();
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.Breaking || context.Children is not { Count: > 0 } ? context.CompleteActivityAsync() : ValueTask.CompletedTask;
}

/// <summary>Has the outcome True or False.</summary>
[Activity("Elsa", "Branching", "Evaluate a Boolean condition to determine which path to execute next.", DisplayName = "Decision")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Flowchart.Activities.FlowDecision, Elsa.Workflows.Core")]
[FlowNode("True", "False")]
internal sealed class FlowDecision : Activity
{
    private static readonly Outcomes True = new("True");
    private static readonly Outcomes False = new("False");

    /// <summary>The condition.</summary>
    [Input(UIHint = InputUIHints.SingleLine)]
    public Input<bool>? Condition { get; set; } = new(false);

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        context.CompleteActivityAsync(Condition.GetOrDefault(context) ? True : False);
}

/// <summary>Has the outcomes of the matching cases.</summary>
[Activity("Elsa", "Branching", "Evaluate a set of case conditions and schedule the activity for a matching case.", DisplayName = "Switch (flow)")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Flowchart.Activities.FlowSwitch, Elsa.Workflows.Core")]
[FlowNode("Default")]
internal sealed class FlowSwitch : Activity, ISwitchActivity
{
    private readonly List<FlowSwitchCase> cases = [];

    /// <summary>The cases.</summary>
    [Input(UIHint = "flow-switch-editor")]
    public ICollection<FlowSwitchCase> Cases
    {
        get => cases;
        set => cases.AddRange(value);
    }

    /// <summary>Which of the matching cases follow.</summary>
    [Input(Description = "The switch mode determines whether the first match should be scheduled, or all matches.", UIHint = InputUIHints.DropDown)]
    public Input<SwitchMode>? Mode { get; set; } = new(SwitchMode.MatchFirst);

    public bool HasBranches => false;

    public void AddCase(string label, Evaluator? condition) => cases.Add(new FlowSwitchCase { Label = label, Condition = condition });

    public void SetBranch(int index, ActivityNode branch)
    {
    }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var first = Mode.GetOrDefault(context) == SwitchMode.MatchFirst;
        var outcomes = new List<string>();
        foreach (var item in cases)
        {
            if (Conditions.Holds(context, item.Condition))
            {
                outcomes.Add(item.Label);
                if (first)
                {
                    break;
                }
            }
        }

        return context.CompleteActivityAsync(outcomes.Count == 0 ? new Outcomes("Default") : new Outcomes([.. outcomes]));
    }
}

/// <summary>Has several outcomes at once.</summary>
[Activity("Elsa", "Branching", "Branch execution into multiple branches that will be executed in parallel.", DisplayName = "Fork (flow)")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Flowchart.Activities.FlowFork, Elsa.Workflows.Core")]
internal sealed class FlowFork : Activity
{
    /// <summary>The names of the branches.</summary>
    [Input(Description = "A list of expected outcomes to handle.", UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>>? Branches { get; set; } = new(Array.Empty<string>());

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        context.CompleteActivityAsync(new Outcomes([.. Branches.GetOrDefault(context) ?? []]));
}

/// <summary>Brings branches together.</summary>
[Activity("Elsa", "Branching", "Explicitly merge multiple branches into a single branch of execution.", DisplayName = "Join")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Flowchart.Activities.FlowJoin, Elsa.Workflows.Core")]
internal sealed class FlowJoin : Activity
{
    /// <summary>What the join waits for.</summary>
    [Input(
        Description = "The join mode determines whether this activity should continue as soon as one inbound path comes in (WaitAny), or once all inbound paths have executed (WaitAll). To wait for all activated inbound paths, set the mode to WaitAllActive.",
        UIHint = InputUIHints.DropDown,
        DefaultValue = "WaitAny")]
    public Input<FlowJoinMode>? Mode { get; set; } = new(FlowJoinMode.WaitAny);

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var flowchart = context.ParentActivityExecutionContext;
        if (Mode.GetOrDefault(context) == FlowJoinMode.WaitAny && flowchart?.Flow is not null)
        {
            await Workflows.Flowchart.FlowWalk.CancelRivalsAsync(flowchart, context.Node.Position);
            await context.CompleteActivityAsync();
            if (flowchart.Status == ActivityStatus.Running)
            {
                Workflows.Flowchart.FlowWalk.Sweep(flowchart);
            }

            return;
        }

        await context.CompleteActivityAsync();
    }
}

/// <summary>Conditions of cases.</summary>
internal static class Conditions
{
    public static bool Holds(ActivityExecutionContext context, Evaluator? condition)
    {
        if (condition is null)
        {
            return false;
        }

        try
        {
            return ValueConversion.ToBoolean(condition.Evaluate(context));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InputEvaluationException("Cases", e);
        }
    }
}
