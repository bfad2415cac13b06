namespace CaseFlow.Server.Commands;

/// <summary>A clock that a script moves forward instead of waiting.</summary>
internal sealed class RunDefinitionClock : TimeProvider
{
    private DateTimeOffset now = System.GetUtcNow();

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Moves the clock to a moment that is not before now.</summary>
    public void MoveTo(DateTimeOffset moment) => now = moment > now ? moment : now;
}
