using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Procedures;

/// <summary>
/// Moves a demo's business time forward as time itself would: on the way it stops shortly after each midnight on which a timer
/// is due, or a month closes or begins, and lets happen what has come due, so that everything is dated on its own day and what
/// follows from it counts from there.
/// </summary>
public sealed class ClockWalk(IClockControl control, IBusinessClock clock, IDueTimers timers, IEnumerable<IDueWork> works, TimeProvider time)
{
    /// <summary>How far one walk may lead: a slip of the year must not spoil a demo for good.</summary>
    private const int MostYears = 2;

    private const int MostRounds = 10_000;

    /// <summary>How often a timer is asked for that another worker of this database is just firing.</summary>
    private const int MostWaits = 200;

    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    /// <summary>The kinds of work that are dated by business time; deliveries and rendering follow by themselves.</summary>
    private static readonly string[] Dated = ["timers", "verification", "month-closing", "standard-raise"];

    private readonly List<IDueWork> due = [.. works.Where(work => Dated.Contains(work.Name, StringComparer.Ordinal))];

    /// <summary>Moves to a moment, everything due on the way included. What was passed stays passed if it is stopped.</summary>
    /// <exception cref="RefusedException"><c>clock-not-demo</c>, <c>clock-backward</c> or <c>clock-too-far</c>; nothing has moved.</exception>
    public async Task MoveToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        if (!control.IsDemo || target < clock.Now)
        {
            await control.MoveToAsync(target, cancellationToken);
            return;
        }

        RefuseTooFar(target);
        for (var day = clock.Today.AddDays(1); BusinessTime.StartOf(day) + AfterMidnight < target; day = day.AddDays(1))
        {
            var stop = BusinessTime.StartOf(day) + AfterMidnight;
            if (day.Day is 1 or 26 || (await timers.FindAsync(stop, 1, cancellationToken)).Count > 0)
            {
                await control.MoveToAsync(stop, cancellationToken);
                await DrainAsync(cancellationToken);
            }
        }

        await control.MoveToAsync(target, cancellationToken);
        await DrainAsync(cancellationToken);
    }

    /// <summary>Refuses a moment that lies further ahead than one walk may lead.</summary>
    /// <exception cref="RefusedException"><c>clock-too-far</c>.</exception>
    private void RefuseTooFar(DateTimeOffset target)
    {
        if (target > clock.Now.AddYears(MostYears))
        {
            throw new RefusedException("clock-too-far", $"一次最多往前拨{MostYears}年；再远请分几次拨。");
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var waits = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            var done = 0;
            foreach (var work in due)
            {
                done += await work.RunDueAsync(cancellationToken);
            }

            if (done > 0)
            {
                continue;
            }

            // Another worker may hold the case of a timer at this very moment; time waits for it, but not for ever.
            if (++waits > MostWaits || (await timers.FindAsync(clock.Now, 1, cancellationToken)).Count == 0)
            {
                return;
            }

            await Task.Delay(Wait, time, cancellationToken);
        }
    }
}
