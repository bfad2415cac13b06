using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;

namespace CaseFlow.Server.Staff;

/// <summary>Counts working days for pages; the calendar is read once per request.</summary>
internal sealed class WorkingDays(PolicyDesk policy)
{
    private StatutoryClock? _clock;

    /// <summary>Reads the calendar.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken) => _clock ??= await policy.ClockAsync(cancellationToken);

    /// <summary>Working days from today to the last day: 0 on the day itself, negative once it has passed.</summary>
    public int Left(DateOnly today, DateOnly dueOn) => Clock.RemainingWorkingDays(today, dueOn);

    /// <summary>A deadline day by day, as the law counts it.</summary>
    public DeadlineArithmetic Count(Deadline deadline)
    {
        var arithmetic = Clock.Count(deadline.StartedOn, deadline.Count, deadline.Unit);
        return arithmetic.DueOn == deadline.DueOn ? arithmetic : Clock.Count(deadline.StartedOn, Extended(deadline), deadline.Unit);
    }

    /// <summary>The day that is <paramref name="days"/> working days away.</summary>
    public DateOnly After(DateOnly today, int days) => Clock.DueOn(today, days, DayUnit.WorkingDays);

    private int Extended(Deadline deadline) => deadline.Unit == DayUnit.WorkingDays
        ? Math.Max(deadline.Count, Clock.WorkingDaysBetween(deadline.StartedOn, deadline.DueOn))
        : deadline.Count;

    private StatutoryClock Clock => _clock ?? throw new InvalidOperationException("The calendar has not been read.");
}
