using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// What a change may do by the arithmetic of today: an increase is more, a reduction is less, and a gradual exit is for
/// families whom work lifted above the standard and not above the borderline (Dibao-57 Art. 32, 33). Read again at every
/// signature, because facts and standards may have moved since the proposal.
/// </summary>
internal sealed class ChangeGuard(AssessmentService assessments, PolicyDesk policy, IBusinessClock clock, ProcedureReader reader)
{
    private const string Handling = "change-handling";

    /// <summary>A stop without a hearing is for the death of whoever drew the benefit alone; nobody else is stopped unheard.</summary>
    /// <exception cref="RefusedException">Nobody has died.</exception>
    public static void RequireHeard(WorkTask task, string outcome, System.Text.Json.Nodes.JsonObject form)
    {
        var died = form["memberEnded"] is System.Text.Json.Nodes.JsonObject ended && ended.Flag("died");
        if (task.Step == Handling && outcome == "Stop" && !died)
        {
            throw new RefusedException("hearing-required", "停发须先告知并听取陈述；只有单人户本人死亡的才直接停发。请按拟停保办理。");
        }
    }

    /// <exception cref="RefusedException">The proposal does not fit the arithmetic.</exception>
    public async Task RequireFitsAsync(Case caseFile, Procedure procedure, CancellationToken cancellationToken)
    {
        if (await reader.LastTaskAsync(procedure.Id, Handling, cancellationToken) is not { Outcome: { } proposal } handling)
        {
            return;
        }

        var now = await assessments.PreviewAsync(caseFile, cancellationToken);
        var before = caseFile.MonthlyAmount ?? Money.Zero;
        var refusal = proposal switch
        {
            "Increase" when !now.Eligible || now.Amount <= before => $"按今天的核算（{Told(now)}）没有增加，不能增发；现为每月 {before} 元。",
            "Reduce" when !now.Eligible => "按今天的核算该户不再符合条件，不是减发；请按拟停保或渐退办理。",
            "Reduce" when now.Amount >= before => $"按今天的核算（{Told(now)}）没有减少，不能减发；现为每月 {before} 元。",
            "Stop" when now.Eligible || now.RefusalGround != "members" => "该户还有共同生活的成员，停发应先告知并听取陈述；请按拟停保办理。",
            "GradualExit" when await ExitAsync(now, before, handling, cancellationToken) is var kind && kind != GradualExitKind.KeepForATime =>
                kind == GradualExitKind.StillEntitled
                    ? $"按今天的核算该户仍符合条件（{Told(now)}），不需要渐退。"
                    : "渐退只适用于因就业使收入超过标准、且人均不到标准1.5倍的家庭；请按拟停保办理。",
            _ => null,
        };
        if (refusal is not null)
        {
            throw new RefusedException("change-does-not-fit", refusal);
        }
    }

    private async Task<GradualExitKind> ExitAsync(AssessmentResult now, Money before, WorkTask handling, CancellationToken cancellationToken)
    {
        var book = await policy.BookAsync(cancellationToken);
        var byEmployment = CaseJson.ReadObject(handling.FormJson).Flag("byEmployment");
        return GradualExit.Decide(book, now, before, byEmployment, clock.Today).Kind;
    }

    private static string Told(AssessmentResult now) => now.Eligible ? $"每月 {now.Amount} 元" : "不符合条件";
}
