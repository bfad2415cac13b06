using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Assessment;

/// <summary>Rows of the registry by person, from which the facts of members are put together.</summary>
internal sealed record HouseholdRows(
    Dictionary<Id<Person>, Person> Persons,
    ILookup<Id<Person>, IncomeFact> Income,
    ILookup<Id<Person>, PropertyFact> Property,
    ILookup<Id<Person>, PersonCondition> Conditions)
{
    /// <summary>The facts of a member.</summary>
    public MemberFacts Member(HouseholdMember member)
    {
        var person = Persons[member.PersonId];
        return new MemberFacts
        {
            PersonId = person.Id,
            Name = person.Name,
            BirthDate = person.BirthDate,
            Counts = member.Counts,
            NotCountedReason = member.NotCountedReason,
            Income = [.. Income[person.Id].Select(row => new IncomeItem(row.Kind, row.YearlyAmount, row.Note))],
            Property = [.. Property[person.Id].Select(row => new PropertyItem(row.Kind, row.Amount, row.Count, row.Exempt))],
            Conditions = [.. Conditions[person.Id].Select(row => new ConditionItem(row.Kind, row.Grade, row.Detail))],
        };
    }

    /// <summary>The facts of a person with a duty of support.</summary>
    public static ObligorFacts Obligor(SupportObligor o) => new(
        o.Name, Exact.Of(o.HouseholdMonthlyIncome), o.HouseholdMembers, o.PersonsToSupport, o.SupportedHere, o.IsRecipient);
}
