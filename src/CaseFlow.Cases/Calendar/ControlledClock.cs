namespace CaseFlow.Cases.Calendar;

/// <summary>A business clock that stands still until it is told to move: for simulations and tests.</summary>
/// <param name="start">Where it begins.</param>
public sealed class ControlledClock(DateTimeOffset start) : IBusinessClock
{
    private long ticks = start.UtcTicks;

    /// <inheritdoc/>
    public DateTimeOffset Now => new DateTimeOffset(Interlocked.Read(ref ticks), TimeSpan.Zero).ToOffset(BusinessTime.Offset);

    /// <inheritdoc/>
    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    /// <summary>Moves to a later moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies in the past.</exception>
    public void MoveTo(DateTimeOffset moment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moment.UtcTicks, Interlocked.Read(ref ticks), nameof(moment));
        Interlocked.Exchange(ref ticks, moment.UtcTicks);
    }

    /// <summary>Moves forward.</summary>
    public void Advance(TimeSpan by) => MoveTo(Now + by);
}

/// <summary>The civil time of the law: UTC+8 all year.</summary>
public static class BusinessTime
{
    /// <summary>Offset of Asia/Shanghai; there has been no summer time since 1991.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The day in Shanghai on which a moment lies.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>The beginning of a day in Shanghai.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);
}
