using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Calendar;

/// <summary>How the days of a period are counted.</summary>
public enum DayUnit
{
    /// <summary>工作日: days that the calendar says are worked.</summary>
    WorkingDays,

    /// <summary>日、天: calendar days; an end on a day off rolls forward.</summary>
    CalendarDays,

    /// <summary>Months, ending on the corresponding day.</summary>
    Months,

    /// <summary>Hours from the minute of the report.</summary>
    Hours,
}

/// <summary>Where a deadline stands.</summary>
public enum DeadlineState
{
    /// <summary>Running.</summary>
    Running,

    /// <summary>Met in time.</summary>
    Met,

    /// <summary>Ended after its day.</summary>
    MetLate,

    /// <summary>No longer needed (the procedure ended or was returned).</summary>
    Cancelled,
}

/// <summary>A legal or local period of a case: total limit or the limit of a step.</summary>
public sealed class Deadline
{
    /// <summary>Identity.</summary>
    public Id<Deadline> Id { get; set; } = Id<Deadline>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The procedure that it belongs to.</summary>
    public Id<Procedure> ProcedureId { get; set; }

    /// <summary>The rule's key in the policy (<c>dibao.total</c>, <c>dibao.survey</c>...).</summary>
    public string RuleKey { get; set; } = "";

    /// <summary>The day of the event; it does not count.</summary>
    public DateOnly StartedOn { get; set; }

    /// <summary>How many units.</summary>
    public int Count { get; set; }

    /// <summary>The unit.</summary>
    public DayUnit Unit { get; set; }

    /// <summary>The last day, pauses and extension included.</summary>
    public DateOnly DueOn { get; set; }

    /// <summary>Whether a year without a published calendar was used.</summary>
    public bool Provisional { get; set; }

    /// <summary>Where it stands.</summary>
    public DeadlineState State { get; set; }

    /// <summary>When it was met or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The day to which it was extended, if it was (once).</summary>
    public DateOnly? ExtendedTo { get; set; }
}
