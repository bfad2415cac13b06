namespace CaseFlow.Cases.Calendar;

/// <summary>
/// Counts periods as the law does. The day of the event does not count (CC 201). Working days are those that the calendar
/// says are worked; periods in calendar days, months and years that end on a day off roll forward to the next working day
/// (CC 203); months end on the corresponding day or, if there is none, on the month's last day (CC 202). Paused days are
/// whole days, do not count, and are shown.
/// </summary>
/// <param name="calendar">The calendar.</param>
public sealed class StatutoryClock(HolidayCalendar calendar)
{
    /// <summary>The calendar in use.</summary>
    public HolidayCalendar Calendar { get; } = calendar;

    /// <summary>The last day of a period.</summary>
    /// <param name="eventDay">The day of the event; it does not count.</param>
    /// <param name="count">How many units; 1 or more.</param>
    /// <param name="unit">Working days, calendar days or months.</param>
    /// <param name="pauses">Pauses with a legal basis, if any.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or the unit is hours (see <see cref="AddHours"/>).</exception>
    public DateOnly DueOn(DateOnly eventDay, int count, DayUnit unit, IReadOnlyCollection<ClockPause>? pauses = null) =>
        Count(eventDay, count, unit, pauses).DueOn;

    /// <summary>The last day of a period with every day on the way.</summary>
    /// <inheritdoc cref="DueOn"/>
    public DeadlineArithmetic Count(DateOnly eventDay, int count, DayUnit unit, IReadOnlyCollection<ClockPause>? pauses = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var walk = new Walk(this, eventDay, pauses ?? []);
        switch (unit)
        {
            case DayUnit.WorkingDays:
                walk.CountWorkingDays(count);
                break;
            case DayUnit.CalendarDays:
                walk.CountCalendarDays(count);
                break;
            case DayUnit.Months:
                walk.CountTo(eventDay.AddMonths(count));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(unit), unit, "Hours are counted from a minute, by AddHours.");
        }

        return new DeadlineArithmetic(eventDay, count, unit, walk.Last, walk.Provisional, walk.Days);
    }

    /// <summary>Hours run from the minute of the report, through nights and holidays (emergency relief).</summary>
    public static DateTimeOffset AddHours(DateTimeOffset reportedAt, int hours) => reportedAt.AddHours(hours);

    /// <summary>The last working day on or before the day of the month by which money is to be on the accounts; never rolls forward.</summary>
    /// <param name="month">The month.</param>
    /// <param name="byDay">The day of the month, normally the 10th.</param>
    public DateOnly PaymentDay(Kernel.Month month, int byDay = 10) =>
        Calendar.RollBack(month.FirstDay.AddDays(byDay - 1));

    /// <summary>
    /// Working days left for the due chip: those after today up to and including the last day; 0 on the last day itself,
    /// negative once it has passed.
    /// </summary>
    public int RemainingWorkingDays(DateOnly today, DateOnly dueOn) =>
        today <= dueOn ? WorkingDaysBetween(today, dueOn) : -Math.Max(1, WorkingDaysBetween(dueOn, today));

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        var days = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            days += Calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return days;
    }

    /// <summary>The limit of a step inside a total: its own or the total's last day, whichever is earlier (local choice, domain B 9).</summary>
    public static DateOnly Earlier(DateOnly step, DateOnly? total) => total is { } end && end < step ? end : step;

    private sealed class Walk
    {
        private readonly StatutoryClock _clock;
        private readonly IReadOnlyCollection<ClockPause> _pauses;
        private readonly List<DeadlineDay> _days = [];
        private int _number;

        public Walk(StatutoryClock clock, DateOnly eventDay, IReadOnlyCollection<ClockPause> pauses)
        {
            _clock = clock;
            _pauses = pauses;
            Last = eventDay;
            _days.Add(new DeadlineDay(eventDay, null, clock.Calendar.IsWorkingDay(eventDay), "当日不计入"));
        }

        public DateOnly Last { get; private set; }

        public bool Provisional { get; private set; }

        public IReadOnlyList<DeadlineDay> Days => _days;

        public void CountWorkingDays(int count)
        {
            while (_number < count)
            {
                Step(onlyWorked: true);
            }
        }

        public void CountCalendarDays(int count)
        {
            while (_number < count)
            {
                Step(onlyWorked: false);
            }

            Roll();
        }

        public void CountTo(DateOnly end)
        {
            while (Last < end)
            {
                if (!Step(onlyWorked: false))
                {
                    end = end.AddDays(1);
                }
            }

            Roll();
        }

        private bool Step(bool onlyWorked)
        {
            var status = Next();
            if (_pauses.FirstOrDefault(pause => pause.Covers(status.Date)) is { } pause)
            {
                _days.Add(new DeadlineDay(status.Date, null, status.Worked, $"中止计时：{pause.Reason}"));
                return false;
            }

            var counts = status.Worked || !onlyWorked;
            _days.Add(new DeadlineDay(status.Date, counts ? ++_number : null, status.Worked, status.Reason));
            return counts;
        }

        private void Roll()
        {
            while (!_clock.Calendar.IsWorkingDay(Last))
            {
                var end = _days[^1];
                _days[^1] = end with { Reason = $"{end.Reason}，期满日非工作日，顺延" };
                var status = Next();
                _days.Add(new DeadlineDay(status.Date, null, status.Worked, status.Worked ? $"顺延至此：{status.Reason}" : status.Reason));
            }
        }

        private CalendarDayStatus Next()
        {
            Last = Last.AddDays(1);
            Provisional |= !_clock.Calendar.IsPublished(Last.Year);
            return _clock.Calendar.Describe(Last);
        }
    }
}
