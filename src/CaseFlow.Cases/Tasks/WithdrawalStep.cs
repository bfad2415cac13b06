using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// The applicant takes an application back before a decision. The procedure is told so and ends by its own workflow where it
/// waits for that; where it does not, it is cancelled.
/// </summary>
internal sealed class WithdrawalStep(IUnitOfWork work, CaseLocks caseLocks, IAuditTrail audit, ICaseWorkflow workflow)
{
    /// <summary>Stimulus of a withdrawal.</summary>
    public const string Stimulus = "application.withdrawn";

    public async Task<bool> WithdrawAsync(Actor actor, Id<Case> caseId, string reason, CancellationToken cancellationToken)
    {
        var caseFile = await caseLocks.EnterAsync(caseId, cancellationToken);
        RequireApplicant(actor, caseFile);
        var application = await work.Set<Procedure>()
            .FirstOrDefaultAsync(p => p.CaseId == caseId && p.Kind == "application" && p.State == ProcedureState.Open, cancellationToken)
            ?? throw new RefusedException("no-application", "该申请已办结，不能再撤回；对结果不服的，可以按通知书上的途径申请复议。");
        await audit.AppendAsync(caseId, actor, "case.withdraw", new JsonObject { ["reason"] = reason }, cancellationToken);
        var told = await workflow.SignalAsync(caseId, Stimulus, null, new JsonObject { ["reason"] = reason }, cancellationToken);
        if (told == 0)
        {
            await workflow.CancelAsync(application, "Withdrawn", cancellationToken);
        }

        return true;
    }

    private static void RequireApplicant(Actor actor, Case caseFile)
    {
        var own = actor.Kind == ActorKind.Citizen
            && (actor.PersonId == caseFile.ApplicantId || (actor.AccountId is not null && actor.AccountId == caseFile.FiledBy));
        var atCounter = actor.Posts.Any(p => p.OrganisationId == caseFile.OrganisationId && (p.Post is PostKind.WindowClerk or PostKind.CaseHandler));
        if (!own && !atCounter)
        {
            throw new RefusedException("not-found", "找不到这个办件。");
        }
    }
}
