using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// An application ends before a decision: the applicant takes it back, or a leader terminates it because the family refuses to
/// cooperate without reason (Dibao-57 Art. 29). The procedure is told and ends by its own workflow where it waits for that;
/// where it does not, it is cancelled. The applicant gets 终止审核确认告知书 either way.
/// </summary>
internal sealed class WithdrawalStep(
    IUnitOfWork work,
    CaseLocks caseLocks,
    IAuditTrail audit,
    IBusinessClock clock,
    DocumentService documents,
    NotificationService notifications,
    ICaseWorkflow workflow)
{
    /// <summary>Stimulus of a withdrawal.</summary>
    public const string Stimulus = "application.withdrawn";

    public async Task<bool> WithdrawAsync(Actor actor, Id<Case> caseId, string reason, CancellationToken cancellationToken)
    {
        var caseFile = await caseLocks.EnterAsync(caseId, cancellationToken);
        RequireApplicant(actor, caseFile);
        var application = await ApplicationAsync(caseId, cancellationToken);
        await audit.AppendAsync(caseId, actor, "case.withdraw", new JsonObject { ["reason"] = reason }, cancellationToken);
        if (await workflow.SignalAsync(caseId, Stimulus, null, new JsonObject { ["reason"] = reason }, cancellationToken) > 0)
        {
            return true;
        }

        var told = $"您于{DocumentModels.Date(clock.Today)}提出撤回申请";
        await EndAsync(caseFile, application, told, "Withdrawn", cancellationToken);
        return true;
    }

    public async Task<bool> TerminateAsync(Actor actor, Id<Case> caseId, string reason, CancellationToken cancellationToken)
    {
        var caseFile = await caseLocks.EnterAsync(caseId, cancellationToken);
        var leads = actor.Posts.Any(p => p.Post == PostKind.LeaderInCharge
            && (p.OrganisationId == caseFile.OrganisationId || p.Level == OrganisationLevel.District));
        if (!leads)
        {
            throw new RefusedException("post", "终止审核由街道（乡镇）或区民政局分管领导决定。");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new InvalidInputException("reason", "终止必须写明理由。");
        }

        var application = await ApplicationAsync(caseId, cancellationToken);
        await audit.AppendAsync(caseId, actor, "case.terminate", new JsonObject { ["reason"] = reason }, cancellationToken);
        await EndAsync(caseFile, application, reason, "Terminated", cancellationToken);
        return true;
    }

    private async Task<Procedure> ApplicationAsync(Id<Case> caseId, CancellationToken cancellationToken) =>
        await work.Set<Procedure>()
            .FirstOrDefaultAsync(p => p.CaseId == caseId && p.Kind == "application" && p.State == ProcedureState.Open, cancellationToken)
        ?? throw new RefusedException("no-application", "该申请已办结，不能再撤回；对结果不服的，可以按通知书上的途径申请复议。");

    private async Task EndAsync(Case caseFile, Procedure application, string reason, string result, CancellationToken cancellationToken)
    {
        var document = await documents.IssueAsync(
            caseFile,
            application,
            new DocumentRequest($"{caseFile.CaseType}/termination-notice", OrganisationLevel.Township, true, new JsonObject { ["reason"] = reason }),
            cancellationToken);
        await notifications.TellApplicantAsync(caseFile, $"document/{document.Id}", "您的申请已终止，原因见告知书。", document, cancellationToken, "terminated");
        await workflow.CancelAsync(application, result, cancellationToken);
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
