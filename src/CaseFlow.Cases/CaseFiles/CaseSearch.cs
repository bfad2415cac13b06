using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseFiles;

/// <summary>Finds cases by number, by name of applicant or member, or by a whole ID number, within the scope in force.</summary>
public sealed class CaseSearch(IUnitOfWork work, IBlindIndex index)
{
    private const int IdNumberLength = 18;
    private const int MostNamesakes = 200;

    /// <summary>At most <paramref name="limit"/> cases, newest first. An ID number is found only as a whole and never logged.</summary>
    public async Task<IReadOnlyList<Case>> FindAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var wanted = text.Trim();
        if (wanted.Length == 0)
        {
            return [];
        }

        var query = wanted.Length == IdNumberLength && wanted[..17].All(char.IsAsciiDigit)
            ? await ByIdNumberAsync(wanted, cancellationToken)
            : await ByNumberOrNameAsync(wanted, cancellationToken);
        return await query.OrderByDescending(c => c.SubmittedAt).Take(limit).ToListAsync(cancellationToken);
    }

    private async Task<IQueryable<Case>> ByNumberOrNameAsync(string wanted, CancellationToken cancellationToken)
    {
        var upper = wanted.ToUpperInvariant();
        var households = wanted.Any(char.IsAsciiDigit) ? [] : await HouseholdsOfNameAsync(wanted, cancellationToken);
        return work.Set<Case>().Where(c => c.Number.StartsWith(upper) || c.Number.EndsWith(upper) || c.ApplicantName.StartsWith(wanted)
            || households.Contains(c.HouseholdId));
    }

    /// <summary>Households of members whose whole name it is; a part of a name finds applicants only.</summary>
    private async Task<List<Id<Household>?>> HouseholdsOfNameAsync(string name, CancellationToken cancellationToken)
    {
        var persons = await work.Set<Person>().Where(p => p.Name == name).OrderBy(p => p.Id).Select(p => p.Id).Take(MostNamesakes).ToListAsync(cancellationToken);
        return await work.Set<HouseholdMember>()
            .Where(m => persons.Contains(m.PersonId) && m.SupersededAt == null)
            .Select(m => (Id<Household>?)m.HouseholdId)
            .ToListAsync(cancellationToken);
    }

    private async Task<IQueryable<Case>> ByIdNumberAsync(string wanted, CancellationToken cancellationToken)
    {
        var key = index.OfIdNumber(wanted);
        var persons = await work.Set<Person>().Where(p => p.IdNumberIndex == key).Select(p => p.Id).ToListAsync(cancellationToken);
        var households = await work.Set<HouseholdMember>()
            .Where(m => persons.Contains(m.PersonId) && m.SupersededAt == null)
            .Select(m => (Id<Household>?)m.HouseholdId)
            .ToListAsync(cancellationToken);
        return work.Set<Case>().Where(c => persons.Contains(c.ApplicantId) || households.Contains(c.HouseholdId));
    }
}
