using System.Globalization;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>
/// The machine's clock of a simulation: it stands, but for a microsecond each time it is read, so that nothing is
/// simultaneous by accident and a run takes the same business times as any other run of the same scenario.
/// </summary>
/// <param name="start">Where it stands.</param>
internal sealed class ScenarioTime(DateTimeOffset start) : TimeProvider
{
    private long _microseconds;

    /// <summary>Where it stands now.</summary>
    public DateTimeOffset Standing => start.AddMicroseconds(Interlocked.Read(ref _microseconds));

    /// <summary>Moves it, so that what another process wrote at its own machine time lies in the past.</summary>
    public void Skip(TimeSpan by) => Interlocked.Add(ref _microseconds, (long)by.TotalMicroseconds);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start.AddMicroseconds(Interlocked.Increment(ref _microseconds));

    /// <summary>Reads a business time: <c>2026-02-13 09:00</c>, or a day (then 09:00).</summary>
    public static DateTimeOffset Parse(string text, string place)
    {
        string[] formats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), BusinessTime.Offset);
        }

        return DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, BusinessTime.Offset)
            : throw new ScenarioException(place, $"'{text}' is no time; write 2026-02-13 09:00.");
    }
}

/// <summary>
/// Moves business time forward. On the way it stops shortly after each midnight on which a timer is due or a month closes or
/// begins, and lets everything happen that has come due, as the background workers would; deliveries to other systems are
/// left to the scenario.
/// </summary>
internal sealed class ScenarioClock(IClockControl control, IBusinessClock clock, IDueTimers timers, IEnumerable<IDueWork> works)
{
    private const int MostRounds = 10_000;

    /// <summary>Killed processes cost some machine time, so a step may name the minute that has just passed.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(5);
    private readonly List<IDueWork> _works = [.. works.Where(work => !work.Name.Contains("verification", StringComparison.OrdinalIgnoreCase))];

    /// <summary>Moves to a moment, everything due on the way included.</summary>
    public async Task MoveToAsync(DateTimeOffset target, string place, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        if (target < now - Tolerance)
        {
            throw new ScenarioException(place, $"time only goes forward: it is {now:yyyy-MM-dd HH:mm} already.");
        }

        for (var stop = now.Date.AddDays(1) + AfterMidnight; stop < target.DateTime; stop = stop.AddDays(1))
        {
            var moment = new DateTimeOffset(stop, BusinessTime.Offset);
            if (stop.Day is not (1 or 26) && (await timers.FindAsync(moment, 1, cancellationToken)).Count == 0)
            {
                continue;
            }

            await control.MoveToAsync(moment, cancellationToken);
            await RunDueAsync(cancellationToken);
        }

        if (target > clock.Now)
        {
            await control.MoveToAsync(target, cancellationToken);
        }

        await RunDueAsync(cancellationToken);
    }

    /// <summary>Does everything that is due now.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var done = 0;
            foreach (var work in _works)
            {
                done += await work.RunDueAsync(cancellationToken);
            }

            if (done == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException($"Work stays due without an end at {clock.Now:O}.");
    }
}
