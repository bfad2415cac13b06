namespace CaseFlow.Cases.Calendar;

/// <summary>
/// Days that do not count because a rule with a legal basis pauses the clock, both ends included (LicL 45: hearing, tender,
/// inspection, testing, expert review ...). Dibao has none.
/// </summary>
/// <param name="From">First paused day.</param>
/// <param name="To">Last paused day.</param>
/// <param name="Reason">Why, in Chinese.</param>
public sealed record ClockPause(DateOnly From, DateOnly To, string Reason)
{
    /// <summary>Whether the day is paused.</summary>
    public bool Covers(DateOnly day) => From <= day && day <= To;
}

/// <summary>A period with its last day and the way there, day by day: what the page shows as a strip.</summary>
/// <param name="Event">The day of the event; it does not count.</param>
/// <param name="Count">How many units.</param>
/// <param name="Unit">The unit.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Provisional">Whether a year without a loaded calendar was touched.</param>
/// <param name="Days">Every day from the event to the last day.</param>
public sealed record DeadlineArithmetic(
    DateOnly Event,
    int Count,
    DayUnit Unit,
    DateOnly DueOn,
    bool Provisional,
    IReadOnlyList<DeadlineDay> Days);

/// <summary>One day of a period.</summary>
/// <param name="Date">The day.</param>
/// <param name="Number">Its number in the period; null if it does not count.</param>
/// <param name="Worked">Whether it is a working day.</param>
/// <param name="Reason">Why it counts or not, in Chinese.</param>
public sealed record DeadlineDay(DateOnly Date, int? Number, bool Worked, string Reason)
{
    /// <summary>Whether it counts.</summary>
    public bool Counted => Number is not null;
}
