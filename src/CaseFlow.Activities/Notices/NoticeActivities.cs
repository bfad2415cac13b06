using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Activities;

/// <summary>公示: posts a notice with an objection period and waits for its end or for an objection.</summary>
[Activity("CaseFlow", "公示 Notices", "张贴公示并等待期满或异议", DisplayName = "公示")]
[FlowNode("Ended", "Objected")]
public sealed class PostPublicNotice : Activity
{
    /// <summary>What it is about: Opinion or Stop.</summary>
    [Input(DisplayName = "公示内容", UIHint = InputUIHints.DropDown, Options = new[] { "Opinion", "Stop" }, DefaultValue = "Opinion")]
    public Input<string> Purpose { get; set; } = new("Opinion");

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var purpose = Enum.Parse<NoticePurpose>(context.Get(Purpose) ?? nameof(NoticePurpose.Opinion));
        var kind = NoticeContent.For(of.Case.CaseType, purpose, applicantIsMinor: false)
            ?? throw new InvalidOperationException($"The case type {of.Case.CaseType} has no public notice of this kind.");
        var rule = kind.DaysKey?.Replace(".days", "", StringComparison.Ordinal)
            ?? throw new InvalidOperationException("A standing publication has no period to wait for.");
        var endsOn = await context.GetRequiredService<DeadlineService>().LastDayAsync(rule, context.CancellationToken);
        var last = kind.ShowsAmount ? await context.GetRequiredService<AssessmentService>().LastAsync(of.Case.Id, context.CancellationToken) : null;
        var notice = await context.GetRequiredService<PublicNoticeService>()
            .PostAsync(of.Case, of.Procedure.Id, last?.Amount, kind.ShowsMembers, endsOn, null, context.CancellationToken);
        context.SetProperty("NoticeId", notice.Id.ToString());
        Waits.ForSignal(context, of.Case.Id, PublicNoticeService.ObjectionStimulus, notice.Id.ToString(), OnObjectionAsync);
        Waits.ForEndOf(context, endsOn, OnEndAsync);
    }

    private async ValueTask OnObjectionAsync(ActivityExecutionContext context)
    {
        context.ClearBookmarks();
        await context.CompleteActivityWithOutcomesAsync("Objected");
    }

    private async ValueTask OnEndAsync(ActivityExecutionContext context)
    {
        context.ClearBookmarks();
        var id = Id<PublicNotice>.Parse(context.GetProperty<string>("NoticeId")!);
        await context.GetRequiredService<PublicNoticeService>().EndAsync(id, context.CancellationToken);
        await context.CompleteActivityWithOutcomesAsync("Ended");
    }
}

/// <summary>答复并了结异议: the renewed investigation has an outcome; open objections are answered and settled by it.</summary>
[Activity("CaseFlow", "公示 Notices", "按重新调查的结果答复异议人并了结异议", DisplayName = "答复并了结异议")]
public sealed class SettleObjections : CodeActivity
{
    /// <summary>The step whose form says <c>upheld</c>.</summary>
    [Input(DisplayName = "来源环节", Order = 1)]
    public Input<string> Step { get; set; } = default!;

    /// <summary>Template of the answer that each named objector gets; none where it is empty.</summary>
    [Input(DisplayName = "答复书模板", Order = 2)]
    public Input<string?> AnswerTemplate { get; set; } = default!;

    /// <summary>Whose name stands on the answers.</summary>
    [Input(DisplayName = "签发单位", UIHint = InputUIHints.DropDown, Options = new[] { "Township", "District" }, DefaultValue = "Township", Order = 3)]
    public Input<string> Issuer { get; set; } = new("Township");

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        if (context.Get(AnswerTemplate) is { Length: > 0 } template)
        {
            var issuer = Enum.Parse<OrganisationLevel>(context.Get(Issuer) ?? nameof(OrganisationLevel.Township));
            var answers = await context.GetRequiredService<ObjectionAnswers>().IssueAsync(of.Case, of.Procedure, template, issuer, context.CancellationToken);
            context.JournalData["Answers"] = answers;
        }

        var task = await context.LastTaskAsync(of.Procedure, context.Get(Step)!);
        await context.GetRequiredService<PublicNoticeService>().SettleAsync(of.Case, task.Form().Flag("upheld"), context.CancellationToken);
    }
}
