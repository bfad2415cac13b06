using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Payments;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>
/// Ledger and payment lists agree: every line is the sum of its items, every list that of its lines, its hash is still that
/// of its content; an item is paid once and whole, a recovery never beyond its amount; the maker never signed.
/// </summary>
internal sealed class PaymentsAgree : IIntegrityRule
{
    private const string Area = "payments";

    /// <inheritdoc/>
    public string Counts => "payment lines";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var batches = await db.Set<PaymentBatch>().AsNoTracking().OrderBy(b => b.Number).ToListAsync(cancellationToken);
        var lines = await db.Set<PaymentLine>().AsNoTracking().ToListAsync(cancellationToken);
        var items = await db.Set<PaymentLineItem>().AsNoTracking().ToListAsync(cancellationToken);
        var itemsOf = items.ToLookup(i => i.LineId);
        var linesOf = lines.ToLookup(l => l.BatchId);
        foreach (var batch in batches)
        {
            var sheet = linesOf[batch.Id].Select(l => new PaymentSheetLine(l, [.. itemsOf[l.Id]])).ToList();
            if (Fault(batch, sheet) is { } fault)
            {
                findings.Add(new IntegrityFinding(Area, batch.Number, fault));
                break;
            }
        }

        var entries = await db.Set<BenefitEntry>().AsNoTracking().ToListAsync(cancellationToken);
        CheckItems(entries, items, lines.ToDictionary(l => l.Id), batches.ToDictionary(b => b.Id), findings);
        return lines.Count;
    }

    private static string? Fault(PaymentBatch batch, List<PaymentSheetLine> sheet)
    {
        if (batch.State is PaymentBatchState.Draft)
        {
            return sheet.Count > 0 ? "A draft has stored lines." : null;
        }

        var total = sheet.Aggregate(Money.Zero, (sum, l) => sum + l.Line.Amount);
        return sheet switch
        {
            _ when total != batch.Total => $"The lines make {total}, the list says {batch.Total}.",
            _ when PaymentSheet.Fingerprint(batch, sheet) != batch.Hash => "The lines are no longer those that were frozen: the hash differs.",
            _ when batch.SignedBy is not null && batch.SignedBy == batch.FrozenBy => "Maker and checker are one person.",
            _ when batch.State is not PaymentBatchState.Frozen && batch.SignedBy is null => "Nobody has signed it.",
            _ => sheet.Select(LineFault).FirstOrDefault(f => f is not null),
        };
    }

    private static string? LineFault(PaymentSheetLine sheetLine)
    {
        var (line, items) = sheetLine;
        var sum = items.Aggregate(Money.Zero, (total, i) => total + i.Amount);
        return sum != line.Amount || line.Amount != line.Regular + line.Adjustment - line.Deducted
            ? $"Line {line.Sequence} pays {line.Amount}, its items make {sum}."
            : line.Amount < Money.Zero ? $"Line {line.Sequence} is below zero." : null;
    }

    private static void CheckItems(
        List<BenefitEntry> entries,
        List<PaymentLineItem> items,
        Dictionary<Id<PaymentLine>, PaymentLine> lines,
        Dictionary<Id<PaymentBatch>, PaymentBatch> batches,
        ICollection<IntegrityFinding> findings)
    {
        var standing = items.Where(i => lines[i.LineId].State is not PaymentLineState.Failed).ToLookup(i => i.EntryId);
        foreach (var entry in entries)
        {
            var paid = standing[entry.Id].Aggregate(Money.Zero, (sum, i) => sum + i.Amount);
            var count = standing[entry.Id].Count();
            var numbers = standing[entry.Id].Select(i => batches[lines[i.LineId].BatchId].Number);
            var fault = entry.Kind is BenefitEntryKind.Recovery
                ? paid > Money.Zero || paid < entry.Amount ? $"{-paid} of {-entry.Amount} were kept back." : null
                : count > 1 || (count == 1 && (paid != entry.Amount || !numbers.Contains(entry.BatchNumber))) ? $"It stands on {count} lists with {paid} of {entry.Amount}." : null;
            if (fault is not null)
            {
                findings.Add(new IntegrityFinding(Area, entry.Id.ToString(), fault));
                return;
            }
        }
    }
}
