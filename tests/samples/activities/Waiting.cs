using CaseFlow.Workflows;

namespace Strangers;

public record Door(string Number);

[Activity("Strangers", "Waiting", "Waits for one of several doors")]
[FlowNode("Opened", "GaveUp")]
public class Doors : Activity
{
    public Input<ICollection<string>> Numbers { get; set; } = default!;

    public Output<string> Opened { get; set; } = default!;

    protected override void Execute(ActivityExecutionContext context)
    {
        context.CreateBookmarks(Numbers.Get(context).Select(n => (object)new Door(n)), OnOpenedAsync, includeActivityInstanceId: false);
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = "Strangers.GiveUp", Callback = OnGivenUpAsync, Stimulus = "now" });
    }

    private async ValueTask OnOpenedAsync(ActivityExecutionContext context)
    {
        Opened.Set(context, context.GetWorkflowInput<string>("Number"));
        context.ClearBookmarks();
        await context.CompleteActivityWithOutcomesAsync("Opened");
    }

    private static ValueTask OnGivenUpAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("GaveUp");
}

[Activity("Strangers", "Waiting", "Counts knocks; its bookmark stays until it is enough")]
public class Knocks : Activity
{
    public Input<int> Enough { get; set; } = new(3);

    protected override void Execute(ActivityExecutionContext context) =>
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = "knock", Callback = OnKnockAsync, AutoBurn = false });

    private async ValueTask OnKnockAsync(ActivityExecutionContext context)
    {
        var count = context.GetProperty<int>("Count") + 1;
        context.SetProperty("Count", count);
        context.JournalData["Count"] = count;
        if (count >= Enough.Get(context))
        {
            await context.CompleteActivityAsync();
        }
    }
}

[Activity("Strangers", "Waiting", "Waits without a callback")]
public class Pause : CodeActivity
{
    protected override void Execute(ActivityExecutionContext context) => context.CreateBookmark();
}

[Activity("Strangers", "Waiting", "Is woken without completing, and then waits for another thing")]
public class Stages : Activity
{
    protected override void Execute(ActivityExecutionContext context) => context.CreateBookmark("first", FirstAsync, false);

    private ValueTask FirstAsync(ActivityExecutionContext context)
    {
        context.CreateBookmark("second", SecondAsync, false);
        return ValueTask.CompletedTask;
    }

    private async ValueTask SecondAsync(ActivityExecutionContext context)
    {
        context.SetVariable("Stage", "second");
        await CompleteAsync(context);
    }
}

[Activity("Strangers", "Waiting", "A bell rings, in the middle of a flow or at its beginning", Kind = ActivityKind.Trigger)]
public class Bell : Trigger<string>
{
    [Input]
    public Input<string> Tone { get; set; } = default!;

    protected override object GetTriggerPayload(TriggerIndexingContext context) => new Door("bell");

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.TryGetWorkflowInput<string>("Rung", out var rung))
        {
            Result.Set(context, rung);
            return context.CompleteActivityAsync();
        }

        context.CreateBookmark(new Door("bell"), OnRungAsync, includeActivityInstanceId: false);
        return ValueTask.CompletedTask;
    }

    private async ValueTask OnRungAsync(ActivityExecutionContext context)
    {
        Result.Set(context, context.GetWorkflowInput<string>("Rung"));
        await context.CompleteActivityAsync();
    }
}

[Activity("Strangers", "Waiting", "May run only when a variable says so")]
public class Gate : CodeActivity
{
    protected override bool CanExecute(ActivityExecutionContext context) => context.GetVariable<bool>("Open");
}
