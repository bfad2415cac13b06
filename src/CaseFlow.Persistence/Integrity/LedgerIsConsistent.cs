using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>
/// One regular item per person, programme and month; signs after the kind; no month below zero before recovery; every
/// decision exists; a reserve's balance is the sum of its movements and never negative.
/// </summary>
internal sealed class LedgerIsConsistent : IIntegrityRule
{
    /// <inheritdoc/>
    public string Counts => "ledger entries";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var entries = await db.Set<BenefitEntry>().OrderBy(e => e.At).ToListAsync(cancellationToken);
        var decisions = (await db.Set<IssuedDocument>().Select(d => d.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var entry in entries)
        {
            if (Fault(entry, decisions) is { } fault)
            {
                findings.Add(new IntegrityFinding("ledger", entry.Id.ToString(), fault));
                break;
            }
        }

        foreach (var month in entries.GroupBy(e => (e.BeneficiaryId, e.Programme, e.Month)))
        {
            var regular = month.Count(e => e.Kind == BenefitEntryKind.Regular);
            var due = month.Where(e => e.Kind != BenefitEntryKind.Recovery).Sum(e => e.Amount.Fen);
            if (regular > 1 || due < 0)
            {
                findings.Add(new IntegrityFinding("ledger", $"{month.Key.BeneficiaryId} {month.Key.Programme} {month.Key.Month}", $"{regular} regular items, {due} fen in all."));
                break;
            }
        }

        await CheckReservesAsync(db, findings, cancellationToken);
        return entries.Count;
    }

    private static string? Fault(BenefitEntry entry, HashSet<Id<IssuedDocument>> decisions)
    {
        var negative = entry.Kind is BenefitEntryKind.Recovery or BenefitEntryKind.Reversal;
        if (negative ? entry.Amount.Fen > 0 : entry.Amount.Fen < 0)
        {
            return $"{entry.Kind} of {entry.Amount}.";
        }

        return entry.DecisionId is { } decision && !decisions.Contains(decision) ? "It rests on a decision that does not exist." : null;
    }

    private static async Task CheckReservesAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var movements = (await db.Set<ReserveMovement>().ToListAsync(cancellationToken)).ToLookup(m => m.ReserveId, m => m.Amount.Fen);
        foreach (var fund in await db.Set<ReserveFund>().ToListAsync(cancellationToken))
        {
            var sum = movements[fund.Id].Sum();
            if (fund.Balance.Fen < 0 || fund.Balance.Fen != sum)
            {
                findings.Add(new IntegrityFinding("reserve", fund.Id.ToString(), $"The balance is {fund.Balance}, the movements make {new Money(sum)}."));
                return;
            }
        }
    }
}
