using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.People;

/// <summary>共同生活的家庭: the legal notion, not the hukou booklet.</summary>
public sealed class Household
{
    /// <summary>Identity.</summary>
    public Id<Household> Id { get; set; } = Id<Household>.New();

    /// <summary>The member through whom it applies.</summary>
    public Id<Person> HeadId { get; set; }

    /// <summary>单人保: the one member for whom alone it applies (Dibao-57 Art. 8); null for the whole household.</summary>
    public Id<Person>? SinglePersonId { get; set; }

    /// <summary>When it was first registered.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>Relation to the head of the household.</summary>
public enum HouseholdRelation
{
    /// <summary>本人.</summary>
    Self,

    /// <summary>配偶.</summary>
    Spouse,

    /// <summary>子女.</summary>
    Child,

    /// <summary>父母.</summary>
    Parent,

    /// <summary>祖父母、外祖父母.</summary>
    Grandparent,

    /// <summary>孙子女、外孙子女.</summary>
    Grandchild,

    /// <summary>兄弟姐妹.</summary>
    Sibling,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>A person is a household member in a period; kept with the moment when we knew it.</summary>
public sealed class HouseholdMember
{
    /// <summary>Identity.</summary>
    public Id<HouseholdMember> Id { get; set; } = Id<HouseholdMember>.New();

    /// <summary>The household.</summary>
    public Id<Household> HouseholdId { get; set; }

    /// <summary>The person.</summary>
    public Id<Person> PersonId { get; set; }

    /// <summary>Relation to the head.</summary>
    public HouseholdRelation Relation { get; set; }

    /// <summary>Reason for which clergy who have lived apart for three years do not count; they may apply alone (Art. 7 and 8).</summary>
    public const string Clergy = "连续三年以上脱离家庭独立生活的宗教教职人员";

    /// <summary>Whether the person counts (Dibao-57 Art. 7), or is left out with <see cref="NotCountedReason"/>.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>Why the person does not count (prison, missing ...).</summary>
    public string? NotCountedReason { get; set; }

    /// <summary>First day on which it was so.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day on which it was so; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>When we knew.</summary>
    public DateTimeOffset KnownAt { get; set; }

    /// <summary>When a later row replaced what this one says; null while it is what we hold true.</summary>
    public DateTimeOffset? SupersededAt { get; set; }
}
