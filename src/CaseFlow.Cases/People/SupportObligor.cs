using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.People;

/// <summary>赡养、抚养、扶养义务人: a person outside the household who owes support to somebody in it, as a survey found it.</summary>
public sealed class SupportObligor
{
    /// <summary>Identity.</summary>
    public Id<SupportObligor> Id { get; set; } = Id<SupportObligor>.New();

    /// <summary>The household to which support is owed.</summary>
    public Id<Household> HouseholdId { get; set; }

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Monthly income of the obligor's own household.</summary>
    public Money HouseholdMonthlyIncome { get; set; }

    /// <summary>Members of the obligor's own household.</summary>
    public int HouseholdMembers { get; set; } = 1;

    /// <summary>Persons whom the obligor has to support.</summary>
    public int PersonsToSupport { get; set; } = 1;

    /// <summary>How many of them are in this household.</summary>
    public int SupportedHere { get; set; } = 1;

    /// <summary>Tekun, dibao or borderline: owes nothing.</summary>
    public bool IsRecipient { get; set; }

    /// <summary>When we knew.</summary>
    public DateTimeOffset KnownAt { get; set; }

    /// <summary>When a later row replaced this one.</summary>
    public DateTimeOffset? SupersededAt { get; set; }
}
