using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Verification;

/// <summary>Where a request to the verification platform stands.</summary>
public enum VerificationState
{
    /// <summary>Recorded; not yet sent.</summary>
    Pending,

    /// <summary>Accepted by the platform.</summary>
    Accepted,

    /// <summary>Some sources have answered.</summary>
    Partial,

    /// <summary>All have answered.</summary>
    Complete,

    /// <summary>Refused by the platform, or given up after too many tries.</summary>
    Failed,

    /// <summary>The handler went on without it; later answers open a lead and change nothing.</summary>
    Overtaken,
}

/// <summary>核对: one request for economic verification; sent after the commit, idempotent by its id.</summary>
public sealed class VerificationRequest
{
    /// <summary>Identity; the <c>requestId</c> of the adapter.</summary>
    public Id<VerificationRequest> Id { get; set; } = Id<VerificationRequest>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The procedure.</summary>
    public Id<Procedure> ProcedureId { get; set; }

    /// <summary>Purpose: <c>dibao</c>, <c>review</c> ...</summary>
    public string Purpose { get; set; } = "";

    /// <summary>State.</summary>
    public VerificationState State { get; set; }

    /// <summary>The platform's number.</summary>
    public string? PlatformNumber { get; set; }

    /// <summary><c>meets</c>, <c>exceedsIncome</c>, <c>exceedsProperty</c>, <c>inconsistent</c>, <c>undetermined</c>.</summary>
    public string? Conclusion { get; set; }

    /// <summary>When it was requested.</summary>
    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>Machine time of the next try or poll.</summary>
    public DateTimeOffset NextTryAt { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>When the report came.</summary>
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>Last day on which the report may be used for a decision.</summary>
    public DateOnly? ValidTo { get; set; }
}

/// <summary>One line of a report: person × source.</summary>
public sealed class VerificationResult
{
    /// <summary>Identity.</summary>
    public Id<VerificationResult> Id { get; set; } = Id<VerificationResult>.New();

    /// <summary>The request.</summary>
    public Id<VerificationRequest> RequestId { get; set; }

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The person.</summary>
    public Id<Person> PersonId { get; set; }

    /// <summary>Source: <c>bank</c>, <c>tax</c> ...</summary>
    public string Source { get; set; } = "";

    /// <summary><c>found</c>, <c>none</c>, <c>unavailable</c>, <c>noAuthority</c>. Silence is not "no assets".</summary>
    public string Status { get; set; } = "";

    /// <summary>Kind of the item, for example <c>deposit</c> or <c>wage</c>.</summary>
    public string ItemKind { get; set; } = "";

    /// <summary>Amount found.</summary>
    public Money Amount { get; set; }

    /// <summary>Amount declared for the same thing.</summary>
    public Money? Declared { get; set; }

    /// <summary>How the handler settled a difference: <c>found</c>, <c>declared</c>, <c>explained</c>; null while open.</summary>
    public string? Settlement { get; set; }

    /// <summary>Reason of the settlement.</summary>
    public string? SettlementReason { get; set; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset At { get; set; }
}
