// Written only against the documented surface: no other name of the engine occurs here.
using CaseFlow.Workflows;

namespace CustomActivities;

public interface IGreeter
{
    string Greet(string name);
}

[Activity("Custom", "Tests", "Greets by a service of the step.")]
public class Greet : CodeActivity<string>
{
    [Input(Description = "Whom to greet.")]
    public Input<string> Who { get; set; } = default!;

    [Input]
    public Input<int> Times { get; set; } = new(2);

    protected override void Execute(ActivityExecutionContext context)
    {
        var greeter = context.GetRequiredService<IGreeter>();
        var text = string.Concat(Enumerable.Repeat(greeter.Greet(Who.Get(context)), Times.Get(context)));
        context.JournalData["Greeted"] = text;
        context.Set(Result, text);
    }
}

[Activity("Custom", "Tests", "Waits for a decision.")]
[FlowNode("同意", "退回")]
public class Decide : Activity
{
    public Input<string> Question { get; set; } = default!;

    public Output<string> Comment { get; set; } = default!;

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.SetProperty("Asked", Question.Get(context));
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = "Custom.Decision",
            Stimulus = new { Question = Question.Get(context) },
            Callback = DecidedAsync,
            IncludeActivityInstanceId = false,
        });
        return ValueTask.CompletedTask;
    }

    private async ValueTask DecidedAsync(ActivityExecutionContext context)
    {
        if (!context.TryGetWorkflowInput<string>("Outcome", out var outcome))
        {
            context.Fault(new InvalidOperationException("No outcome."));
            return;
        }

        Comment.Set(context, $"{context.GetProperty<string>("Asked")}: {context.GetWorkflowInput<string>("Comment")}");
        await context.CompleteActivityWithOutcomesAsync(outcome);
    }
}

[Activity("Custom", "Tests", "Runs its body twice.")]
public class Twice : Activity
{
    [Port]
    public IActivity? Body { get; set; }

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.SetProperty("Round", 1);
        await context.ScheduleActivityAsync(Body, OnRoundAsync);
    }

    private async ValueTask OnRoundAsync(ActivityCompletedContext context)
    {
        var target = context.TargetContext;
        var round = target.GetProperty<int>("Round");
        if (round >= 2)
        {
            await target.CompleteActivityAsync();
            return;
        }

        target.SetProperty("Round", round + 1);
        await target.ScheduleActivityAsync(Body, OnRoundAsync);
    }
}

[Activity("Custom", "Tests", "Waits for a signal, or starts by it.", Kind = ActivityKind.Trigger)]
public class Signal : Trigger<object>
{
    [Input]
    public Input<string> Name2 { get; set; } = default!;

    protected override object GetTriggerPayload(TriggerIndexingContext context) => new { Name = "fixed" };

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.CreateBookmark(new { Name = Name2.Get(context) }, ResumedAsync, includeActivityInstanceId: false);
        return ValueTask.CompletedTask;
    }

    private async ValueTask ResumedAsync(ActivityExecutionContext context)
    {
        context.SetResult(context.GetWorkflowInput<object>("Payload"));
        context.SetVariable("Last", context.NodeId);
        await context.CompleteActivityAsync(new Outcomes("Done"));
    }
}
