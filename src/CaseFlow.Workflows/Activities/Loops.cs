using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows.Activities;

/// <summary>Runs its body while a condition holds.</summary>
[Activity("Elsa", "Looping", "Execute an activity while a given condition evaluates to true.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.While, Elsa.Workflows.Core")]
internal sealed class While : Activity, ILoop
{
    /// <summary>The condition, evaluated before each round.</summary>
    [Input(AutoEvaluate = false, UIHint = InputUIHints.SingleLine)]
    public Input<bool>? Condition { get; set; } = new(false);

    /// <summary>The body.</summary>
    [Port]
    public IActivity? Body { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => RoundAsync(context);

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.Breaking ? context.CompleteActivityAsync() : RoundAsync(context);

    private ValueTask RoundAsync(ActivityExecutionContext context)
    {
        if (!Condition.GetOrDefault(context) || context.Node.Children is not [var body])
        {
            return context.CompleteActivityAsync();
        }

        context.ScheduleChild(body);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Runs its body for each number of a range.</summary>
[Activity("Elsa", "Looping", "Iterate over a sequence of steps between a start and an end number.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.For, Elsa.Workflows.Core")]
internal sealed class For : Activity, ILoop, IScopedActivity
{
    private static readonly VariableSlot[] Own = [new("CurrentValue", "CurrentValue", typeof(object), null)];

    /// <summary>The first number.</summary>
    [Input(Description = "The start step.")]
    public Input<int>? Start { get; set; } = new(0);

    /// <summary>The last number.</summary>
    [Input(Description = "The end step.")]
    public Input<int>? End { get; set; } = new(0);

    /// <summary>The step; a negative one counts down.</summary>
    [Input(Description = "The step size. To count down, enter a negative number.")]
    public Input<int>? Step { get; set; } = new(1);

    /// <summary>Whether the last number is one of the range.</summary>
    [Input(Description = "Controls whether the end step is upper/lowerbound inclusive or exclusive. True (inclusive) by default.", DefaultValue = true)]
    public Input<bool>? OuterBoundInclusive { get; set; } = new(true);

    /// <summary>The body.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <summary>The number of the round.</summary>
    [Output]
    public Output<object>? CurrentValue { get; set; }

    public IReadOnlyList<VariableSlot> OwnVariables => Own;

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => RoundAsync(context, Start.GetOrDefault(context));

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result)
    {
        if (context.Breaking)
        {
            return context.CompleteActivityAsync();
        }

        var current = Values.ValueConversion.To<int>(context.VariableValues![^1]);
        return RoundAsync(context, (long)current + Step.GetOrDefault(context));
    }

    private ValueTask RoundAsync(ActivityExecutionContext context, long value)
    {
        var end = End.GetOrDefault(context);
        var step = Step.GetOrDefault(context);
        var inclusive = OuterBoundInclusive.GetOrDefault(context, static () => true);
        var inside = step >= 0 ? (inclusive ? value <= end : value < end) : inclusive ? value >= end : value > end;
        if (!inside || step == 0 || context.Node.Children is not [var body])
        {
            return context.CompleteActivityAsync();
        }

        context.VariableValues![^1] = (int)value;
        CurrentValue.Set(context, (int)value);
        context.ScheduleChild(body);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Runs its body for each of some items.</summary>
[Activity("Elsa", "Looping", "Iterate over a set of values.", DisplayName = "For Each")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.ForEach, Elsa.Workflows.Core")]
internal sealed class ForEach : Activity, ILoop, IScopedActivity
{
    private static readonly VariableSlot[] Own =
    [
        new("CurrentIndex", "CurrentIndex", typeof(object), null),
        new("CurrentValue", "CurrentValue", typeof(object), null),
    ];

    /// <summary>The items.</summary>
    [Input(Description = "The set of values to iterate.", UIHint = InputUIHints.DropDown)]
    public Input<ICollection<object>>? Items { get; set; } = new(Array.Empty<object>());

    /// <summary>The body.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <summary>The item of the round.</summary>
    [Output(Description = "Assign the current value to the specified variable.")]
    public Output<object>? CurrentValue { get; set; }

    public IReadOnlyList<VariableSlot> OwnVariables => Own;

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => RoundAsync(context, 0);

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.Breaking
            ? context.CompleteActivityAsync()
            : RoundAsync(context, Values.ValueConversion.To<int>(context.VariableValues![^2]) + 1);

    private ValueTask RoundAsync(ActivityExecutionContext context, int index)
    {
        var items = Items.GetOrDefault(context);
        if (items is null || index >= items.Count || context.Node.Children is not [var body])
        {
            return context.CompleteActivityAsync();
        }

        var item = items is IList<object> list ? list[index] : items.ElementAt(index);
        context.VariableValues![^2] = index;
        context.VariableValues[^1] = item;
        CurrentValue.Set(context, item);
        context.ScheduleChild(body);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Runs its body for each of some items, side by side.</summary>
[Activity("Elsa", "Looping", "Schedule an activity for each item in parallel.", DisplayName = "Parallel for Each")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.ParallelForEach, Elsa.Workflows.Core")]
internal sealed class ParallelForEach : Activity, ILoop
{
    /// <summary>The items.</summary>
    [Input(Description = "The items to iterate through.")]
    public Input<object>? Items { get; set; }

    /// <summary>The body.</summary>
    [Port]
    public IActivity? Body { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var raw = Items.GetOrDefault(context);
        var items = raw is string text && text.TrimStart().StartsWith('[')
            ? Values.ValueConversion.To<List<object>>(Values.JsonValues.Parse(text))
            : raw is null ? null : Values.ValueConversion.To<List<object>>(raw);
        if (items is not { Count: > 0 } || context.Node.Children is not [var body])
        {
            return context.CompleteActivityAsync();
        }

        for (var i = 0; i < items.Count; i++)
        {
            var branch = context.ScheduleChild(body);
            branch.DynamicVariables = new Dictionary<string, object?> { ["CurrentIndex"] = i, ["CurrentValue"] = items[i] };
        }

        return ValueTask.CompletedTask;
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, object? result) =>
        context.Breaking || context.Children is not { Count: > 0 } ? context.CompleteActivityAsync() : ValueTask.CompletedTask;
}

/// <summary>Ends the nearest loop.</summary>
[Activity("Elsa", "Looping", "Break out of a loop.")]
[BuiltIn("UnregisteredClrType:Elsa.Workflows.Activities.Break, Elsa.Workflows.Core", IsTerminal = true)]
internal sealed class Break : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context)
    {
        var loop = context.ParentActivityExecutionContext;
        while (loop is not null && loop.Node.Activity is not ILoop)
        {
            loop = loop.Node.IsWorkflow ? null : loop.ParentActivityExecutionContext;
        }

        for (var c = context.ParentActivityExecutionContext; loop is not null && c is not null; c = c.ParentActivityExecutionContext)
        {
            c.Breaking = true;
            if (ReferenceEquals(c, loop))
            {
                break;
            }
        }
    }
}
