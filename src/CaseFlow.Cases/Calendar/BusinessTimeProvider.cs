namespace CaseFlow.Cases.Calendar;

/// <summary>The business clock for code that asks a <see cref="TimeProvider"/>, such as the engine, which dates journals and timers by it.</summary>
/// <param name="clock">The business clock.</param>
public sealed class BusinessTimeProvider(IBusinessClock clock) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.Now.ToUniversalTime();
}
