using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Activities;

/// <summary>开始待遇: grants from the month after this decision, by the facts and standards of today.</summary>
[Activity("CaseFlow", "待遇 Benefits", "自决定次月起开始待遇", DisplayName = "开始待遇")]
public sealed class StartBenefit : CodeActivity
{
    /// <summary>The step whose form names the review class (<c>reviewClass</c>).</summary>
    [Input(DisplayName = "核查类别的来源环节")]
    public Input<string?> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var assessments = context.GetRequiredService<AssessmentService>();
        var record = await assessments.AssessAsync(of.Case, context.CancellationToken);
        if (!record.Eligible)
        {
            throw new RefusedException("not-eligible", "按今天的标准和已核实的情况，该户不符合条件，不能确认。");
        }

        var chosen = context.Get(Step) is { Length: > 0 } step ? (await context.LastTaskAsync(of.Procedure, step)).Form().Text("reviewClass") : null;
        of.Case.ReviewClass = chosen ?? await ProposeAsync(context, of);
        var from = Month.Of(context.GetRequiredService<IBusinessClock>().Today).Plus(1);
        await context.GetRequiredService<BenefitService>()
            .StartAsync(of.Case, of.Case.CaseType, from, record.Amount, null, record.Id, context.CancellationToken);
    }

    private static async Task<string> ProposeAsync(ActivityExecutionContext context, CaseOfActivity of)
    {
        var facts = await context.GetRequiredService<AssessmentService>().FactsAsync(of.Case, context.CancellationToken);
        var book = await context.GetRequiredService<PolicyDesk>().BookAsync(context.CancellationToken);
        return ReviewClassProposal.For(book, facts.Members, context.GetRequiredService<IBusinessClock>().Today).Class;
    }
}

/// <summary>
/// 调整待遇: the amount of a new calculation holds from the month after this decision; after a death from the month after it,
/// so that what was paid beyond becomes an item of its own.
/// </summary>
[Activity("CaseFlow", "待遇 Benefits", "自决定次月起调整金额；成员死亡的自死亡次月起", DisplayName = "调整待遇")]
public sealed class ChangeBenefit : CodeActivity
{
    /// <summary>The step whose form tells of a death (<c>memberEnded</c>).</summary>
    [Input(DisplayName = "来源环节")]
    public Input<string?> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var record = await context.GetRequiredService<AssessmentService>().AssessAsync(of.Case, context.CancellationToken);
        var from = await EffectiveAsync(context, of);
        await context.GetRequiredService<BenefitService>()
            .ChangeAsync(of.Case, of.Case.CaseType, from, record.Amount, null, record.Id, context.CancellationToken);
    }

    private async Task<Month> EffectiveAsync(ActivityExecutionContext context, CaseOfActivity of)
    {
        var step = context.Get(Step) is { Length: > 0 } name ? name : "change-handling";
        var died = await BenefitForms.DiedOnAsync(context, of, step);
        return Month.Of(died ?? context.GetRequiredService<IBusinessClock>().Today).Plus(1);
    }
}

/// <summary>What the forms of a change say about a death.</summary>
internal static class BenefitForms
{
    /// <summary>The day on which a member died, as the handling of the change found it; null if nobody did.</summary>
    public static async Task<DateOnly?> DiedOnAsync(ActivityExecutionContext context, CaseOfActivity of, string step)
    {
        var ended = (await context.LastTaskAsync(of.Procedure, step)).Form()["memberEnded"] as JsonObject;
        return ended is not null && ended.Flag("died") && ended.Text("on") is { } on
            ? DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }
}

/// <summary>停止待遇: the month of this decision is the last one, or the last of a gradual exit period.</summary>
[Activity("CaseFlow", "待遇 Benefits", "自决定次月起停止待遇；渐退的延后", DisplayName = "停止待遇")]
public sealed class StopBenefit : CodeActivity
{
    /// <summary>Whether the last amount is kept for the gradual exit period.</summary>
    [Input(DisplayName = "渐退", UIHint = InputUIHints.Checkbox, DefaultValue = false)]
    public Input<bool> Gradual { get; set; } = new(false);

    /// <summary>Why.</summary>
    [Input(DisplayName = "原因")]
    public Input<string?> Reason { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var today = context.GetRequiredService<IBusinessClock>().Today;
        var last = await DeathMonthAsync(context, of) ?? Month.Of(today);
        if (context.Get(Gradual))
        {
            var book = await context.GetRequiredService<PolicyDesk>().BookAsync(context.CancellationToken);
            last = last.Plus(book.Months(PolicyKeys.GradualExitMonths, today));
        }

        await context.GetRequiredService<BenefitService>()
            .StopAsync(of.Case, of.Case.CaseType, last, null, context.Get(Reason) ?? "停发", context.CancellationToken);
    }

    /// <summary>After the death of whoever drew the benefit alone, the month of the death was the last one.</summary>
    private static async Task<Month?> DeathMonthAsync(ActivityExecutionContext context, CaseOfActivity of)
    {
        var now = await context.GetRequiredService<AssessmentService>().PreviewAsync(of.Case, context.CancellationToken);
        return now.RefusalGround == "members" && await BenefitForms.DiedOnAsync(context, of, "change-handling") is { } day ? Month.Of(day) : null;
    }
}
