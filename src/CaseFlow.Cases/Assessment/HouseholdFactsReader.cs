using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Assessment;

/// <summary>Loads what an assessment needs from the dated rows of the registry: what was true on a day, as we know it now.</summary>
public static class HouseholdFactsReader
{
    /// <summary>Reads the household of a case with the obligors and the single entitled person that the registry holds.</summary>
    /// <param name="unitOfWork">The rows.</param>
    /// <param name="caseFile">The case; its area decides the standard.</param>
    /// <param name="day">The day on which the facts are to be true.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RefusedException">The case has no household (<c>no-household</c>).</exception>
    public static async Task<HouseholdFacts> ReadAsync(IUnitOfWork unitOfWork, Case caseFile, DateOnly day, CancellationToken cancellationToken)
    {
        var single = await unitOfWork.Set<Household>().AsNoTracking()
            .Where(h => h.Id == caseFile.HouseholdId).Select(h => h.SinglePersonId).FirstOrDefaultAsync(cancellationToken);
        var obligors = await unitOfWork.Set<SupportObligor>().AsNoTracking()
            .Where(o => o.HouseholdId == caseFile.HouseholdId && o.SupersededAt == null)
            .OrderBy(o => o.Id)
            .ToListAsync(cancellationToken);
        return await ReadAsync(
            unitOfWork,
            caseFile,
            day,
            [.. obligors.Select(HouseholdRows.Obligor)],
            single,
            cancellationToken);
    }

    /// <summary>Reads the household of a case.</summary>
    /// <param name="unitOfWork">The rows.</param>
    /// <param name="caseFile">The case; its area decides the standard.</param>
    /// <param name="day">The day on which the facts are to be true.</param>
    /// <param name="obligors">Persons with a duty of support, as the survey found them.</param>
    /// <param name="singlePerson">Set for an application of one person alone.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RefusedException">The case has no household (<c>no-household</c>).</exception>
    public static async Task<HouseholdFacts> ReadAsync(
        IUnitOfWork unitOfWork,
        Case caseFile,
        DateOnly day,
        IReadOnlyList<ObligorFacts> obligors,
        Id<Person>? singlePerson,
        CancellationToken cancellationToken)
    {
        var household = caseFile.HouseholdId ?? throw new RefusedException("no-household", "本案没有家庭，不能核算。");
        var members = await unitOfWork.Set<HouseholdMember>().AsNoTracking()
            .Where(row => row.HouseholdId == household && row.SupersededAt == null && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day))
            .ToListAsync(cancellationToken);
        var ids = members.Select(member => member.PersonId).Distinct().ToList();
        var rows = await RowsAsync(unitOfWork, ids, day, cancellationToken);
        return new HouseholdFacts(
            caseFile.AreaType,
            [.. members.OrderBy(member => member.PersonId != caseFile.ApplicantId).ThenBy(member => member.Id).Select(rows.Member)],
            obligors,
            // The twelve months before the application; of a family that draws already, those before the day of the review.
            Month.Of(caseFile.Status == CaseStatus.InForce ? day : caseFile.AcceptedOn ?? day).Plus(-1),
            singlePerson);
    }

    private static async Task<HouseholdRows> RowsAsync(IUnitOfWork unitOfWork, List<Id<Person>> ids, DateOnly day, CancellationToken cancellationToken)
    {
        var persons = await unitOfWork.Set<Person>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        var income = await unitOfWork.Set<IncomeFact>().AsNoTracking()
            .Where(row => ids.Contains(row.PersonId) && row.SupersededAt == null && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day))
            .ToListAsync(cancellationToken);
        var property = await unitOfWork.Set<PropertyFact>().AsNoTracking()
            .Where(row => ids.Contains(row.PersonId) && row.SupersededAt == null && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day))
            .ToListAsync(cancellationToken);
        var conditions = await unitOfWork.Set<PersonCondition>().AsNoTracking()
            .Where(row => ids.Contains(row.PersonId) && row.SupersededAt == null && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day))
            .ToListAsync(cancellationToken);
        return new HouseholdRows(
            persons.ToDictionary(person => person.Id),
            income.OrderBy(row => row.Id).ToLookup(row => row.PersonId),
            property.ToLookup(row => row.PersonId),
            conditions.ToLookup(row => row.PersonId));
    }
}
