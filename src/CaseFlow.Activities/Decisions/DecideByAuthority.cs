using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities;

/// <summary>按权限审批: a step whose post the delegation table names for the facts of this moment. The guard checks again when somebody decides.</summary>
[Activity("CaseFlow", "决定 Decisions", "由权限规则确定审批岗位的环节", DisplayName = "按权限审批")]
public sealed class DecideByAuthority : StaffTask
{
    /// <summary>What is decided: grant, change or stop.</summary>
    [Input(DisplayName = "决定事项", UIHint = InputUIHints.DropDown, Options = new[] { "grant", "change", "stop" }, DefaultValue = "grant", Order = 0)]
    public Input<string> Decision { get; set; } = new("grant");

    /// <inheritdoc/>
    internal override async ValueTask<TaskSpecification> SpecifyAsync(ActivityExecutionContext context, CaseOfActivity of)
    {
        var last = await context.GetRequiredService<AssessmentService>().LastAsync(of.Case.Id, context.CancellationToken);
        var desk = context.GetRequiredService<AuthorityDesk>();
        var (facts, decision) = await desk.DecideAsync(
            of.Case, context.Get(Decision) ?? "grant", last?.Amount ?? of.Case.MonthlyAmount ?? Money.Zero, context.CancellationToken);
        desk.Record(of.Case, null, "route", facts, decision);
        context.JournalData["Rule"] = $"{decision.Code} v{decision.Version}";
        var approver = decision.Route.Approve ?? throw new InvalidOperationException($"Rule {decision.Code} names nobody who approves.");
        var specification = await base.SpecifyAsync(context, of);
        return specification with { Posts = [approver.Post], Level = approver.Level, AuthorityRole = "approve" };
    }
}

/// <summary>区级入户: whether the delegation table demands that the district visits the household itself.</summary>
[Activity("CaseFlow", "决定 Decisions", "按权限规则判断区级是否必须入户", DisplayName = "需要区级入户？")]
[FlowNode("Required", "NotRequired")]
public sealed class DistrictVisitCheck : Activity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var last = await context.GetRequiredService<AssessmentService>().LastAsync(of.Case.Id, context.CancellationToken);
        var (_, decision) = await context.GetRequiredService<AuthorityDesk>()
            .DecideAsync(of.Case, "grant", last?.Amount ?? Money.Zero, context.CancellationToken);
        await context.CompleteActivityWithOutcomesAsync(decision.Route.DistrictVisit ? "Required" : "NotRequired");
    }
}
