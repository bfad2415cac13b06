using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Activities;

/// <summary>暂停发放: payment rests from the next month that is not written.</summary>
[Activity("CaseFlow", "待遇 Benefits", "暂停发放；资格不变", DisplayName = "暂停发放")]
public sealed class SuspendPayment : CodeActivity
{
    /// <summary>The step whose form names the reason (<c>reason</c>).</summary>
    [Input(DisplayName = "来源环节")]
    public Input<string> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var reason = (await context.LastTaskAsync(of.Procedure, context.Get(Step)!)).Form().Text("reason") ?? "";
        await context.GetRequiredService<SuspensionService>().SuspendAsync(of.Case, reason, context.CancellationToken);
    }
}

/// <summary>恢复发放: what was not paid follows as arrears.</summary>
[Activity("CaseFlow", "待遇 Benefits", "恢复发放，补发暂停期间的金额", DisplayName = "恢复发放")]
public sealed class ResumePayment : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        await context.GetRequiredService<SuspensionService>().ResumeAsync(of.Case, context.CancellationToken);
    }
}

/// <summary>等待暂停期满: goes on when payment has rested as long as it may.</summary>
[Activity("CaseFlow", "待遇 Benefits", "等待暂停发放的最长期限届满", DisplayName = "等待暂停期满")]
public sealed class WaitForSuspensionEnd : Activity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var last = await context.GetRequiredService<SuspensionService>().LastDayAsync(of.Case, context.CancellationToken);
        Waits.ForEndOf(context, last, OnEndAsync);
    }

    private async ValueTask OnEndAsync(ActivityExecutionContext context) => await context.CompleteActivityWithOutcomesAsync("Done");
}

/// <summary>等待待遇期满: goes on after the last month of a benefit whose end is decided (渐退).</summary>
[Activity("CaseFlow", "待遇 Benefits", "等待已决定的最后一个待遇月结束", DisplayName = "等待待遇期满")]
public sealed class WaitForBenefitEnd : Activity
{
    /// <inheritdoc/>
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => LookAsync(context);

    /// <summary>The end may have come nearer meanwhile.</summary>
    private async ValueTask LookAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var last = of.Case.BenefitTo ?? throw new InvalidOperationException("The benefit has no end to wait for.");
        if (context.GetRequiredService<Cases.Calendar.IBusinessClock>().Today > last.LastDay)
        {
            await context.CompleteActivityWithOutcomesAsync("Done");
        }
        else
        {
            Waits.ForEndOf(context, last.LastDay, LookAsync);
        }
    }
}
