using System.Globalization;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Payments;

/// <summary>The lists of a month.</summary>
/// <param name="Month">The month.</param>
/// <param name="Months">Months that have lists, newest first.</param>
/// <param name="Rows">The lists.</param>
/// <param name="PayBy">Last day on which the money must be on the accounts.</param>
internal sealed record PaymentsView(Month Month, IReadOnlyList<Month> Months, IReadOnlyList<PaymentsRow> Rows, DateOnly PayBy)
{
    /// <summary>Sum of all lists.</summary>
    public Money Total => Rows.Aggregate(Money.Zero, (sum, r) => sum + r.Total);
}

/// <summary>A list in the overview.</summary>
internal sealed record PaymentsRow(PaymentBatch Batch, string Body, int Households, Money Total, int Held);

/// <summary>A list as its page shows it.</summary>
internal sealed record PaymentListView(
    PaymentBatch Batch,
    string Body,
    string ProgrammeName,
    PaymentSheet Sheet,
    string Hash,
    IReadOnlyDictionary<Id<Case>, string> Numbers,
    IReadOnlyDictionary<Id<OrganisationUnit>, string> Communities,
    PaymentBatch? Before);

/// <summary>Reads lists for the pages; the scope decides which are found.</summary>
internal sealed class PaymentsReader(IUnitOfWork work, PaymentLists lists, CaseTypeCatalogue catalogue, PolicyDesk policy, IBusinessClock clock)
{
    private const int MonthsShown = 14;

    /// <summary>The lists of a month; the newest month with a list if none is named.</summary>
    public async Task<PaymentsView> MonthAsync(Month? month, CancellationToken cancellationToken)
    {
        var months = await work.Set<PaymentBatch>().Select(b => b.Month).Distinct().OrderByDescending(m => m).Take(MonthsShown).ToListAsync(cancellationToken);
        var shown = month ?? (months.Count > 0 ? months[0] : Month.Of(clock.Today));
        var batches = await work.Set<PaymentBatch>().AsNoTracking().Where(b => b.Month == shown).ToListAsync(cancellationToken);
        var bodies = batches.ConvertAll(b => b.OrganisationId);
        var names = await work.Set<OrganisationUnit>().Where(o => bodies.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
        var rows = new List<PaymentsRow>();
        foreach (var batch in batches.OrderBy(b => names[b.OrganisationId].Code, StringComparer.Ordinal))
        {
            var sheet = batch.State is PaymentBatchState.Draft ? await lists.ReadAsync(batch, cancellationToken) : null;
            rows.Add(new PaymentsRow(
                batch, names[batch.OrganisationId].ShortName, sheet?.Households ?? batch.Households, sheet?.Total ?? batch.Total, sheet?.Holds.Count ?? 0));
        }

        var statutory = await policy.ClockAsync(cancellationToken);
        return new PaymentsView(shown, months, rows, statutory.PaymentDay(shown));
    }

    /// <summary>A list; null where there is none in the scope.</summary>
    public async Task<PaymentListView?> ListAsync(string number, CancellationToken cancellationToken)
    {
        var batch = await work.Set<PaymentBatch>().AsNoTracking().FirstOrDefaultAsync(b => b.Number == number, cancellationToken);
        if (batch is null)
        {
            return null;
        }

        var sheet = await lists.ReadAsync(batch, cancellationToken);
        var ids = sheet.Lines.Select(l => l.Line.CaseId).Union(sheet.Holds.Select(h => h.CaseId)).ToList();
        var numbers = await work.Set<Case>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Number, cancellationToken);
        var communities = sheet.Lines.Where(l => l.Line.CommunityId is not null).Select(l => l.Line.CommunityId!.Value).Distinct().ToList();
        var units = await work.Set<OrganisationUnit>().Where(o => communities.Contains(o.Id) || o.Id == batch.OrganisationId)
            .ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var version = await catalogue.PublishedAsync(batch.Programme, cancellationToken);
        var programme = (await catalogue.ManifestAsync(version.Id, cancellationToken)).Name.In(CultureInfo.CurrentUICulture.Name);
        var month = batch.Month.Plus(-1);
        var before = await work.Set<PaymentBatch>().AsNoTracking().FirstOrDefaultAsync(
            b => b.Month == month && b.Programme == batch.Programme && b.OrganisationId == batch.OrganisationId, cancellationToken);
        return new PaymentListView(
            batch, units[batch.OrganisationId], programme, sheet, batch.Hash ?? sheet.HashFor(batch), numbers, units, before);
    }
}

/// <summary>How the states of a list look.</summary>
internal static class PaymentLook
{
    /// <summary>Tone of a state.</summary>
    public static Components.Tone Of(PaymentBatchState state) => state switch
    {
        PaymentBatchState.Draft => Components.Tone.Attention,
        PaymentBatchState.Settled => Components.Tone.Good,
        _ => Components.Tone.Info,
    };
}
