using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Cases;

/// <summary>A household as a page may show it to this person: what the field mask hides is not in here.</summary>
/// <param name="Members">Members, the head first.</param>
/// <param name="Incomes">Incomes and deductions with what was declared; null where the post may not see them.</param>
/// <param name="Properties">Property; null where the post may not see it.</param>
public sealed record HouseholdView(
    IReadOnlyList<MemberView> Members,
    IReadOnlyList<IncomeView>? Incomes,
    IReadOnlyList<PropertyView>? Properties)
{
    /// <summary>The applicant, where known.</summary>
    public MemberView? Head => Members.FirstOrDefault(m => m.Relation == HouseholdRelation.Self) ?? (Members.Count > 0 ? Members[0] : null);

    /// <summary>How many count.</summary>
    public int Counted => Members.Count(m => m.NotCountedReason is null);
}

/// <summary>A member.</summary>
public sealed record MemberView(
    Id<Person> PersonId,
    string Name,
    HouseholdRelation Relation,
    Gender Gender,
    int Age,
    string IdNumber,
    string? Phone,
    string? Account,
    string Address,
    string? NotCountedReason,
    IReadOnlyList<PersonCondition>? Conditions);

/// <summary>An income (or deduction) per month: as declared and as it is held now.</summary>
public sealed record IncomeView(
    Id<Person> PersonId, string Name, IncomeKind Kind, Money? DeclaredYearly, Money Yearly, FactSource Source, string Note)
{
    /// <summary>Whether it differs from what was declared.</summary>
    public bool Changed => DeclaredYearly is not null ? DeclaredYearly != Yearly : Source != FactSource.Declared;
}

/// <summary>A property.</summary>
public sealed record PropertyView(Id<Person> PersonId, string Name, PropertyKind Kind, Money Amount, int Count, bool Exempt, string Note, FactSource Source);

/// <summary>Reads households for pages.</summary>
internal sealed class HouseholdReader(IUnitOfWork work)
{
    /// <summary>The household of a case as held true now.</summary>
    public async Task<HouseholdView> ReadAsync(Case file, FieldMask mask, DateOnly today, CancellationToken cancellationToken)
    {
        var rows = await work.Set<HouseholdMember>()
            .Where(m => m.HouseholdId == file.HouseholdId && m.SupersededAt == null && (m.ValidTo == null || m.ValidTo >= today))
            .AsNoTracking().ToListAsync(cancellationToken);
        var ids = rows.Select(m => m.PersonId).Append(file.ApplicantId).Distinct().ToList();
        var people = await work.Set<Person>().Where(p => ids.Contains(p.Id))
            .AsNoTracking().ToDictionaryAsync(p => p.Id, cancellationToken);
        var conditions = mask.HasFlag(FieldMask.Health) ? null : await ConditionsAsync(ids, today, cancellationToken);
        var members = rows
            .Where(m => people.ContainsKey(m.PersonId))
            .OrderBy(m => m.Relation).ThenBy(m => people[m.PersonId].BirthDate)
            .Select(m => Member(m, people[m.PersonId], conditions, mask, today))
            .ToList();
        return mask.HasFlag(FieldMask.Economy)
            ? new HouseholdView(members, null, null)
            : new HouseholdView(
                members, await IncomesAsync(ids, people, cancellationToken), await PropertiesAsync(ids, people, today, cancellationToken));
    }

    private async Task<ILookup<Id<Person>, PersonCondition>> ConditionsAsync(
        List<Id<Person>> ids, DateOnly today, CancellationToken cancellationToken) =>
        (await work.Set<PersonCondition>()
            .Where(c => ids.Contains(c.PersonId) && c.SupersededAt == null && (c.ValidTo == null || c.ValidTo >= today))
            .AsNoTracking().ToListAsync(cancellationToken))
        .ToLookup(c => c.PersonId);

    private static MemberView Member(
        HouseholdMember row, Person person, ILookup<Id<Person>, PersonCondition>? conditions, FieldMask mask, DateOnly today)
    {
        var masked = mask.HasFlag(FieldMask.Identity);
        return new MemberView(
            person.Id,
            person.Name,
            row.Relation,
            person.Gender,
            AgeOn(person.BirthDate, today),
            masked ? Masking.IdNumber(person.IdNumber) : person.IdNumber,
            masked && person.Phone is not null ? Masking.Phone(person.Phone) : person.Phone,
            person.BankAccount is null ? null : Masking.BankAccount(person.BankAccount),
            person.Address,
            row.Counts ? null : row.NotCountedReason ?? "不计入",
            conditions?[person.Id].OrderBy(c => c.Kind).ToList());
    }

    private async Task<List<IncomeView>> IncomesAsync(
        List<Id<Person>> ids, Dictionary<Id<Person>, Person> people, CancellationToken cancellationToken)
    {
        var facts = await work.Set<IncomeFact>().Where(f => ids.Contains(f.PersonId)).AsNoTracking().ToListAsync(cancellationToken);
        return facts
            .GroupBy(f => (f.PersonId, f.Kind))
            .Select(g => (
                g.Key,
                Declared: g.Where(f => f.Source == FactSource.Declared).MaxBy(f => f.KnownAt),
                Now: g.Where(f => f.SupersededAt is null && f.ValidTo is null).MaxBy(f => (f.Source, f.KnownAt))))
            .Where(g => g.Now is not null)
            .OrderBy(g => g.Key.Kind)
            .Select(g => new IncomeView(
                g.Key.PersonId, people[g.Key.PersonId].Name, g.Key.Kind, g.Declared?.YearlyAmount, g.Now!.YearlyAmount, g.Now.Source, g.Now.Note))
            .ToList();
    }

    private async Task<List<PropertyView>> PropertiesAsync(
        List<Id<Person>> ids, Dictionary<Id<Person>, Person> people, DateOnly today, CancellationToken cancellationToken) =>
        (await work.Set<PropertyFact>()
            .Where(f => ids.Contains(f.PersonId) && f.SupersededAt == null && (f.ValidTo == null || f.ValidTo >= today))
            .AsNoTracking().ToListAsync(cancellationToken))
        .OrderBy(f => f.Kind)
        .Select(f => new PropertyView(f.PersonId, people[f.PersonId].Name, f.Kind, f.Amount, f.Count, f.Exempt, f.Note, f.Source))
        .ToList();

    /// <summary>Completed years on a day.</summary>
    public static int AgeOn(DateOnly birth, DateOnly day) =>
        day.Year - birth.Year - (day.Month < birth.Month || (day.Month == birth.Month && day.Day < birth.Day) ? 1 : 0);
}
