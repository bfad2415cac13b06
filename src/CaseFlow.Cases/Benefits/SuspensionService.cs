using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Benefits;

/// <summary>Suspends and resumes payment. The months of a suspension are written when it is lifted, as arrears. Acts in the current step.</summary>
public sealed class SuspensionService(IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, PolicyDesk policy, StepContext step)
{
    /// <summary>Suspends from the first month that is not written yet.</summary>
    /// <exception cref="RefusedException">Nothing is paid, or it is suspended already.</exception>
    public async Task<PaymentSuspension> SuspendAsync(Case caseFile, string reason, CancellationToken cancellationToken)
    {
        if (caseFile.BenefitFrom is not { } first)
        {
            throw new RefusedException("benefit-none", "该户没有正在执行的待遇。");
        }

        if (await OpenAsync(caseFile.Id, cancellationToken) is not null)
        {
            throw new RefusedException("suspended", "该户已经暂停发放。");
        }

        var written = await work.Set<BenefitEntry>().Where(e => e.CaseId == caseFile.Id).Select(e => e.Month).ToListAsync(cancellationToken);
        var suspension = new PaymentSuspension
        {
            CaseId = caseFile.Id,
            From = written.Count == 0 ? first : written.Max().Plus(1),
            Reason = reason,
            At = clock.Now,
        };
        work.Set<PaymentSuspension>().Add(suspension);
        CaseFileService.RaiseFacts(caseFile);
        await audit.AppendAsync(
            caseFile.Id, step.Actor, "benefit.suspend", new JsonObject { ["from"] = suspension.From.ToString(), ["reason"] = reason }, cancellationToken);
        return suspension;
    }

    /// <summary>Lifts the suspension; what was not paid becomes due with the next closing.</summary>
    public async Task ResumeAsync(Case caseFile, CancellationToken cancellationToken)
    {
        if (await OpenAsync(caseFile.Id, cancellationToken) is not { } open)
        {
            return;
        }

        open.LiftedAt = clock.Now;
        CaseFileService.RaiseFacts(caseFile);
        await audit.AppendAsync(caseFile.Id, step.Actor, "benefit.resume", new JsonObject { ["from"] = open.From.ToString() }, cancellationToken);
    }

    /// <summary>The last day on which payment may rest: the longest time after the decision (three months, a local choice).</summary>
    public async Task<DateOnly> LastDayAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(caseFile.Id, cancellationToken) ?? throw new InvalidOperationException("No suspension is open.");
        var months = (await policy.BookAsync(cancellationToken)).Months(PolicyKeys.SuspensionMaxMonths, clock.Today);
        return BusinessTime.DayOf(open.At).AddMonths(months);
    }

    private async Task<PaymentSuspension?> OpenAsync(Id<Case> caseId, CancellationToken cancellationToken) =>
        work.Set<PaymentSuspension>().Local.FirstOrDefault(s => s.CaseId == caseId && s.LiftedAt == null)
        ?? await work.Set<PaymentSuspension>().FirstOrDefaultAsync(s => s.CaseId == caseId && s.LiftedAt == null, cancellationToken);
}
