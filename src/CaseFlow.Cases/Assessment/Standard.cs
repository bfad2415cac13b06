using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Assessment;

/// <summary>An amount or a figure set by a document for a period: standards, rates, factors, days. Never edited in place.</summary>
public sealed class PolicyFigure
{
    /// <summary>Identity.</summary>
    public Id<PolicyFigure> Id { get; set; } = Id<PolicyFigure>.New();

    /// <summary>Key such as <c>dibao.standard</c>, <c>dibao.employmentDeduction</c>, <c>dibao.total.days</c>.</summary>
    public string Key { get; set; } = "";

    /// <summary>Urban or rural, where it differs; null for both.</summary>
    public AreaType? AreaType { get; set; }

    /// <summary>The figure: fen for amounts, parts per ten thousand for rates and factors, days or months for periods, 0/1 for switches.</summary>
    public long Value { get; set; }

    /// <summary>What <see cref="Value"/> counts: <c>fen</c>, <c>permyriad</c>, <c>workingDays</c>, <c>calendarDays</c>, <c>months</c>, <c>switch</c>, <c>count</c>.</summary>
    public string Unit { get; set; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>Last day; null while open.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Document that sets it.</summary>
    public string Source { get; set; } = "";

    /// <summary>Article, if one is known.</summary>
    public string? Article { get; set; }

    /// <summary>Chinese name for the admin page.</summary>
    public string Name { get; set; } = "";

    /// <summary>True where the bureau must confirm it (local choice).</summary>
    public bool ToBeConfirmed { get; set; }

    /// <summary>State of publication.</summary>
    public PublicationState State { get; set; } = PublicationState.Published;

    /// <summary>Who submitted it.</summary>
    public Id<Account>? SubmittedBy { get; set; }
}

/// <summary>A calculation as it was made: inputs, lines and result with the versions used, kept for the file.</summary>
public sealed class AssessmentRecord
{
    /// <summary>Identity.</summary>
    public Id<AssessmentRecord> Id { get; set; } = Id<AssessmentRecord>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The day whose standard was used.</summary>
    public DateOnly AsOf { get; set; }

    /// <summary>Whether the household is entitled.</summary>
    public bool Eligible { get; set; }

    /// <summary>Monthly amount; zero if not entitled.</summary>
    public Money Amount { get; set; }

    /// <summary>Members that count.</summary>
    public int Members { get; set; }

    /// <summary>Monthly household income that was counted, exact times 12 in fen (so that nothing is rounded).</summary>
    public long YearlyIncomeFen { get; set; }

    /// <summary>The ledger of the arithmetic as JSON (lines with number, item, reason, amount).</summary>
    public string LinesJson { get; set; } = "[]";

    /// <summary>Reason code where not entitled: <c>income</c>, <c>property</c>, <c>members</c>.</summary>
    public string? RefusalGround { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The calculation whose facts it takes over; set where only the standard changed (提标).</summary>
    public Id<AssessmentRecord>? BaseId { get; set; }
}
