using System.Collections.Frozen;
using System.Globalization;

namespace CaseFlow.Cases.Calendar;

/// <summary>
/// Which days are worked. In a year whose notice of the State Council Office has been loaded, the notice decides and every
/// other day follows the week. In any other year the weekends and the statutory holidays (Order 795, from 2025: 13 days)
/// are off, nothing is made up for, and the year is provisional.
/// </summary>
/// <param name="days">The days that differ from the week.</param>
/// <param name="years">The years whose notice is loaded.</param>
public sealed class HolidayCalendar(IEnumerable<CalendarDay> days, IEnumerable<CalendarYear> years)
{
    private readonly FrozenDictionary<DateOnly, CalendarDay> _days = days.ToFrozenDictionary(day => day.Date);
    private readonly FrozenSet<int> _years = years.Select(year => year.Year).ToFrozenSet();

    /// <summary>Whether the notice of the year has been loaded; if not, results in it are provisional.</summary>
    public bool IsPublished(int year) => _years.Contains(year);

    /// <summary>Whether the day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) => Describe(day).Worked;

    /// <summary>Whether the day is worked, and why, in words.</summary>
    public CalendarDayStatus Describe(DateOnly day)
    {
        if (_days.TryGetValue(day, out var row) && Applies(row))
        {
            return row.Kind switch
            {
                CalendarDayKind.MakeUpWork => new CalendarDayStatus(day, true, $"调休上班（{row.Source}）"),
                CalendarDayKind.ProvisionalOff => new CalendarDayStatus(day, false, $"法定节假日（{row.Source}，当年安排未公布）"),
                _ => new CalendarDayStatus(day, false, $"放假（{row.Source}）"),
            };
        }

        return day.DayOfWeek switch
        {
            DayOfWeek.Saturday => new CalendarDayStatus(day, false, "周六"),
            DayOfWeek.Sunday => new CalendarDayStatus(day, false, "周日"),
            _ => new CalendarDayStatus(day, true, "工作日"),
        };
    }

    /// <summary>The number of working days of a year: the check value of a loaded notice (248 in 2025 and in 2026).</summary>
    public int WorkingDaysOf(int year)
    {
        var first = new DateOnly(year, 1, 1);
        return Enumerable.Range(0, CultureInfo.InvariantCulture.Calendar.GetDaysInYear(year))
            .Count(offset => IsWorkingDay(first.AddDays(offset)));
    }

    /// <summary>The first working day on or after the day.</summary>
    public DateOnly RollForward(DateOnly day)
    {
        while (!IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>The last working day on or before the day.</summary>
    public DateOnly RollBack(DateOnly day)
    {
        while (!IsWorkingDay(day))
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    private bool Applies(CalendarDay row) => IsPublished(row.Date.Year) == (row.Kind != CalendarDayKind.ProvisionalOff);
}

/// <summary>A day as the calendar sees it.</summary>
/// <param name="Date">The day.</param>
/// <param name="Worked">Whether it is worked.</param>
/// <param name="Reason">Why, in Chinese.</param>
public sealed record CalendarDayStatus(DateOnly Date, bool Worked, string Reason);
