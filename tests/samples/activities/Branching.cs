using CaseFlow.Workflows;

namespace Strangers;

[Activity("Strangers", "Branching", "Runs both branches and says how they ended")]
[FlowNode("Both", "Done")]
public class Both : Activity
{
    [Port]
    public IActivity? Left { get; set; }

    [Port]
    public IActivity? Right { get; set; }

    [Output]
    public Output<string> Order { get; set; } = default!;

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.SetProperty("Order", "");
        await context.ScheduleActivityAsync(Left, OnEndAsync);
        await context.ScheduleActivityAsync(Right, OnEndAsync);
    }

    private async ValueTask OnEndAsync(ActivityCompletedContext context)
    {
        var target = context.TargetContext;
        var order = target.GetProperty<string>("Order") + context.ChildContext.Activity.Id;
        target.SetProperty("Order", order);
        if (order.Length >= 2)
        {
            target.Set(Order, order);
            await target.CompleteActivityAsync(new Outcomes("Both"));
        }
    }
}

[Activity("Strangers", "Branching", "Runs its body until it has run so often")]
public class Times : Activity
{
    public Input<int> Count { get; set; } = new(2);

    [Port]
    public IActivity? Body { get; set; }

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => NextAsync(context, 0);

    private ValueTask OnBodyAsync(ActivityCompletedContext context) => NextAsync(context.TargetContext, context.TargetContext.GetProperty<int>("Round"));

    private async ValueTask NextAsync(ActivityExecutionContext context, int round)
    {
        if (round == Count.Get(context) || Body is null)
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.SetProperty("Round", round + 1);
        await context.ScheduleActivityAsync(Body, OnBodyAsync);
    }
}

[Activity("Strangers", "Branching", "Ends the definition that it is in")]
public class Leave : Activity
{
    public Input<string> By { get; set; } = default!;

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.CompleteCompositeAsync(By.Get(context), "Also");
}

[Activity("Strangers", "Branching", "Gives itself up")]
public class GiveUp : Activity
{
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.CancelActivityAsync();
}

[Activity("Strangers", "Branching", "Fails, thrown or told")]
public class Fail : CodeActivity
{
    public Input<bool> Told { get; set; } = default!;

    protected override void Execute(ActivityExecutionContext context)
    {
        if (Told.GetOrDefault(context))
        {
            context.Fault(new TimeoutException("told"));
            return;
        }

        throw new NotSupportedException("thrown");
    }
}
