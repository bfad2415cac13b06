using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Reviews;

namespace CaseFlow.Cases.Tests.Reviews;

public class Review_months
{
    [Theory]
    [InlineData("A", "2026-05", "2027-05")]
    [InlineData("B", "2026-05", "2026-11")]
    [InlineData("C", "2026-11", "2027-02")]
    public void The_first_review_is_the_first_benefit_month_plus_the_interval(string reviewClass, string from, string due) =>
        Assert.Equal(Month.Parse(due), ReviewArithmetic.First(Month.Parse(from), Interval(reviewClass)));

    [Fact]
    public void The_next_one_follows_from_the_due_month_and_the_new_class_so_that_a_late_review_moves_nothing() =>
        Assert.Equal(Month.Parse("2027-11"), ReviewArithmetic.Next(Month.Parse("2027-05"), Interval("B")));

    [Fact]
    public void Start_days_spread_over_the_first_days_of_the_month_and_never_leave_it()
    {
        var days = Enumerable.Range(0, 150).Select(running => ReviewArithmetic.StartDay(Month.Parse("2027-02"), running, 15)).ToList();
        Assert.All(days.GroupBy(day => day), group => Assert.Equal(10, group.Count()));
        Assert.Equal((new DateOnly(2027, 2, 1), new DateOnly(2027, 2, 15)), (days.Min(), days.Max()));
    }

    [Fact]
    public void The_running_number_is_read_from_the_case_number()
    {
        Assert.Equal(123, ReviewArithmetic.RunningNumber("DB-220502-2026-000123"));
        Assert.Equal(0, ReviewArithmetic.RunningNumber("ohne"));
    }

    private static int Interval(string reviewClass) =>
        Shipped.Policy.Months(Cases.Assessment.PolicyKeys.ReviewInterval(reviewClass), new DateOnly(2026, 1, 1));
}
