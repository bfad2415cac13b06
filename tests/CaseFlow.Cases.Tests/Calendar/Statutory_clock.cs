using System.Globalization;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CaseFlow.Cases.Tests.Calendar;

public class Statutory_clock
{
    /// <summary>Worked dates of the domain document, section B.</summary>
    [Theory]
    [InlineData("2026-02-13", 3, DayUnit.WorkingDays, "2026-02-25")]
    [InlineData("2026-02-13", 30, DayUnit.WorkingDays, "2026-04-02")]
    [InlineData("2026-02-13", 45, DayUnit.WorkingDays, "2026-04-24")]
    [InlineData("2026-04-29", 3, DayUnit.WorkingDays, "2026-05-07")]
    [InlineData("2026-04-29", 30, DayUnit.WorkingDays, "2026-06-12")]
    [InlineData("2026-09-28", 7, DayUnit.CalendarDays, "2026-10-08")]
    [InlineData("2026-09-22", 7, DayUnit.CalendarDays, "2026-09-29")]
    [InlineData("2026-09-24", 3, DayUnit.WorkingDays, "2026-09-30")]
    [InlineData("2026-04-30", 5, DayUnit.WorkingDays, "2026-05-11")]
    [InlineData("2025-12-22", 60, DayUnit.CalendarDays, "2026-02-24")]
    [InlineData("2025-12-22", 20, DayUnit.WorkingDays, "2026-01-20")]
    [InlineData("2026-08-05", 60, DayUnit.CalendarDays, "2026-10-08")]
    [InlineData("2026-09-29", 10, DayUnit.WorkingDays, "2026-10-19")]
    [InlineData("2026-03-02", 20, DayUnit.WorkingDays, "2026-03-30")]
    [InlineData("2026-01-20", 30, DayUnit.CalendarDays, "2026-02-24")]
    [InlineData("2025-08-31", 6, DayUnit.Months, "2026-02-28")]
    [InlineData("2025-09-26", 10, DayUnit.WorkingDays, "2025-10-16")]
    public void Worked_dates_of_the_domain_document(string eventDay, int count, DayUnit unit, string due) =>
        Assert.Equal(Day(due), Shipped.Clock.DueOn(Day(eventDay), count, unit));

    [Fact]
    public void Expert_review_pauses_a_licence_and_is_shown_in_the_arithmetic()
    {
        var count = Shipped.Clock.Count(Day("2026-03-02"), 20, DayUnit.WorkingDays, [new ClockPause(Day("2026-03-10"), Day("2026-03-19"), "专家评审")]);
        Assert.Equal(Day("2026-04-10"), count.DueOn);
        Assert.Equal(10, count.Days.Count(day => day.Reason.Contains("专家评审", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(1, 20), count.Days.Where(day => day.Counted).Select(day => day.Number!.Value));
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void Both_shipped_years_have_248_working_days(int year) =>
        Assert.Equal(248, Shipped.Clock.Calendar.WorkingDaysOf(year));

    [Fact]
    public void The_day_of_the_event_does_not_count_and_says_so()
    {
        var days = Shipped.Clock.Count(Day("2026-02-13"), 3, DayUnit.WorkingDays).Days;
        Assert.Equal((Day("2026-02-13"), null, "当日不计入"), (days[0].Date, days[0].Number, days[0].Reason));
        Assert.Equal((Day("2026-02-14"), 1), (days[1].Date, days[1].Number));
        Assert.Contains("调休上班", days[1].Reason, StringComparison.Ordinal);
        Assert.Equal((Day("2026-02-25"), 3), (days[^1].Date, days[^1].Number));
    }

    [Fact]
    public void Hours_run_through_nights_and_holidays() =>
        Assert.Equal(
            new DateTimeOffset(2026, 10, 3, 22, 15, 0, TimeSpan.FromHours(8)),
            StatutoryClock.AddHours(new DateTimeOffset(2026, 10, 1, 22, 15, 0, TimeSpan.FromHours(8)), 48));

    [Theory]
    [InlineData("2026-10", "2026-10-10")]
    [InlineData("2026-05", "2026-05-09")]
    [InlineData("2026-01", "2026-01-09")]
    [InlineData("2026-07", "2026-07-10")]
    public void Payment_by_the_tenth_rolls_backward(string month, string day) =>
        Assert.Equal(Day(day), Shipped.Clock.PaymentDay(Month.Parse(month)));

    [Theory]
    [InlineData("2026-04-29", "2026-05-07", 3)]
    [InlineData("2026-05-07", "2026-05-07", 0)]
    [InlineData("2026-05-08", "2026-05-07", -1)]
    [InlineData("2026-05-11", "2026-05-07", -3)]
    [InlineData("2026-05-16", "2026-05-15", -1)]
    public void The_due_chip_counts_working_days(string today, string due, int left) =>
        Assert.Equal(left, Shipped.Clock.RemainingWorkingDays(Day(today), Day(due)));

    [Fact]
    public void A_deadline_that_reaches_a_year_without_notice_is_provisional_and_moves_when_it_is_loaded()
    {
        var before = Shipped.Clock.Count(Day("2026-12-25"), 10, DayUnit.WorkingDays);
        Assert.Equal((Day("2027-01-11"), true), (before.DueOn, before.Provisional));
        Assert.False(Shipped.Clock.Count(Day("2026-02-13"), 30, DayUnit.WorkingDays).Provisional);

        var loaded = new StatutoryClock(new HolidayCalendar(
            [
                .. Shipped.Folder.Days.Where(day => day.Date.Year < 2027),
                new CalendarDay { Date = Day("2027-01-01"), Kind = CalendarDayKind.Off, Source = "示例" },
                new CalendarDay { Date = Day("2027-01-04"), Kind = CalendarDayKind.Off, Source = "示例" },
            ],
            [.. Shipped.Folder.Years, new CalendarYear { Year = 2027, Source = "示例" }]));
        var after = loaded.Count(Day("2026-12-25"), 10, DayUnit.WorkingDays);
        Assert.Equal((Day("2027-01-12"), false), (after.DueOn, after.Provisional));
    }

    [Fact]
    public void A_year_without_notice_has_its_thirteen_statutory_days_and_no_make_up_work()
    {
        var calendar = Shipped.Clock.Calendar;
        var off = Enumerable.Range(0, 365).Select(offset => Day("2027-01-01").AddDays(offset))
            .Where(day => Shipped.Folder.Days.Any(row => row.Date == day && row.Kind == CalendarDayKind.ProvisionalOff)).ToList();
        Assert.Equal(13, off.Count);
        Assert.All(off, day => Assert.False(calendar.IsWorkingDay(day)));
        Assert.False(calendar.IsWorkingDay(Day("2027-02-08")));
        Assert.True(calendar.IsWorkingDay(Day("2027-02-09")));
    }

    [Theory]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-03-31", 6, "2026-09-30")]
    public void Months_end_on_the_corresponding_day_or_the_last_of_the_month(string eventDay, int months, string due) =>
        Assert.Equal(Day(due), Shipped.Clock.DueOn(Day(eventDay), months, DayUnit.Months));

    [Property(MaxTest = 400)]
    public Property Counting_agrees_with_a_naive_walk() =>
        Prop.ForAll(
            Gen.Choose(0, 900).Zip(Gen.Choose(1, 70)).Zip(Gen.Choose(0, 60).Zip(Gen.Choose(0, 15))).ToArbitrary(),
            sample =>
            {
                var ((offset, count), (pauseAfter, pauseDays)) = sample;
                var start = Day("2025-01-01").AddDays(offset);
                var pause = new ClockPause(start.AddDays(pauseAfter), start.AddDays(pauseAfter + pauseDays), "检验");
                return Shipped.Clock.DueOn(start, count, DayUnit.WorkingDays, [pause]) == Naive(start, count, true, pause)
                    && Shipped.Clock.DueOn(start, count, DayUnit.CalendarDays, [pause]) == Naive(start, count, false, pause);
            });

    [Property(MaxTest = 200)]
    public Property The_last_day_is_worked_and_later_events_never_end_earlier() =>
        Prop.ForAll(
            Gen.Choose(0, 800).Zip(Gen.Choose(1, 60)).ToArbitrary(),
            sample =>
            {
                var start = Day("2025-01-01").AddDays(sample.Item1);
                return Enum.GetValues<DayUnit>().Where(unit => unit != DayUnit.Hours).All(unit =>
                {
                    var due = Shipped.Clock.DueOn(start, unit == DayUnit.Months ? 1 + (sample.Item2 % 12) : sample.Item2, unit);
                    var later = Shipped.Clock.DueOn(start.AddDays(1), unit == DayUnit.Months ? 1 + (sample.Item2 % 12) : sample.Item2, unit);
                    return Shipped.Clock.Calendar.IsWorkingDay(due) && due <= later;
                });
            });

    /// <summary>An independent count over a plain list of days off, written without the code under test.</summary>
    private static DateOnly Naive(DateOnly start, int count, bool onlyWorked, ClockPause pause)
    {
        var day = start;
        for (var counted = 0; counted < count;)
        {
            day = day.AddDays(1);
            if ((day < pause.From || day > pause.To) && (!onlyWorked || Worked(day)))
            {
                counted++;
            }
        }

        while (!Worked(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static bool Worked(DateOnly day)
    {
        var row = Shipped.Folder.Days.FirstOrDefault(candidate => candidate.Date == day);
        return row?.Kind switch
        {
            CalendarDayKind.MakeUpWork => true,
            null => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
            _ => false,
        };
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
