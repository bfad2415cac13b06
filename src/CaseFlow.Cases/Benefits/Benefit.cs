using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Benefits;

/// <summary>Why a line of the ledger exists.</summary>
public enum BenefitEntryKind
{
    /// <summary>The regular item of a month; one per person × programme × month.</summary>
    Regular,

    /// <summary>补发.</summary>
    Arrears,

    /// <summary>追回 (negative).</summary>
    Recovery,

    /// <summary>A regular item taken back by a counter-entry (negative), because a decision changed a month not yet paid.</summary>
    Reversal,
}

/// <summary>
/// A line of the append-only ledger: beneficiary × programme × month × fen × decision. A month is never edited;
/// arrears, recoveries and reversals are items of their own with a reason.
/// </summary>
public sealed class BenefitEntry
{
    /// <summary>Identity.</summary>
    public Id<BenefitEntry> Id { get; set; } = Id<BenefitEntry>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Who is entitled (the applicant for a household benefit).</summary>
    public Id<Person> BeneficiaryId { get; set; }

    /// <summary>Programme: <c>dibao</c>, <c>relief</c> ...</summary>
    public string Programme { get; set; } = "";

    /// <summary>Month to which it belongs.</summary>
    public Month Month { get; set; }

    /// <summary>Kind.</summary>
    public BenefitEntryKind Kind { get; set; }

    /// <summary>Amount; negative for recovery and reversal.</summary>
    public Money Amount { get; set; }

    /// <summary>The decision on which it rests.</summary>
    public Id<IssuedDocument>? DecisionId { get; set; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When it was written.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>
    /// Number of the payment list that it belongs to; null while it waits for one. A recovery gets it with the list that keeps
    /// back its last part.
    /// </summary>
    public string? BatchNumber { get; set; }
}

/// <summary>A decision's standing benefit of a case from a month on; the ledger's monthly lines follow from it.</summary>
public sealed class BenefitTerm
{
    /// <summary>Identity.</summary>
    public Id<BenefitTerm> Id { get; set; } = Id<BenefitTerm>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Programme.</summary>
    public string Programme { get; set; } = "";

    /// <summary>First month.</summary>
    public Month From { get; set; }

    /// <summary>Last month; null while open.</summary>
    public Month? To { get; set; }

    /// <summary>Monthly amount.</summary>
    public Money MonthlyAmount { get; set; }

    /// <summary>The decision.</summary>
    public Id<IssuedDocument>? DecisionId { get; set; }

    /// <summary>The day of the decision: it says which month's list is the first to know of the term.</summary>
    public DateOnly DecidedOn { get; set; }

    /// <summary>The calculation.</summary>
    public Id<Assessment.AssessmentRecord>? AssessmentId { get; set; }

    /// <summary>Whether a later decision took its place before its first month: it holds in no month, and tells only what was decided.</summary>
    public bool IsReplaced => To < From;
}

/// <summary>备用金 of a township; drawn on in the transaction that decides.</summary>
public sealed class ReserveFund
{
    /// <summary>Identity.</summary>
    public Id<ReserveFund> Id { get; set; } = Id<ReserveFund>.New();

    /// <summary>The township.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>What is left.</summary>
    public Money Balance { get; set; }
}

/// <summary>A movement of a reserve fund.</summary>
public sealed class ReserveMovement
{
    /// <summary>Identity.</summary>
    public Id<ReserveMovement> Id { get; set; } = Id<ReserveMovement>.New();

    /// <summary>The fund.</summary>
    public Id<ReserveFund> ReserveId { get; set; }

    /// <summary>The case, for a payment.</summary>
    public Id<Case>? CaseId { get; set; }

    /// <summary>Amount; negative for a payment.</summary>
    public Money Amount { get; set; }

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
