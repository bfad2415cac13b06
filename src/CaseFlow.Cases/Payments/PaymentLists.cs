using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Payments;

/// <summary>Reads lists: a draft as it would be frozen now, any other as it was frozen.</summary>
public sealed class PaymentLists(IUnitOfWork work, PaymentSources sources, PolicyDesk policy)
{
    /// <summary>Key of the highest part of a month's regular amount that a recovery may keep back.</summary>
    public const string RecoveryShareKey = "payment.recoveryShare";

    /// <summary>The lines of a list.</summary>
    public async Task<PaymentSheet> ReadAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.State is PaymentBatchState.Draft ? await DraftAsync(batch, cancellationToken) : await StoredAsync(batch, cancellationToken);
    }

    private async Task<PaymentSheet> DraftAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var book = await policy.BookAsync(cancellationToken);
        var share = book.Permyriad(RecoveryShareKey, batch.Month.FirstDay);
        return new PaymentComposer(batch.Month, share).Compose(await sources.ReadAsync(batch, cancellationToken));
    }

    private async Task<PaymentSheet> StoredAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var lines = await work.Set<PaymentLine>().Where(l => l.BatchId == batch.Id).OrderBy(l => l.Sequence).ToListAsync(cancellationToken);
        var items = (await work.Set<PaymentLineItem>().AsNoTracking()
            .Where(i => work.Set<PaymentLine>().Any(l => l.Id == i.LineId && l.BatchId == batch.Id))
            .ToListAsync(cancellationToken)).ToLookup(i => i.LineId);
        var sheetLines = lines.ConvertAll(l => new PaymentSheetLine(l, [.. items[l.Id]]));

        // Who has to wait is still on the list while it is frozen, and has left it once it is signed.
        IReadOnlyList<PaymentHold>? holds = batch.State is PaymentBatchState.Frozen
            ? [.. (await DraftAsync(batch, cancellationToken)).Holds.Where(h => sheetLines.TrueForAll(l => l.Line.CaseId != h.CaseId))]
            : null;
        return new PaymentSheet(sheetLines, holds ?? [], PaymentChecks.OfFrozen(sheetLines, holds, batch.Month));
    }
}
