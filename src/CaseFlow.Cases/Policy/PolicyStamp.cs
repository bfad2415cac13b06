namespace CaseFlow.Cases.Policy;

/// <summary>
/// The one row that names the state of everything in <see cref="PolicySnapshot"/>. Persistence gives it a fresh random value
/// in the transaction of each change. A value is never used twice, so one that was rolled back names nothing that
/// anybody else can meet.
/// </summary>
public sealed class PolicyStamp
{
    /// <summary>The id of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>The name of the state.</summary>
    public Guid Value { get; set; }
}

/// <summary>Reads the stamp as the transaction at hand sees it. Nothing was ever stored: the empty value.</summary>
public interface IPolicyStamp
{
    /// <summary>
    /// The stamp that this service scope works by. It is read once, and again after the scope has changed policy or has waited
    /// for a lock.
    /// </summary>
    ValueTask<Guid> SeenAsync(CancellationToken cancellationToken);

    /// <summary>Asks the database again.</summary>
    Task<Guid> ReadAsync(CancellationToken cancellationToken);
}
