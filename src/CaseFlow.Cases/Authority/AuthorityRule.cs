using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Cases.Authority;

/// <summary>A row of the delegation table (domain H) in force from a date. First match by priority decides the route.</summary>
public sealed class AuthorityRule
{
    /// <summary>Identity.</summary>
    public Id<AuthorityRule> Id { get; set; } = Id<AuthorityRule>.New();

    /// <summary>Code: <c>T1</c>, <c>D1</c> ...; the same over versions.</summary>
    public string Code { get; set; } = "";

    /// <summary>Version of the row.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Lower is tried first.</summary>
    public int Priority { get; set; }

    /// <summary>Case types, separated by commas.</summary>
    public string CaseTypes { get; set; } = "";

    /// <summary>Conditions on facts as JSON (see <c>docs/authority.md</c>).</summary>
    public string ConditionsJson { get; set; } = "[]";

    /// <summary>Who verifies, reviews and approves, duties of filing and sampling, as JSON.</summary>
    public string RouteJson { get; set; } = "{}";

    /// <summary>What it says, in words.</summary>
    public string Description { get; set; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Whether it is used at all (D3 is shipped inactive).</summary>
    public bool Active { get; set; } = true;

    /// <summary>The regulation or decision.</summary>
    public string Source { get; set; } = "";

    /// <summary>True where the bureau must confirm the figure.</summary>
    public bool ToBeConfirmed { get; set; }

    /// <summary>State of publication.</summary>
    public CaseTypes.PublicationState State { get; set; } = CaseFlow.Cases.CaseTypes.PublicationState.Published;

    /// <summary>Who submitted it.</summary>
    public Id<Account>? SubmittedBy { get; set; }
}

/// <summary>An evaluation of the table as it was used for a decision: rule, version and facts, for the auditor.</summary>
public sealed class AuthorityEvaluation
{
    /// <summary>Identity.</summary>
    public Id<AuthorityEvaluation> Id { get; set; } = Id<AuthorityEvaluation>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The task in which it was used, if any.</summary>
    public Id<WorkTask>? TaskId { get; set; }

    /// <summary>Rule code.</summary>
    public string RuleCode { get; set; } = "";

    /// <summary>Rule version.</summary>
    public int RuleVersion { get; set; }

    /// <summary>The facts as JSON.</summary>
    public string FactsJson { get; set; } = "{}";

    /// <summary>The route as JSON.</summary>
    public string RouteJson { get; set; } = "{}";

    /// <summary>What it was used for: <c>route</c>, <c>page</c> is not stored, <c>guard</c>.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>A person may not act in a case: declared or found; open until lifted by the superior.</summary>
public sealed class Recusal
{
    /// <summary>Identity.</summary>
    public Id<Recusal> Id { get; set; } = Id<Recusal>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Who may not act.</summary>
    public Id<Account> AccountId { get; set; }

    /// <summary><c>declared</c> or <c>found</c>.</summary>
    public string Origin { get; set; } = "declared";

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who lifted it.</summary>
    public Id<Account>? LiftedBy { get; set; }

    /// <summary>Why it was lifted.</summary>
    public string? LiftReason { get; set; }

    /// <summary>When it was lifted.</summary>
    public DateTimeOffset? LiftedAt { get; set; }
}

/// <summary>The five checks in fixed order: 岗位, 管辖, 权限, 四眼, 回避. The same object serves page, API and log.</summary>
/// <param name="Allowed">Whether all five hold.</param>
/// <param name="Summary">One sentence; if not allowed, who decides instead and what this person can do.</param>
/// <param name="Checks">The checks.</param>
/// <param name="RuleCode">The rule that was used.</param>
/// <param name="RuleVersion">Its version.</param>
public sealed record AuthorityExplanation(
    bool Allowed,
    string Summary,
    IReadOnlyList<AuthorityCheck> Checks,
    string? RuleCode,
    int? RuleVersion);

/// <summary>One check.</summary>
/// <param name="Name">岗位, 管辖, 权限, 四眼 or 回避.</param>
/// <param name="Holds">True, false, or null where it does not apply.</param>
/// <param name="Explanation">A sentence with the facts.</param>
/// <param name="Refusal">The reason where it does not hold.</param>
public sealed record AuthorityCheck(string Name, bool? Holds, string Explanation, Refusal? Refusal);
