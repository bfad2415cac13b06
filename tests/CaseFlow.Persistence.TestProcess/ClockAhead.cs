namespace CaseFlow.Persistence.TestProcess;

/// <summary>A machine's clock that is ahead: what an earlier process held has run out, and nobody needs to wait for it.</summary>
/// <param name="hours">By how much.</param>
internal sealed class ClockAhead(int hours) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(hours);
}
