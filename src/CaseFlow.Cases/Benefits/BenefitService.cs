using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Payments;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Benefits;

/// <summary>
/// Terms and the append-only ledger. A decision opens or changes a term from a month on; the month's lines are written when
/// the month is closed (<see cref="CloseMonthForAllAsync"/>), and a month once written is only ever corrected by lines of its own.
/// Methods without an actor act in the current step.
/// </summary>
public sealed class BenefitService(
    IStepRunner steps, IUnitOfWork work, ILocks locks, IAuditTrail audit, IBusinessClock clock, StepContext step, PolicyDesk policy, PaymentOpening payments)
{
    /// <summary>Grants from a month on.</summary>
    /// <exception cref="RefusedException">A term of the programme is open already.</exception>
    public async Task<BenefitTerm> StartAsync(
        Case caseFile, string programme, Month from, Money amount, Id<IssuedDocument>? decision, Id<AssessmentRecord>? assessment, CancellationToken cancellationToken)
    {
        await locks.LockPersonsAsync([caseFile.ApplicantId], cancellationToken);
        if (await OpenTermAsync(caseFile.Id, programme, cancellationToken) is not null)
        {
            throw new RefusedException("benefit-open", "该户已有正在执行的待遇，不能重复确认。");
        }

        var term = AddTerm(caseFile, programme, from, amount, decision, assessment);
        caseFile.Status = CaseStatus.InForce;
        caseFile.MonthlyAmount = amount;
        caseFile.BenefitFrom = from;
        caseFile.BenefitTo = null;
        CaseFileService.RaiseFacts(caseFile);
        await audit.AppendAsync(caseFile.Id, step.Actor, "benefit.start", Details(term), cancellationToken);
        return term;
    }

    /// <summary>Changes the amount from a month on; months already written are balanced by a reversal and a new line.</summary>
    public async Task<BenefitTerm> ChangeAsync(
        Case caseFile, string programme, Month from, Money amount, Id<IssuedDocument>? decision, Id<AssessmentRecord>? assessment, CancellationToken cancellationToken)
    {
        await locks.LockPersonsAsync([caseFile.ApplicantId], cancellationToken);
        var open = await RequireOpenTermAsync(caseFile.Id, programme, cancellationToken);
        open.To = from.Plus(-1);
        var term = AddTerm(caseFile, programme, from, amount, decision, assessment);
        await BalanceWrittenMonthsAsync(caseFile, programme, from, month => amount, decision, "金额调整", cancellationToken);
        caseFile.MonthlyAmount = amount;
        CaseFileService.RaiseFacts(caseFile);
        await audit.AppendAsync(caseFile.Id, step.Actor, "benefit.change", Details(term), cancellationToken);
        return term;
    }

    /// <summary>
    /// Gives stretches of months a new amount after a raise of the standard. The decision of entitlement stays the one on which
    /// the benefit rests; months already written get what is missing as arrears.
    /// </summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="stretches">Stretches in the order of months with the calculation of each; those of one term reach to its end.</param>
    /// <param name="reason">Why, for the items of arrears.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    internal async Task RaiseAsync(
        Case caseFile, IReadOnlyList<(Raises.RaisedStretch Stretch, Id<AssessmentRecord> Assessment)> stretches, string reason, CancellationToken cancellationToken)
    {
        await locks.LockPersonsAsync([caseFile.ApplicantId], cancellationToken);
        foreach (var term in stretches.GroupBy(s => s.Stretch.Term.Id))
        {
            var old = await work.Set<BenefitTerm>().FirstAsync(t => t.Id == term.Key, cancellationToken);
            old.To = term.First().Stretch.From.Plus(-1);
            foreach (var (stretch, assessment) in term)
            {
                var raised = AddTerm(caseFile, old.Programme, stretch.From, stretch.Amount, old.DecisionId, assessment);
                raised.To = stretch.To;
                caseFile.MonthlyAmount = stretch.To is null ? stretch.Amount : caseFile.MonthlyAmount;
                var details = Details(raised);
                details["to"] = raised.To?.ToString();
                details["assessment"] = assessment.ToString();
                await audit.AppendAsync(caseFile.Id, step.Actor, "benefit.raise", details, cancellationToken);
            }

            await BalanceWrittenMonthsAsync(
                caseFile,
                old.Programme,
                term.First().Stretch.From,
                month => term.Select(s => s.Stretch).FirstOrDefault(s => s.From <= month && !(s.To < month))?.Amount,
                old.DecisionId,
                reason,
                cancellationToken);
        }

        CaseFileService.RaiseFacts(caseFile);
    }

    /// <summary>Stops after a last month; months already written beyond it are taken back by reversals.</summary>
    public async Task StopAsync(Case caseFile, string programme, Month last, Id<IssuedDocument>? decision, string reason, CancellationToken cancellationToken)
    {
        await locks.LockPersonsAsync([caseFile.ApplicantId], cancellationToken);
        var open = await RequireRunningTermAsync(caseFile.Id, programme, cancellationToken);
        open.To = last;
        await BalanceWrittenMonthsAsync(caseFile, programme, last.Plus(1), _ => Money.Zero, decision, reason, cancellationToken);
        caseFile.BenefitTo = last;
        CaseFileService.RaiseFacts(caseFile);
        var details = Details(open);
        details["last"] = last.ToString();
        details["reason"] = reason;
        await audit.AppendAsync(caseFile.Id, step.Actor, "benefit.stop", details, cancellationToken);
    }

    /// <summary>Names the decision on which terms and items rest that do not name one yet; in the step that decides.</summary>
    public async Task RestOnAsync(Case caseFile, IssuedDocument decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caseFile);
        ArgumentNullException.ThrowIfNull(decision);
        await work.SaveChangesAsync(cancellationToken);
        foreach (var term in await work.Set<BenefitTerm>().Where(t => t.CaseId == caseFile.Id && t.DecisionId == null).ToListAsync(cancellationToken))
        {
            term.DecisionId = decision.Id;
        }

        foreach (var entry in await work.Set<BenefitEntry>().Where(e => e.CaseId == caseFile.Id && e.DecisionId == null).ToListAsync(cancellationToken))
        {
            entry.DecisionId = decision.Id;
        }
    }

    /// <summary>
    /// Closes a month for all cases, one step a case, and returns how many lines were written. What was decided after the
    /// month's closing day waits for the next month and comes as arrears (domain K, batch). Closing again changes nothing.
    /// </summary>
    public async Task<int> CloseMonthForAllAsync(Organisation.Actor actor, Month month, CancellationToken cancellationToken)
    {
        var closing = await MonthClosing.DayOfAsync(policy, month, cancellationToken);
        var cases = await work.Set<BenefitTerm>()
            .AsNoTracking()
            .Where(t => t.From <= month && (t.To == null || t.To >= month) && t.DecidedOn <= closing
                && !work.Set<BenefitEntry>().Any(e => e.CaseId == t.CaseId && e.Programme == t.Programme && e.Month == month))
            .Select(t => t.CaseId)
            .Union(work.Set<BenefitEntry>().Where(e => e.BatchNumber == null && e.Month <= month && e.Kind != BenefitEntryKind.Recovery).Select(e => e.CaseId))
            .ToListAsync(cancellationToken);
        var written = 0;
        foreach (var id in cases)
        {
            written += await steps.RunOnAsync<BenefitService, int>(
                new Step("benefit.close-month", actor), (service, token) => service.CloseOneAsync(id, month, closing, token), cancellationToken);
        }

        return written;
    }

    private async Task<int> CloseOneAsync(Id<Case> id, Month month, DateOnly closing, CancellationToken cancellationToken)
    {
        await locks.LockCaseAsync(id, cancellationToken);
        var caseFile = await work.Set<Case>().FirstAsync(c => c.Id == id, cancellationToken);
        await locks.LockPersonsAsync([caseFile.ApplicantId], cancellationToken);
        var entries = await work.Set<BenefitEntry>().Where(e => e.CaseId == id && e.Month <= month).ToListAsync(cancellationToken);
        var known = entries.Where(e => e.BatchNumber is null && e.Kind is not BenefitEntryKind.Recovery && BusinessTime.DayOf(e.At) <= closing).ToList();
        var written = await WriteMonthsAsync(caseFile, month, closing, entries, cancellationToken);
        await payments.AssignAsync(caseFile, month, [.. known, .. written], cancellationToken);
        return written.Count;
    }

    /// <summary>
    /// Writes the lines of one case for every month up to <paramref name="month"/> that has a term and no line yet. Months
    /// before it are written as arrears.
    /// </summary>
    private async Task<List<BenefitEntry>> WriteMonthsAsync(
        Case caseFile, Month month, DateOnly closing, List<BenefitEntry> entries, CancellationToken cancellationToken)
    {
        var terms = await work.Set<BenefitTerm>().Where(t => t.CaseId == caseFile.Id && t.DecidedOn <= closing).ToListAsync(cancellationToken);
        var suspended = await work.Set<PaymentSuspension>()
            .Where(s => s.CaseId == caseFile.Id && s.LiftedAt == null).Select(s => (Month?)s.From).FirstOrDefaultAsync(cancellationToken);
        var written = new List<BenefitEntry>();
        foreach (var term in terms.OrderBy(t => t.From))
        {
            for (var m = term.From; m <= month && (term.To is not { } last || m <= last) && !(m >= suspended); m = m.Plus(1))
            {
                if (!entries.Exists(e => e.Month == m && e.Programme == term.Programme && (e.Kind is BenefitEntryKind.Regular or BenefitEntryKind.Arrears)))
                {
                    var kind = m < month ? BenefitEntryKind.Arrears : BenefitEntryKind.Regular;
                    var reason = kind == BenefitEntryKind.Arrears ? "确认后首批补发" : "按月发放";
                    written.Add(AddEntry(caseFile, term.Programme, m, kind, term.MonthlyAmount, term.DecisionId, reason));
                }
            }
        }

        return written;
    }

    /// <summary>Balances months already written with what is due for them; a month for which nothing is said stays as it is.</summary>
    private async Task BalanceWrittenMonthsAsync(
        Case caseFile, string programme, Month from, Func<Month, Money?> due, Id<IssuedDocument>? decision, string reason, CancellationToken cancellationToken)
    {
        var entries = await work.Set<BenefitEntry>()
            .Where(e => e.CaseId == caseFile.Id && e.Programme == programme && e.Month >= from)
            .ToListAsync(cancellationToken);
        foreach (var month in entries.GroupBy(e => e.Month).OrderBy(g => g.Key))
        {
            var paid = month.Aggregate(Money.Zero, (sum, e) => sum + e.Amount);
            var difference = (due(month.Key) ?? paid) - paid;
            if (difference < Money.Zero)
            {
                var inBatch = month.Any(e => e.BatchNumber is not null);
                AddEntry(caseFile, programme, month.Key, inBatch ? BenefitEntryKind.Recovery : BenefitEntryKind.Reversal, difference, decision, reason);
            }
            else if (difference > Money.Zero)
            {
                AddEntry(caseFile, programme, month.Key, BenefitEntryKind.Arrears, difference, decision, reason);
            }
        }
    }

    private BenefitTerm AddTerm(
        Case caseFile, string programme, Month from, Money amount, Id<IssuedDocument>? decision, Id<AssessmentRecord>? assessment)
    {
        var term = new BenefitTerm
        {
            CaseId = caseFile.Id,
            Programme = programme,
            From = from,
            MonthlyAmount = amount,
            DecisionId = decision,
            AssessmentId = assessment,
            DecidedOn = clock.Today,
        };
        work.Set<BenefitTerm>().Add(term);
        return term;
    }

    private BenefitEntry AddEntry(
        Case caseFile, string programme, Month month, BenefitEntryKind kind, Money amount, Id<IssuedDocument>? decision, string reason)
    {
        var entry = new BenefitEntry
        {
            CaseId = caseFile.Id,
            BeneficiaryId = caseFile.ApplicantId,
            Programme = programme,
            Month = month,
            Kind = kind,
            Amount = amount,
            DecisionId = decision,
            Reason = reason,
            At = clock.Now,
        };
        work.Set<BenefitEntry>().Add(entry);
        return entry;
    }

    private Task<BenefitTerm?> OpenTermAsync(Id<Case> caseId, string programme, CancellationToken cancellationToken) =>
        work.Set<BenefitTerm>().FirstOrDefaultAsync(t => t.CaseId == caseId && t.Programme == programme && t.To == null, cancellationToken);

    private async Task<BenefitTerm> RequireOpenTermAsync(Id<Case> caseId, string programme, CancellationToken cancellationToken) =>
        await OpenTermAsync(caseId, programme, cancellationToken)
        ?? throw new RefusedException("benefit-none", "该户没有正在执行的待遇。");

    /// <summary>The open term, or the one of a gradual exit, which has an end already and may end earlier.</summary>
    private async Task<BenefitTerm> RequireRunningTermAsync(Id<Case> caseId, string programme, CancellationToken cancellationToken)
    {
        var terms = await work.Set<BenefitTerm>().Where(t => t.CaseId == caseId && t.Programme == programme).ToListAsync(cancellationToken);
        var today = Month.Of(clock.Today);
        return terms.Where(t => t.To is null || t.To >= today).MaxBy(t => t.From)
            ?? throw new RefusedException("benefit-none", "该户没有正在执行的待遇。");
    }

    private static JsonObject Details(BenefitTerm term) => new()
    {
        ["programme"] = term.Programme,
        ["from"] = term.From.ToString(),
        ["fen"] = term.MonthlyAmount.Fen,
        ["decision"] = term.DecisionId?.ToString(),
    };
}
