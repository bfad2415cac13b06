using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Calendar;

/// <summary>
/// Legal and local periods of a case. Days are figures of the policy; the day of the event does not count; a step is due at
/// its own limit or at the total's, whichever is earlier. Nothing pauses here: dibao has no pause. Methods that take an actor
/// open a step of their own; the others act in the current one.
/// </summary>
public sealed class DeadlineService(
    IStepRunner steps, IUnitOfWork work, ILocks locks, IAuditTrail audit, IBusinessClock clock, PolicyDesk policy, ExtensionNotice notice, StepContext step)
{
    /// <summary>Key of the total limit of an application.</summary>
    public const string Total = "total";

    /// <summary>Starts a period today by the figure <paramref name="ruleKey"/>, for example <c>dibao.total</c>.</summary>
    /// <exception cref="RefusedException">No figure of this key is in force.</exception>
    public async Task<Deadline> StartAsync(Case caseFile, Id<Procedure> procedure, string ruleKey, CancellationToken cancellationToken)
    {
        var period = (await policy.BookAsync(cancellationToken)).Period(ruleKey + ".days", clock.Today);
        var arithmetic = (await policy.ClockAsync(cancellationToken)).Count(clock.Today, period.Count, period.Unit);
        var deadline = new Deadline
        {
            CaseId = caseFile.Id,
            ProcedureId = procedure,
            RuleKey = ruleKey,
            StartedOn = clock.Today,
            Count = period.Count,
            Unit = period.Unit,
            DueOn = arithmetic.DueOn,
            Provisional = arithmetic.Provisional,
        };
        work.Set<Deadline>().Add(deadline);
        if (IsTotal(ruleKey))
        {
            caseFile.DueOn = deadline.DueOn;
        }

        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "deadline.start",
            new JsonObject { ["rule"] = ruleKey, ["count"] = period.Count, ["unit"] = period.Unit.ToString(), ["dueOn"] = deadline.DueOn.ToString("O") },
            cancellationToken);
        return deadline;
    }

    /// <summary>The last day of a step that begins today: its own limit, or the total's if that is earlier.</summary>
    /// <param name="procedure">The procedure whose total limit counts.</param>
    /// <param name="ruleKey">Figure of the step; null if only the total limits it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<DateOnly?> DueForStepAsync(Id<Procedure> procedure, string? ruleKey, CancellationToken cancellationToken)
    {
        var total = await TotalOfAsync(procedure, cancellationToken);
        if (ruleKey is null)
        {
            return total;
        }

        // A step that is done again within a period that still runs gets no new one.
        var running = await LastAsync(procedure, ruleKey, cancellationToken) is { State: DeadlineState.Running } same ? same.DueOn : (DateOnly?)null;
        return StatutoryClock.Earlier(running ?? await LastDayAsync(ruleKey, cancellationToken), total);
    }

    /// <summary>The last day of a period that begins today.</summary>
    public async Task<DateOnly> LastDayAsync(string ruleKey, CancellationToken cancellationToken)
    {
        var period = (await policy.BookAsync(cancellationToken)).Period(ruleKey + ".days", clock.Today);
        return (await policy.ClockAsync(cancellationToken)).DueOn(clock.Today, period.Count, period.Unit);
    }

    /// <summary>The period of a rule that was started last in a procedure; null if none was.</summary>
    public async Task<Deadline?> LastAsync(Id<Procedure> procedure, string ruleKey, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        return await work.Set<Deadline>()
            .Where(d => d.ProcedureId == procedure && d.RuleKey == ruleKey)
            .OrderByDescending(d => d.StartedOn)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A running period of the procedure has been met, in time or late.</summary>
    public async Task MeetAsync(Case caseFile, Id<Procedure> procedure, string ruleKey, CancellationToken cancellationToken)
    {
        var running = work.Set<Deadline>().Local.Where(d => d.ProcedureId == procedure && d.RuleKey == ruleKey && d.State == DeadlineState.Running)
            .Union(await work.Set<Deadline>()
                .Where(d => d.ProcedureId == procedure && d.RuleKey == ruleKey && d.State == DeadlineState.Running)
                .ToListAsync(cancellationToken))
            .ToList();
        foreach (var deadline in running)
        {
            deadline.State = clock.Today <= deadline.DueOn ? DeadlineState.Met : DeadlineState.MetLate;
            deadline.EndedAt = clock.Now;
            await audit.AppendAsync(
                caseFile.Id, step.Actor, "deadline.meet", new JsonObject { ["rule"] = ruleKey, ["state"] = deadline.State.ToString() }, cancellationToken);
        }

        if (IsTotal(ruleKey))
        {
            caseFile.DueOn = null;
        }
    }

    /// <summary>The procedure has ended: what still runs is no longer needed.</summary>
    public async Task CancelOfProcedureAsync(Case caseFile, Id<Procedure> procedure, CancellationToken cancellationToken)
    {
        var running = await work.Set<Deadline>()
            .Where(d => d.ProcedureId == procedure && d.State == DeadlineState.Running)
            .ToListAsync(cancellationToken);
        foreach (var deadline in running)
        {
            deadline.State = DeadlineState.Cancelled;
            deadline.EndedAt = clock.Now;
            caseFile.DueOn = IsTotal(deadline.RuleKey) ? null : caseFile.DueOn;
        }
    }

    /// <summary>延期: the total limit is extended, once, by a leader of the district, with a reason that the applicant is told.</summary>
    /// <exception cref="RefusedException">Not that post, no running total, or extended already.</exception>
    public Task<Deadline> ExtendAsync(Actor actor, Id<Case> caseId, string reason, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<DeadlineService, Deadline>(
            new Step("deadline.extend", actor, operationId),
            (service, token) => service.ExtendInStepAsync(actor, caseId, reason, token),
            cancellationToken);

    private async Task<Deadline> ExtendInStepAsync(Actor actor, Id<Case> caseId, string reason, CancellationToken cancellationToken)
    {
        await locks.LockCaseAsync(caseId, cancellationToken);
        if (!actor.Posts.Any(p => p.Post == PostKind.LeaderInCharge && p.Level == OrganisationLevel.District))
        {
            throw new RefusedException("post", "延长总时限由区民政局分管领导决定。");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new InvalidInputException("reason", "请写明延期理由。");
        }

        var caseFile = await work.Set<Case>().FirstAsync(c => c.Id == caseId, cancellationToken);
        var running = await work.Set<Deadline>().Where(d => d.CaseId == caseId && d.State == DeadlineState.Running).ToListAsync(cancellationToken);
        var total = running.Find(d => IsTotal(d.RuleKey)) ?? throw new RefusedException("no-total", "该办件没有正在计算的总时限。");
        if (total.ExtendedTo is not null)
        {
            throw new RefusedException("extended-once", "总时限只能延长一次，已经延长过。");
        }

        var extended = (await policy.BookAsync(cancellationToken)).Period(total.RuleKey + ".extended.days", clock.Today);
        total.DueOn = (await policy.ClockAsync(cancellationToken)).DueOn(total.StartedOn, extended.Count, extended.Unit);
        total.ExtendedTo = total.DueOn;
        caseFile.DueOn = total.DueOn;
        await audit.AppendAsync(
            caseId, actor, "deadline.extend", new JsonObject { ["rule"] = total.RuleKey, ["dueOn"] = total.DueOn.ToString("O"), ["reason"] = reason }, cancellationToken);
        await notice.IssueAsync(caseFile, total, reason, cancellationToken);
        return total;
    }

    private async Task<DateOnly?> TotalOfAsync(Id<Procedure> procedure, CancellationToken cancellationToken)
    {
        var fresh = work.Set<Deadline>().Local.FirstOrDefault(d => d.ProcedureId == procedure && IsTotal(d.RuleKey) && d.State == DeadlineState.Running);
        if (fresh is not null)
        {
            return fresh.DueOn;
        }

        var running = await work.Set<Deadline>()
            .Where(d => d.ProcedureId == procedure && d.State == DeadlineState.Running)
            .ToListAsync(cancellationToken);
        return running.Find(d => IsTotal(d.RuleKey))?.DueOn;
    }

    private static bool IsTotal(string ruleKey) => ruleKey.EndsWith("." + Total, StringComparison.Ordinal);
}
