using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Raises;

/// <summary>Reads what a raise is worked out from: terms, the calculations behind them, the households as then known, the ledger.</summary>
public sealed class RaiseSources(IUnitOfWork work)
{
    /// <summary>The households of a raise in the order of township and case number.</summary>
    /// <param name="raise">The raise.</param>
    /// <param name="only">One case alone; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<RaiseSource>> ReadAsync(StandardRaise raise, Id<Case>? only, CancellationToken cancellationToken)
    {
        var cases = Cases(raise, only);
        var files = await cases.AsNoTracking().ToDictionaryAsync(c => c.Id, cancellationToken);
        var terms = (await Terms(raise).AsNoTracking().Where(t => cases.Any(c => c.Id == t.CaseId)).ToListAsync(cancellationToken))
            .Where(t => !t.IsReplaced).ToList();
        var records = await work.Set<AssessmentRecord>().AsNoTracking().Where(r => cases.Any(c => c.Id == r.CaseId)).ToDictionaryAsync(r => r.Id, cancellationToken);
        var written = (await work.Set<BenefitEntry>().AsNoTracking()
            .Where(e => e.Programme == raise.Programme && e.Month >= raise.From && cases.Any(c => c.Id == e.CaseId))
            .ToListAsync(cancellationToken)).ToLookup(e => e.CaseId);
        var first = (await work.Set<BenefitTerm>().AsNoTracking().Where(t => t.Programme == raise.Programme && cases.Any(c => c.Id == t.CaseId))
            .ToListAsync(cancellationToken)).GroupBy(t => t.CaseId).ToDictionary(g => g.Key, g => g.MinBy(t => t.From)!.AssessmentId);
        var moments = terms.ToDictionary(t => t.Id, t => MomentOf(files[t.CaseId], RootOf(t, records), first));
        var facts = await KnownHouseholds.ReadAsync(work, [.. moments.Values.OfType<KnownHousehold>()], cancellationToken);
        return
        [
            .. terms.GroupBy(t => t.CaseId).Select(g => (File: files[g.Key], Terms: g.OrderBy(t => t.From)))
                .OrderBy(g => g.File.OrganisationId.Value).ThenBy(g => g.File.Number, StringComparer.Ordinal)
                .Select(g => new RaiseSource(
                    g.File,
                    g.File.ApplicantName,
                    [.. g.Terms.Select(t => new RaiseTerm(t, RecordOf(t, records), RootOf(t, records), moments[t.Id] is { } moment ? facts.GetValueOrDefault(moment) : null))],
                    written[g.File.Id].GroupBy(e => e.Month).ToDictionary(m => m.Key, m => m.Aggregate(Money.Zero, (sum, e) => sum + e.Amount)))),
        ];
    }

    private IQueryable<BenefitTerm> Terms(StandardRaise raise) =>
        work.Set<BenefitTerm>().Where(t => t.Programme == raise.Programme && (t.To == null || t.To >= raise.From));

    private IQueryable<Case> Cases(StandardRaise raise, Id<Case>? only)
    {
        var terms = Terms(raise);
        var cases = work.Set<Case>().Where(c => c.AreaType == raise.AreaType && terms.Any(t => t.CaseId == c.Id));
        return only is { } id ? cases.Where(c => c.Id == id) : cases;
    }

    private static AssessmentRecord? RecordOf(BenefitTerm term, Dictionary<Id<AssessmentRecord>, AssessmentRecord> records) =>
        term.AssessmentId is { } id ? records.GetValueOrDefault(id) : null;

    private static AssessmentRecord? RootOf(BenefitTerm term, Dictionary<Id<AssessmentRecord>, AssessmentRecord> records)
    {
        var record = RecordOf(term, records);
        return record?.BaseId is { } root ? records.GetValueOrDefault(root) : record;
    }

    /// <summary>The first calculation summed the twelve months before the application, every later one those before its day.</summary>
    private static KnownHousehold? MomentOf(Case file, AssessmentRecord? root, Dictionary<Id<Case>, Id<AssessmentRecord>?> first) => root is null
        ? null
        : new KnownHousehold(file, root.AsOf, root.At, Month.Of(first[file.Id] == root.Id ? file.AcceptedOn ?? root.AsOf : root.AsOf).Plus(-1));
}
