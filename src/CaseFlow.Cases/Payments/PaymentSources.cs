using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Payments;

/// <summary>Reads what a list is worked out from: the items that belong to it, open recoveries, last month's lines, accounts.</summary>
public sealed class PaymentSources(IUnitOfWork work, IBlindIndex index)
{
    /// <summary>The sources of a list in the order of community and case number.</summary>
    public async Task<IReadOnlyList<PaymentSource>> ReadAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var items = (await work.Set<BenefitEntry>().AsNoTracking().Where(e => e.BatchNumber == batch.Number && e.Kind != BenefitEntryKind.Recovery)
            .ToListAsync(cancellationToken)).ToLookup(e => e.CaseId);
        var previous = await PreviousAsync(batch, [.. items.Select(g => g.Key)], cancellationToken);
        var ids = items.Select(g => g.Key).Union(previous.Keys).ToList();
        var cases = await work.Set<Case>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(cancellationToken);
        var people = cases.ConvertAll(c => c.ApplicantId);
        var persons = await work.Set<Person>().AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var recoveries = await RecoveriesAsync(batch, ids, cancellationToken);
        var failed = await FailedAsync(ids, cancellationToken);
        var assessed = await AssessedAsync(batch, ids, cancellationToken);
        return
        [
            .. cases.OrderBy(c => c.CommunityId?.Value).ThenBy(c => c.Number, StringComparer.Ordinal).Select(c => SourceOf(
                batch, c, persons[c.ApplicantId], [.. items[c.Id]], recoveries[c.Id], previous.TryGetValue(c.Id, out var before) ? before : null, failed.GetValueOrDefault(c.Id), assessed.GetValueOrDefault(c.Id))),
        ];
    }

    private PaymentSource SourceOf(
        PaymentBatch batch, Case file, Person person, IReadOnlyList<BenefitEntry> items, IEnumerable<OpenRecovery> recoveries, Money? previous, PaymentLine? failed, Assessed? assessed) => new()
        {
            CaseId = file.Id,
            BeneficiaryId = person.Id,
            Name = person.Name,
            CommunityId = file.CommunityId,
            Members = assessed?.Members ?? 1,
            Supplements = assessed?.Supplements ?? Money.Zero,
            Items = items,
            Recoveries = [.. recoveries],
            Previous = previous,
            AccountIndex = string.IsNullOrEmpty(person.BankAccount) ? null : index.OfBankAccount(person.BankAccount),
            AccountTail = person.BankAccount is { Length: >= 4 } account ? account[^4..] : "",
            Failed = failed,
            DiedOn = person.DiedOn,
            EndReason = person.DiedOn is not null ? "死亡" : file.OrganisationId != batch.OrganisationId ? "转到其他街道、乡镇" : null,
        };

    /// <summary>
    /// What each household had as its regular amount the month before: by the ledger, so that it does not matter how far that
    /// month's list has come. Households of that list are in it too, so that one that gets nothing now is told as stopped.
    /// </summary>
    private async Task<Dictionary<Id<Case>, Money>> PreviousAsync(PaymentBatch batch, IReadOnlyCollection<Id<Case>> here, CancellationToken cancellationToken)
    {
        var month = batch.Month.Plus(-1);
        var code = await work.Set<OrganisationUnit>().Where(o => o.Id == batch.OrganisationId).Select(o => o.Code).FirstAsync(cancellationToken);
        var number = PaymentBatch.NumberOf(batch.Programme, code, month);
        var entries = await work.Set<BenefitEntry>().AsNoTracking()
            .Where(e => e.Programme == batch.Programme && e.Month == month && e.Kind == BenefitEntryKind.Regular
                && (e.BatchNumber == number || here.Contains(e.CaseId)))
            .ToListAsync(cancellationToken);
        return entries.GroupBy(e => e.CaseId).ToDictionary(g => g.Key, g => g.Aggregate(Money.Zero, (sum, e) => sum + e.Amount));
    }

    private async Task<ILookup<Id<Case>, OpenRecovery>> RecoveriesAsync(PaymentBatch batch, IReadOnlyList<Id<Case>> cases, CancellationToken cancellationToken)
    {
        var entries = await work.Set<BenefitEntry>().AsNoTracking()
            .Where(e => cases.Contains(e.CaseId) && e.Programme == batch.Programme && e.Kind == BenefitEntryKind.Recovery && e.BatchNumber == null)
            .ToListAsync(cancellationToken);
        var kept = await KeptAsync(entries.ConvertAll(e => e.Id), batch.Id, cancellationToken);
        return entries.Select(e => new OpenRecovery(e, -e.Amount - kept.GetValueOrDefault(e.Id)))
            .Where(r => r.Left > Money.Zero)
            .ToLookup(r => r.Entry.CaseId);
    }

    /// <summary>What other lists have kept back of recoveries; what stood on a line that the bank sent back does not count.</summary>
    private async Task<Dictionary<Id<BenefitEntry>, Money>> KeptAsync(IReadOnlyList<Id<BenefitEntry>> recoveries, Id<PaymentBatch> except, CancellationToken cancellationToken)
    {
        var parts = await work.Set<PaymentLineItem>().AsNoTracking()
            .Where(i => recoveries.Contains(i.EntryId)
                && work.Set<PaymentLine>().Any(l => l.Id == i.LineId && l.BatchId != except && l.State != PaymentLineState.Failed))
            .ToListAsync(cancellationToken);
        return parts.GroupBy(i => i.EntryId).ToDictionary(g => g.Key, g => g.Aggregate(Money.Zero, (sum, i) => sum - i.Amount));
    }

    private async Task<Dictionary<Id<Case>, PaymentLine>> FailedAsync(IReadOnlyList<Id<Case>> cases, CancellationToken cancellationToken)
    {
        var lines = await work.Set<PaymentLine>().AsNoTracking()
            .Where(l => cases.Contains(l.CaseId) && (l.State == PaymentLineState.Failed || l.State == PaymentLineState.Paid))
            .ToListAsync(cancellationToken);
        return lines.GroupBy(l => l.CaseId).Select(g => g.MaxBy(l => l.SettledAt)!)
            .Where(l => l.State == PaymentLineState.Failed).ToDictionary(l => l.CaseId);
    }

    private async Task<Dictionary<Id<Case>, Assessed>> AssessedAsync(PaymentBatch batch, IReadOnlyList<Id<Case>> cases, CancellationToken cancellationToken)
    {
        var terms = await work.Set<BenefitTerm>().AsNoTracking()
            .Where(t => cases.Contains(t.CaseId) && t.Programme == batch.Programme && t.From <= batch.Month && t.AssessmentId != null)
            .ToListAsync(cancellationToken);
        var latest = terms.Where(t => !t.IsReplaced).GroupBy(t => t.CaseId).Select(g => g.MaxBy(t => t.From)!).ToList();
        var ids = latest.ConvertAll(t => t.AssessmentId!.Value);
        var records = await work.Set<AssessmentRecord>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        return latest.Where(t => records.ContainsKey(t.AssessmentId!.Value)).ToDictionary(t => t.CaseId, t => Assessed.Of(records[t.AssessmentId!.Value]));
    }

    private sealed record Assessed(int Members, Money Supplements)
    {
        public static Assessed Of(AssessmentRecord record) => new(
            record.Members,
            AssessmentResult.ReadLines(record.LinesJson).Where(l => l.Code == "supplement")
                .Aggregate(Money.Zero, (sum, l) => sum + (l.Amount ?? Money.Zero)));
    }
}
