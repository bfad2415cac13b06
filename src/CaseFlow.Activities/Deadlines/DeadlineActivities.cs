using CaseFlow.Cases.Calendar;

namespace CaseFlow.Activities;

/// <summary>开始计时: starts a period by a figure of the policy, today not counted.</summary>
[Activity("CaseFlow", "时限 Deadlines", "从今天起计算一个法定或本地时限", DisplayName = "开始计时")]
public sealed class StartDeadline : CodeActivity
{
    /// <summary>The rule, for example <c>dibao.total</c>.</summary>
    [Input(DisplayName = "时限", Description = "政策参数的键，不含 .days")]
    public Input<string> Rule { get; set; } = default!;

    /// <summary>The last day.</summary>
    [Output(DisplayName = "期满日")]
    public Output<string?>? DueOn { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var deadline = await context.GetRequiredService<DeadlineService>()
            .StartAsync(of.Case, of.Procedure.Id, context.Get(Rule)!, context.CancellationToken);
        context.Set(DueOn, deadline.DueOn.ToString("yyyy-MM-dd"));
    }
}

/// <summary>时限办结: the period has been met, in time or late.</summary>
[Activity("CaseFlow", "时限 Deadlines", "该时限内的工作已完成", DisplayName = "时限办结")]
public sealed class MeetDeadline : CodeActivity
{
    /// <summary>The rule.</summary>
    [Input(DisplayName = "时限")]
    public Input<string> Rule { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        await context.GetRequiredService<DeadlineService>().MeetAsync(of.Case, of.Procedure.Id, context.Get(Rule)!, context.CancellationToken);
    }
}

/// <summary>监控时限: waits until a running period has passed; where it was met or extended meanwhile, it looks again or ends.</summary>
[Activity("CaseFlow", "时限 Deadlines", "等待时限届满；提前办结的走“已办结”", DisplayName = "监控时限")]
[FlowNode("Overdue", "Met")]
public sealed class WatchDeadline : Activity
{
    /// <summary>The rule.</summary>
    [Input(DisplayName = "时限")]
    public Input<string> Rule { get; set; } = default!;

    /// <inheritdoc/>
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => LookAsync(context);

    private async ValueTask LookAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var deadline = await context.GetRequiredService<DeadlineService>()
            .LastAsync(of.Procedure.Id, context.Get(Rule) ?? "", context.CancellationToken);
        if (deadline is not { State: DeadlineState.Running })
        {
            await context.CompleteActivityWithOutcomesAsync("Met");
        }
        else if (deadline.DueOn < context.GetRequiredService<IBusinessClock>().Today)
        {
            await context.CompleteActivityWithOutcomesAsync("Overdue");
        }
        else
        {
            Waits.ForEndOf(context, deadline.DueOn, LookAsync);
        }
    }
}
