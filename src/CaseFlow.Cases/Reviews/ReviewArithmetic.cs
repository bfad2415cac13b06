using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Reviews;

/// <summary>
/// When periodic reviews come due (Dibao-57 Art. 31: yearly, or half-yearly for uncertain income and the able-bodied; classes
/// and the month are local choices). A review is to be finished by the last day of its month; nothing rolls, and a late
/// review moves nothing.
/// </summary>
public static class ReviewArithmetic
{
    /// <summary>The first review: first benefit month plus the interval.</summary>
    public static Month First(Month benefitFrom, int intervalMonths) => benefitFrom.Plus(intervalMonths);

    /// <summary>The next review: the last due month (not the month in which it was really done) plus the interval of the class decided there.</summary>
    public static Month Next(Month lastDueMonth, int intervalMonths) => lastDueMonth.Plus(intervalMonths);

    /// <summary>
    /// The day on which the procedure starts: in the due month, spread evenly over its first days by the case's running
    /// number, so that a township does not get them all on the first.
    /// </summary>
    /// <param name="dueMonth">The due month.</param>
    /// <param name="running">The running number of the case; 0 or more.</param>
    /// <param name="spreadDays">Over how many days, 1 to 28.</param>
    public static DateOnly StartDay(Month dueMonth, long running, int spreadDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(running, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(spreadDays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spreadDays, 28);
        return dueMonth.FirstDay.AddDays((int)(running % spreadDays));
    }

    /// <summary>The running number at the end of a case number (<c>DB-220502-2026-000123</c> → 123); 0 if it has none.</summary>
    public static long RunningNumber(string caseNumber) =>
        long.TryParse(caseNumber.AsSpan(caseNumber.LastIndexOf('-') + 1), out var running) && running >= 0 ? running : 0;
}
