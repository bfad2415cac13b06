using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Verification;

namespace CaseFlow.Activities;

/// <summary>提出核对: stores the request; it is sent after the commit.</summary>
[Activity("CaseFlow", "核对 Verification", "向核对平台提出家庭经济状况核对", DisplayName = "提出核对")]
public sealed class RequestVerification : CodeActivity
{
    /// <summary>Purpose: <c>dibao</c>, <c>review</c>.</summary>
    [Input(DisplayName = "用途")]
    public Input<string> Purpose { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        await context.GetRequiredService<VerificationService>()
            .RequestAsync(of.Case, of.Procedure.Id, context.Get(Purpose) ?? of.Case.CaseType, context.CancellationToken);
    }
}

/// <summary>等待核对报告: goes on when the report is complete, or without it when its period has passed.</summary>
[Activity("CaseFlow", "核对 Verification", "等待核对报告；超过时限走“未返回”", DisplayName = "等待核对报告")]
[FlowNode("Meets", "Differs", "Unavailable")]
public sealed class WaitForVerification : Activity
{
    /// <summary>Period in the policy.</summary>
    [Input(DisplayName = "时限")]
    public Input<string> DueRule { get; set; } = default!;

    /// <summary>What the report concludes.</summary>
    [Output(DisplayName = "结论")]
    public Output<string?>? Conclusion { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var request = await context.GetRequiredService<VerificationService>().LastRequestAsync(of.Procedure.Id, context.CancellationToken);
        var lastDay = await context.GetRequiredService<DeadlineService>().LastDayAsync(context.Get(DueRule)!, context.CancellationToken);
        Waits.ForSignal(context, of.Case.Id, VerificationService.CompletedStimulus, request.Id.ToString(), OnReportAsync);
        Waits.ForEndOf(context, lastDay, OnExpiredAsync);
    }

    private async ValueTask OnReportAsync(ActivityExecutionContext context)
    {
        context.ClearBookmarks();
        var conclusion = context.GetWorkflowInput<string>("conclusion");
        context.Set(Conclusion, conclusion);
        var failed = context.GetWorkflowInput<string>("state") == nameof(VerificationState.Failed);
        await context.CompleteActivityWithOutcomesAsync(failed ? "Unavailable" : conclusion == "meets" ? "Meets" : "Differs");
    }

    private async ValueTask OnExpiredAsync(ActivityExecutionContext context)
    {
        context.ClearBookmarks();
        var of = await context.CaseAsync();
        await context.GetRequiredService<VerificationService>().OvertakeAsync(of.Case, context.CancellationToken);
        context.Set(Conclusion, "unavailable");
        await context.CompleteActivityWithOutcomesAsync("Unavailable");
    }
}

/// <summary>处理核对差异: settles the differences as the handler's form says, line by line.</summary>
[Activity("CaseFlow", "核对 Verification", "按经办人的处理意见逐条了结核对差异", DisplayName = "了结核对差异")]
public sealed class SettleVerification : CodeActivity
{
    /// <summary>The step whose form holds the lines.</summary>
    [Input(DisplayName = "来源环节")]
    public Input<string> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var task = await context.LastTaskAsync(of.Procedure, context.Get(Step)!);
        await context.GetRequiredService<VerificationService>().SettleAsync(of.Case, task.Form(), context.CancellationToken);
    }
}
