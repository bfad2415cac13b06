using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// A change that a household, the village or a handler reports: see <see cref="ChangeReportKinds"/>. It is kept as a
/// snapshot and told to the spine, which starts what follows.
/// </summary>
internal sealed class ChangeReportStep(
    IUnitOfWork work, CaseLocks caseLocks, IAuditTrail audit, IBusinessClock clock, ICaseWorkflow workflow, NotificationService notifications)
{
    public async Task<bool> ReportAsync(Actor actor, Id<Case> caseId, JsonObject report, CancellationToken cancellationToken)
    {
        PlainText.Require(report);
        var kind = report.Text("kind") ?? "";
        if (!ChangeReportKinds.All.Contains(kind, StringComparer.Ordinal))
        {
            throw new InvalidInputException("kind", "请选择变化的类别。");
        }

        var caseFile = await caseLocks.EnterAsync(caseId, cancellationToken);
        if (actor.Kind != ActorKind.System && !ChangeReportRights.MayReport(actor, caseFile))
        {
            throw new RefusedException("not-found", "找不到这个办件。");
        }

        if (!ChangeReportRights.Takes(caseFile))
        {
            throw new RefusedException("case-ended", "该办件已经结束，情况变化请在新的申请中填写。");
        }

        var snapshot = new FormSnapshot
        {
            CaseId = caseId,
            Form = "change-report",
            DataJson = report.ToJsonString(CaseJson.Options),
            SubmittedAt = clock.Now,
            SubmittedBy = actor.AccountId,
        };
        work.Set<FormSnapshot>().Add(snapshot);
        CaseFileService.RaiseFacts(caseFile);
        await audit.AppendAsync(
            caseId, actor, "case.change-report", new JsonObject { ["report"] = snapshot.Id.ToString(), ["kind"] = kind }, cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        var payload = (JsonObject)report.DeepClone();
        payload["reportId"] = snapshot.Id.ToString();
        var started = caseFile.Status == CaseStatus.InForce
            ? await workflow.SignalAsync(caseId, CaseEvents.Stimulus, EventOf(kind), payload, cancellationToken)
            : 0;
        if (started == 0)
        {
            await TellHandlersAsync(caseFile, snapshot, cancellationToken);
        }

        return true;
    }

    /// <summary>The event of the spine for a kind of change.</summary>
    public static string EventOf(string kind) => kind switch
    {
        "death" => CaseEvents.Death,
        "move" => CaseEvents.Move,
        "account" or "whereabouts" => CaseEvents.PaymentFailure,
        _ => CaseEvents.ChangeReport,
    };

    private async Task TellHandlersAsync(Case caseFile, FormSnapshot snapshot, CancellationToken cancellationToken)
    {
        var handlers = await work.Set<WorkTask>()
            .Where(t => t.CaseId == caseFile.Id && t.AssigneeId != null && (t.State == WorkTaskState.Claimed || t.State == WorkTaskState.Ready))
            .Select(t => t.AssigneeId!.Value)
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var handler in handlers)
        {
            await notifications.TellStaffAsync(
                caseFile, $"change-report/{snapshot.Id}", handler, $"办件 {caseFile.Number} 的家庭报告了情况变化，请在办理中核实。", cancellationToken);
        }
    }
}
