using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Assessment;

/// <summary>What an assessment needs to know of a household, as it was true and known at one moment.</summary>
/// <param name="AreaType">Area of the applicant's hukou community; decides the standard.</param>
/// <param name="Members">All persons of the household, those who do not count included.</param>
/// <param name="Obligors">Persons with a duty of support outside the household.</param>
/// <param name="IncomeTo">Last month of the twelve months whose income was summed.</param>
/// <param name="SinglePerson">Set for an application of one person alone (Dibao-57 Art. 8): that member; the others only serve the borderline test.</param>
public sealed record HouseholdFacts(
    AreaType AreaType,
    IReadOnlyList<MemberFacts> Members,
    IReadOnlyList<ObligorFacts> Obligors,
    Month IncomeTo,
    Id<Person>? SinglePerson = null);

/// <summary>A member.</summary>
public sealed record MemberFacts
{
    /// <summary>The person.</summary>
    public required Id<Person> PersonId { get; init; }

    /// <summary>Name for the lines.</summary>
    public required string Name { get; init; }

    /// <summary>Day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Whether the person counts (Dibao-57 Art. 7).</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Why the person does not count.</summary>
    public string? NotCountedReason { get; init; }

    /// <summary>Paid under tekun or a child programme: does not count in the number of members, nor does the income.</summary>
    public bool PaidElsewhere { get; init; }

    /// <summary>Income and deductions, sums over twelve months.</summary>
    public IReadOnlyList<IncomeItem> Income { get; init; } = [];

    /// <summary>Property.</summary>
    public IReadOnlyList<PropertyItem> Property { get; init; } = [];

    /// <summary>Conditions.</summary>
    public IReadOnlyList<ConditionItem> Conditions { get; init; } = [];

    /// <summary>Whether the person is one of those who are assessed.</summary>
    public bool IsAssessed => Counts && !PaidElsewhere;

    /// <summary>Clergy who have lived apart for three years: no member of the family, but may apply alone (Art. 7 and 8).</summary>
    public bool IsClergy => NotCountedReason == HouseholdMember.Clergy;

    /// <summary>Completed years on a day.</summary>
    public int AgeOn(DateOnly day) => day.Year - BirthDate.Year - (day < BirthDate.AddYears(day.Year - BirthDate.Year) ? 1 : 0);

    /// <summary>Whether the person has a condition.</summary>
    public bool Has(PersonConditionKind kind) => Conditions.Any(condition => condition.Kind == kind);

    /// <summary>Disabled of grade 1 or 2, or intellectually or mentally of grade 3 (Dibao-57 Art. 8).</summary>
    public bool IsSeverelyDisabled => Conditions.Any(condition =>
        condition.Kind == PersonConditionKind.Disability
        && (condition.Grade is 1 or 2 || (condition.Grade is 3 && condition.Detail is "intellectual" or "mental")));
}

/// <summary>An income or deduction.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="YearlyAmount">Sum over twelve months.</param>
/// <param name="Note">Employer, source.</param>
public sealed record IncomeItem(IncomeKind Kind, Money YearlyAmount, string Note = "");

/// <summary>A property.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Amount">Value of financial assets.</param>
/// <param name="Count">Number of dwellings, vehicles, companies.</param>
/// <param name="Exempt">Exempt (vehicle for disability or livelihood).</param>
public sealed record PropertyItem(PropertyKind Kind, Money Amount, int Count = 1, bool Exempt = false);

/// <summary>A condition.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Grade">Grade of a disability.</param>
/// <param name="Detail">Kind of a disability, or the illness.</param>
public sealed record ConditionItem(PersonConditionKind Kind, int? Grade = null, string Detail = "");

/// <summary>A person with a duty of support who lives elsewhere.</summary>
/// <param name="Name">Name for the lines.</param>
/// <param name="HouseholdMonthlyIncome">Monthly income of the obligor's own household.</param>
/// <param name="HouseholdMembers">Its members.</param>
/// <param name="PersonsToSupport">Persons whom the obligor has to support.</param>
/// <param name="SupportedHere">How many of them are in the applicant's household.</param>
/// <param name="IsRecipient">Tekun, dibao or borderline: owes nothing.</param>
public sealed record ObligorFacts(
    string Name,
    Exact HouseholdMonthlyIncome,
    int HouseholdMembers,
    int PersonsToSupport = 1,
    int SupportedHere = 1,
    bool IsRecipient = false);
