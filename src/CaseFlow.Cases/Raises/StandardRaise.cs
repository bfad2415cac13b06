using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Raises;

/// <summary>Where the recalculation after a raise stands.</summary>
public enum StandardRaiseState
{
    /// <summary>The preview: worked out anew each time somebody looks.</summary>
    Draft,

    /// <summary>The first approver has fixed the lines with a hash; waits for the second.</summary>
    Approved,

    /// <summary>The second approver has signed; the households are changed one after the other.</summary>
    Signed,

    /// <summary>Every household was changed, or left with its reason.</summary>
    Done,
}

/// <summary>
/// 提标: the recalculation of all running benefits of one programme and area after its standard was raised. No application;
/// a preview, two approvers, and arrears for the months in which the family was entitled (domain K).
/// </summary>
public sealed class StandardRaise
{
    /// <summary>Identity.</summary>
    public Id<StandardRaise> Id { get; set; } = Id<StandardRaise>.New();

    /// <summary>Number, for example <c>TB-DIBAO-URBAN-2026-12-1</c>; unique.</summary>
    public string Number { get; set; } = "";

    /// <summary>Programme: <c>dibao</c>.</summary>
    public string Programme { get; set; } = "";

    /// <summary>Area whose households are recalculated.</summary>
    public AreaType AreaType { get; set; }

    /// <summary>First month of the new standard.</summary>
    public Month From { get; set; }

    /// <summary>The standard of the month before, a person and month.</summary>
    public Money Before { get; set; }

    /// <summary>The standard of <see cref="From"/>, a person and month.</summary>
    public Money After { get; set; }

    /// <summary>The document that sets the new standard.</summary>
    public string Source { get; set; } = "";

    /// <summary>State.</summary>
    public StandardRaiseState State { get; set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>Households that are raised; zero while it is a draft.</summary>
    public int Households { get; set; }

    /// <summary>What they get more each month, together.</summary>
    public Money Increase { get; set; }

    /// <summary>SHA-256 over the lines, as lower-case hex; null while it is a draft.</summary>
    public string? Hash { get; set; }

    /// <summary>The first approver: they can never sign it.</summary>
    public Id<Account>? ApprovedBy { get; set; }

    /// <summary>Name and post of the first approver.</summary>
    public string? ApprovedByName { get; set; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>The second approver.</summary>
    public Id<Account>? SignedBy { get; set; }

    /// <summary>Name and post of the second approver.</summary>
    public string? SignedByName { get; set; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>When the last household was done.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Why it was last sent back to the preview; null if never.</summary>
    public string? ReopenReason { get; set; }

    /// <summary>Raised by each change; a stale one is a conflict.</summary>
    public int Revision { get; set; }
}

/// <summary>What becomes of a household in a raise.</summary>
public enum RaiseLineState
{
    /// <summary>Approved, not yet carried out.</summary>
    Pending,

    /// <summary>The new amount is in force.</summary>
    Applied,

    /// <summary>Not changed; <see cref="StandardRaiseLine.Why"/> says why. Somebody must look at the household.</summary>
    Left,
}

/// <summary>A household of a raise, as it was approved.</summary>
public sealed class StandardRaiseLine
{
    /// <summary>Identity.</summary>
    public Id<StandardRaiseLine> Id { get; set; } = Id<StandardRaiseLine>.New();

    /// <summary>The raise.</summary>
    public Id<StandardRaise> RaiseId { get; set; }

    /// <summary>Position in the list, from 1.</summary>
    public int Sequence { get; set; }

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Who is paid.</summary>
    public Id<Person> BeneficiaryId { get; set; }

    /// <summary>Name of the beneficiary.</summary>
    public string Name { get; set; } = "";

    /// <summary>The township or street.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>Persons that the amount is for.</summary>
    public int Members { get; set; }

    /// <summary>Monthly amount of the last month that is raised, before.</summary>
    public Money Before { get; set; }

    /// <summary>The same after.</summary>
    public Money After { get; set; }

    /// <summary>Arrears for months whose lines were written already.</summary>
    public Money Arrears { get; set; }

    /// <summary>First month that is raised for this household.</summary>
    public Month From { get; set; }

    /// <summary>Last month that is raised; null for a household that draws on.</summary>
    public Month? To { get; set; }

    /// <summary>State.</summary>
    public RaiseLineState State { get; set; }

    /// <summary>Why the household is left as it is, in Chinese; null for one that is raised.</summary>
    public string? Why { get; set; }
}

/// <summary>A stretch of months with one new amount: what a raise makes of a term.</summary>
/// <param name="Term">The term that it replaces from <paramref name="From"/> on.</param>
/// <param name="From">First month.</param>
/// <param name="To">Last month; null while open.</param>
/// <param name="Amount">New monthly amount.</param>
/// <param name="Result">The arithmetic.</param>
/// <param name="RootId">The calculation whose facts it takes over.</param>
public sealed record RaisedStretch(BenefitTerm Term, Month From, Month? To, Money Amount, AssessmentResult Result, Id<AssessmentRecord> RootId);

/// <summary>A household of the preview: its line, and what would be written for it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Stretches">New stretches in the order of months; empty where the household is left.</param>
public sealed record RaisedHousehold(StandardRaiseLine Line, IReadOnlyList<RaisedStretch> Stretches);
