using CaseFlow.Cases.Reviews;

namespace CaseFlow.Activities;

/// <summary>安排核查: waits, often for a year, until the next periodic review begins.</summary>
[Activity("CaseFlow", "核查 Reviews", "按类别安排下一次定期核查，到期后继续", DisplayName = "安排定期核查")]
[FlowNode("Due")]
public sealed class ScheduleReview : Activity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var schedule = await context.GetRequiredService<ReviewService>().ScheduleAsync(of.Case, context.CancellationToken);
        Waits.ForDay(context, schedule.StartsOn, OnDueAsync);
    }

    private ValueTask OnDueAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("Due");
}

/// <summary>开始核查: ties this procedure to the review that is due.</summary>
[Activity("CaseFlow", "核查 Reviews", "记录本程序为到期的定期核查", DisplayName = "开始核查")]
public sealed class BeginReview : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        await context.GetRequiredService<ReviewService>().BeginAsync(of.Case, of.Procedure, context.CancellationToken);
    }
}

/// <summary>核查结论: records the conclusion and the class for the next interval.</summary>
[Activity("CaseFlow", "核查 Reviews", "记录核查结论", DisplayName = "核查结论")]
public sealed class ConcludeReview : CodeActivity
{
    /// <summary>The step whose outcome is the conclusion and whose form names the class.</summary>
    [Input(DisplayName = "来源环节")]
    public Input<string> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var task = await context.LastTaskAsync(of.Procedure, context.Get(Step)!)
            ?? throw new InvalidOperationException("A review is concluded by a step.");
        var form = task.Form();
        var reviewClass = form["reviewClass"]?.ToString();
        await context.GetRequiredService<ReviewService>().ConcludeAsync(of.Case, task.Outcome ?? "Unchanged", reviewClass, context.CancellationToken);
    }
}
