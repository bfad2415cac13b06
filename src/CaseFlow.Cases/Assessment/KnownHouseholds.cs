using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Assessment;

/// <summary>A household at a moment of the past: what was true on a day, as it was known then.</summary>
/// <param name="Case">The case.</param>
/// <param name="Day">The day on which the facts were to be true.</param>
/// <param name="KnownAt">The moment; what was learnt or replaced later is left out.</param>
/// <param name="IncomeTo">Last month of the twelve whose income was summed.</param>
internal sealed record KnownHousehold(Case Case, DateOnly Day, DateTimeOffset KnownAt, Month IncomeTo);

/// <summary>
/// Reads many households at once as they were known when each was assessed. What a running review has found since, and nobody
/// has decided on, is not in it.
/// </summary>
internal static class KnownHouseholds
{
    /// <summary>The facts of each; cases without a household are left out.</summary>
    public static async Task<Dictionary<KnownHousehold, HouseholdFacts>> ReadAsync(
        IUnitOfWork work, IReadOnlyCollection<KnownHousehold> wanted, CancellationToken cancellationToken)
    {
        var those = wanted.Where(w => w.Case.HouseholdId is not null).ToList();
        var ids = those.Select(w => w.Case.HouseholdId!.Value).Distinct().ToList();
        var households = await work.Set<Household>().AsNoTracking().Where(h => ids.Contains(h.Id)).ToDictionaryAsync(h => h.Id, cancellationToken);
        var members = (await work.Set<HouseholdMember>().AsNoTracking().Where(m => ids.Contains(m.HouseholdId)).ToListAsync(cancellationToken)).ToLookup(m => m.HouseholdId);
        var obligors = (await work.Set<SupportObligor>().AsNoTracking().Where(o => ids.Contains(o.HouseholdId)).ToListAsync(cancellationToken)).ToLookup(o => o.HouseholdId);
        var people = members.SelectMany(g => g).Select(m => m.PersonId).Distinct().ToList();
        var persons = await work.Set<Person>().AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var income = await work.Set<IncomeFact>().AsNoTracking().Where(r => people.Contains(r.PersonId)).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var property = await work.Set<PropertyFact>().AsNoTracking().Where(r => people.Contains(r.PersonId)).ToListAsync(cancellationToken);
        var conditions = await work.Set<PersonCondition>().AsNoTracking().Where(r => people.Contains(r.PersonId)).ToListAsync(cancellationToken);
        var (incomeOf, propertyOf, conditionsOf) = (income.ToLookup(r => r.PersonId), property.ToLookup(r => r.PersonId), conditions.ToLookup(r => r.PersonId));
        return those.Distinct().ToDictionary(w => w, w =>
        {
            bool Known(DateTimeOffset known, DateTimeOffset? superseded) => known <= w.KnownAt && !(superseded <= w.KnownAt);
            bool Held(DateOnly from, DateOnly? to) => from <= w.Day && !(to < w.Day);
            var family = members[w.Case.HouseholdId!.Value].Where(m => Known(m.KnownAt, m.SupersededAt) && Held(m.ValidFrom, m.ValidTo)).ToList();
            var own = family.Select(m => m.PersonId).Distinct().ToList();
            var rows = new HouseholdRows(
                persons,
                own.SelectMany(p => incomeOf[p]).Where(r => Known(r.KnownAt, r.SupersededAt) && Held(r.ValidFrom, r.ValidTo)).ToLookup(r => r.PersonId),
                own.SelectMany(p => propertyOf[p]).Where(r => Known(r.KnownAt, r.SupersededAt) && Held(r.ValidFrom, r.ValidTo)).ToLookup(r => r.PersonId),
                own.SelectMany(p => conditionsOf[p]).Where(r => Known(r.KnownAt, r.SupersededAt) && Held(r.ValidFrom, r.ValidTo)).ToLookup(r => r.PersonId));
            return new HouseholdFacts(
                w.Case.AreaType,
                [.. family.OrderBy(m => m.PersonId != w.Case.ApplicantId).ThenBy(m => m.Id).Select(rows.Member)],
                [.. obligors[w.Case.HouseholdId!.Value].Where(o => Known(o.KnownAt, o.SupersededAt)).OrderBy(o => o.Id).Select(HouseholdRows.Obligor)],
                w.IncomeTo,
                households[w.Case.HouseholdId!.Value].SinglePersonId);
        });
    }
}
