using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Reviews;

/// <summary>
/// 定期核查: when the next review is due. The due month is the first benefit month plus the interval of the class, then the
/// last due month plus the interval of the class decided there; a late review moves nothing. Acts in the current step.
/// </summary>
public sealed class ReviewService(IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, PolicyDesk policy, StepContext step)
{
    /// <summary>Schedules the next review of a case in force, unless one is open already.</summary>
    public async Task<ReviewSchedule> ScheduleAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var schedules = await work.Set<ReviewSchedule>().Where(r => r.CaseId == caseFile.Id).ToListAsync(cancellationToken);
        var open = schedules.Find(r => r.ConcludedAt is null);
        if (open is not null)
        {
            return open;
        }

        var reviewClass = caseFile.ReviewClass ?? "A";
        var book = await policy.BookAsync(cancellationToken);
        var interval = book.Months(PolicyKeys.ReviewInterval(reviewClass), clock.Today);
        var due = schedules.Count > 0
            ? ReviewArithmetic.Next(schedules.Max(r => r.DueMonth), interval)
            : ReviewArithmetic.First(
                caseFile.BenefitFrom ?? throw new InvalidOperationException("A case without a benefit has no periodic review."), interval);
        var spread = book.Count(PolicyKeys.ReviewStartSpread, clock.Today);
        var schedule = new ReviewSchedule
        {
            CaseId = caseFile.Id,
            ReviewClass = reviewClass,
            DueMonth = due,
            StartsOn = ReviewArithmetic.StartDay(due, ReviewArithmetic.RunningNumber(caseFile.Number), spread),
        };
        work.Set<ReviewSchedule>().Add(schedule);
        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "review.schedule",
            new JsonObject { ["class"] = reviewClass, ["due"] = due.ToString(), ["starts"] = schedule.StartsOn.ToString("O") },
            cancellationToken);
        return schedule;
    }

    /// <summary>The review that was scheduled has begun as a procedure.</summary>
    public async Task BeginAsync(Case caseFile, Procedure procedure, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(caseFile.Id, cancellationToken);
        if (open is not null)
        {
            open.ProcedureId = procedure.Id;
        }
    }

    /// <summary>Concludes the open review and takes over the class that was decided.</summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="conclusion"><c>Unchanged</c>, <c>Increase</c>, <c>Reduce</c> or <c>ProposeStop</c>.</param>
    /// <param name="reviewClass">Class for the next interval; null keeps the present one.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task ConcludeAsync(Case caseFile, string conclusion, string? reviewClass, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(caseFile.Id, cancellationToken);
        if (open is not null)
        {
            open.ConcludedAt = clock.Now;
            open.Conclusion = conclusion;
        }

        caseFile.ReviewClass = reviewClass ?? caseFile.ReviewClass;
        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "review.conclude",
            new JsonObject { ["conclusion"] = conclusion, ["class"] = caseFile.ReviewClass },
            cancellationToken);
    }

    private Task<ReviewSchedule?> OpenAsync(Id<Case> caseId, CancellationToken cancellationToken) =>
        work.Set<ReviewSchedule>().FirstOrDefaultAsync(r => r.CaseId == caseId && r.ConcludedAt == null, cancellationToken);
}
