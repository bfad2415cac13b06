using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Activities.Tests;

/// <summary>A demo's clock walks day by day, and no slip of the year spoils it.</summary>
public sealed class ClockWalkTests
{
    [Theory]
    [InlineData("9999-02-01", "clock-too-far")]
    [InlineData("2028-03-03", "clock-too-far")]
    public async Task A_moment_too_far_ahead_moves_nothing(string day, string code)
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var before = host.Clock.Now;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => WalkAsync(host, day, DibaoHost.Stop));
        Assert.Equal((code, before), (refused.Refusal.Code, host.Clock.Now));
    }

    [Fact]
    public async Task Two_years_at_once_are_walked()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        await WalkAsync(host, "2028-03-01", DibaoHost.Stop);
        Assert.Equal(new DateOnly(2028, 3, 1), host.Clock.Today);
    }

    [Fact]
    public async Task A_walk_that_is_stopped_stays_where_it_was()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WalkAsync(host, "2027-03-01", stop.Token));
        Assert.Equal(new DateOnly(2026, 3, 2), host.Clock.Today);
    }

    private static Task WalkAsync(DibaoHost host, string day, CancellationToken stop) =>
        new ClockWalk(new DemoControl(host.Clock), host.Clock, host.Get<IDueTimers>(), host.Get<IEnumerable<IDueWork>>(), TimeProvider.System)
            .MoveToAsync(BusinessTime.StartOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).AddHours(9), stop);

    /// <summary>The clock of a demo, without the row that a server keeps of it.</summary>
    private sealed class DemoControl(ControlledClock clock) : IClockControl
    {
        public bool IsDemo => true;

        public Task MakeDemoAsync(DateTimeOffset start, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task MoveToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
        {
            clock.MoveTo(moment);
            return Task.CompletedTask;
        }
    }
}
