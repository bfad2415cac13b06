using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Activities;

/// <summary>设置阶段: where the case stands, as staff and citizen read it.</summary>
[Activity("CaseFlow", "办件 Case", "设置办件所处阶段", DisplayName = "设置阶段")]
public sealed class SetStage : CodeActivity
{
    /// <summary>Identifier of a stage of the case type.</summary>
    [Input(DisplayName = "阶段")]
    public Input<string> Stage { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        await context.GetRequiredService<CaseFileService>().SetStageAsync(of.Case, context.Get(Stage)!, context.CancellationToken);
    }
}

/// <summary>受理: today becomes the day from which the legal clock runs.</summary>
[Activity("CaseFlow", "办件 Case", "受理申请，记录受理日期", DisplayName = "受理")]
public sealed class AcceptCase : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        await context.GetRequiredService<CaseFileService>().AcceptAsync(of.Case, context.CancellationToken);
    }
}

/// <summary>记录事实: what a survey or a settlement found replaces what was declared.</summary>
[Activity("CaseFlow", "办件 Case", "把环节表单中查明的收入、财产写入家庭档案", DisplayName = "记录事实")]
public sealed class RecordFacts : CodeActivity
{
    /// <summary>The step whose form is read.</summary>
    [Input(DisplayName = "来源环节")]
    public Input<string> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var task = await context.LastTaskAsync(of.Procedure, context.Get(Step)!);
        if (task is null || of.Case.HouseholdId is not { } household)
        {
            return;
        }

        var registry = context.GetRequiredService<HouseholdRegistry>();
        var form = task.Form();
        var recorded = await context.GetRequiredService<EconomicRegistry>().RecordFindingsAsync(household, form, FactSource.Surveyed, context.CancellationToken);
        if (form["memberEnded"] is JsonObject ended)
        {
            await registry.EndMembershipAsync(household, ended, context.CancellationToken);
            recorded = true;
        }

        if (recorded)
        {
            CaseFileService.RaiseFacts(of.Case);
        }
    }
}

/// <summary>登记材料: what a step's form says of papers: missing ones with what is to be corrected, and those that came in.</summary>
[Activity("CaseFlow", "办件 Case", "按环节表单登记缺少的或补来的材料", DisplayName = "登记材料")]
public sealed class RecordMaterials : CodeActivity
{
    /// <summary>The step whose form is read.</summary>
    [Input(DisplayName = "来源环节")]
    public Input<string> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var task = await context.LastTaskAsync(of.Procedure, context.Get(Step)!);
        await context.GetRequiredService<MaterialService>().RecordAsync(of.Case, task.Form(), context.CancellationToken);
    }
}

/// <summary>核算: eligibility and amount by the facts and standards of today.</summary>
[Activity("CaseFlow", "决定 Decisions", "按当前事实和标准核算资格与金额", DisplayName = "核算")]
[FlowNode("Eligible", "NotEligible")]
public sealed class Assess : Activity
{
    /// <summary>Monthly amount in fen.</summary>
    [Output(DisplayName = "月金额（分）")]
    public Output<long>? AmountFen { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var record = await context.GetRequiredService<AssessmentService>().AssessAsync(of.Case, context.CancellationToken);
        context.Set(AmountFen, record.Amount.Fen);
        await context.CompleteActivityWithOutcomesAsync(record.Eligible ? "Eligible" : "NotEligible");
    }
}

/// <summary>移交办件: the case moves to another community of the district; what is open goes along.</summary>
[Activity("CaseFlow", "办件 Case", "按环节表单把办件移交迁入地；标准不同的走“标准不同”", DisplayName = "移交办件")]
[FlowNode("SameArea", "OtherArea")]
public sealed class MoveCase : Activity
{
    /// <summary>The step whose form names the place (<c>move</c>).</summary>
    [Input(DisplayName = "来源环节")]
    public Input<string> Step { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var move = (await context.LastTaskAsync(of.Procedure, context.Get(Step)!)).Form()["move"] as JsonObject ?? [];
        var otherArea = await context.GetRequiredService<CaseMove>()
            .MoveAsync(of.Case, move.Text("community") ?? "", move.Text("address"), context.CancellationToken);
        await context.CompleteActivityWithOutcomesAsync(otherArea ? "OtherArea" : "SameArea");
    }
}

/// <summary>结束办件: the case is over, after a grant or without one.</summary>
[Activity("CaseFlow", "办件 Case", "结束办件", DisplayName = "结束办件")]
public sealed class EndCase : CodeActivity
{
    /// <summary>Why; for the audit.</summary>
    [Input(DisplayName = "原因")]
    public Input<string?> Reason { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        var status = of.Case.BenefitFrom is null ? CaseStatus.ClosedWithoutGrant : CaseStatus.Ended;
        await context.GetRequiredService<CaseFileService>()
            .EndAsync(of.Case, status, context.Get(Reason) ?? status.ToString(), context.CancellationToken);
    }
}

/// <summary>程序结果: what came of a procedure; the spine goes on by it.</summary>
[Activity("CaseFlow", "程序 Procedures", "记录程序的办理结果", DisplayName = "程序结果")]
public sealed class SetResult : CodeActivity
{
    /// <summary>Identifier such as <c>Granted</c>.</summary>
    [Input(DisplayName = "结果")]
    public Input<string> Value { get; set; } = default!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var of = await context.CaseAsync();
        await context.GetRequiredService<ProcedureService>().SetResultAsync(of.Procedure, context.Get(Value)!, context.CancellationToken);
    }
}
