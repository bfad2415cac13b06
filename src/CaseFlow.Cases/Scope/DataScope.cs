using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Scope;

/// <summary>
/// The one predicate that says which cases may be read: post in force → organisations × case types × sensitivity, plus a
/// field mask. Databases apply it as a named query filter; where none is set, nothing is found.
/// </summary>
public sealed record DataScope
{
    /// <summary>Sees nothing.</summary>
    public static DataScope Nothing { get; } = new();

    /// <summary>Sees all rows (background work with a reason).</summary>
    public bool Everything { get; init; }

    /// <summary>Why everything may be seen; for the log.</summary>
    public string? Reason { get; init; }

    /// <summary>Townships whose cases are seen (all of them for a district post).</summary>
    public IReadOnlyList<Id<OrganisationUnit>> Organisations { get; init; } = [];

    /// <summary>Communities whose cases are seen (community posts).</summary>
    public IReadOnlyList<Id<OrganisationUnit>> Communities { get; init; } = [];

    /// <summary>Case types that are seen; empty means none.</summary>
    public IReadOnlyList<string> CaseTypes { get; init; } = [];

    /// <summary>Whether children's and other restricted cases are seen.</summary>
    public bool Sensitive { get; init; }

    /// <summary>The citizen whose own cases are seen.</summary>
    public Id<Person>? PersonId { get; init; }

    /// <summary>The account itself: its own messages and, for a citizen, the cases that it filed as an agent.</summary>
    public Id<Account>? AccountId { get; init; }

    /// <summary>Sees the technical rows of all cases (incidents, state of messages, audit of the administration), but no case.</summary>
    public bool Operations { get; init; }

    /// <summary>Fields that are hidden or masked.</summary>
    public FieldMask Mask { get; init; } = FieldMask.All;

    /// <summary>The scope of background work.</summary>
    public static DataScope System(string reason) => new() { Everything = true, Sensitive = true, Operations = true, Reason = reason, Mask = FieldMask.None };
}

/// <summary>Which fields a post does not see in clear.</summary>
[Flags]
public enum FieldMask
{
    /// <summary>All fields in clear.</summary>
    None = 0,

    /// <summary>ID, account and telephone numbers are masked; may be revealed with a reason.</summary>
    Identity = 1,

    /// <summary>Income and property are hidden (community posts).</summary>
    Economy = 2,

    /// <summary>Health and disability are hidden.</summary>
    Health = 4,

    /// <summary>Everything that can be masked is.</summary>
    All = Identity | Economy | Health,
}
