using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;

namespace CaseFlow.Persistence.Blobs;

/// <summary>Removes staged content that no row refers to after 30 days, as long as a draft may be left lying.</summary>
internal sealed class BlobSweeper(Transactions transactions, TimeProvider time) : IDueWork
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan Between = TimeSpan.FromHours(6);
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public string Name => "blob-sweep";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < next)
        {
            return 0;
        }

        next = now + Between;
        await SweepAsync(now - Kept, cancellationToken);
        return 0;
    }

    /// <summary>Removes what was stored before a moment and is referred to by nothing.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> SweepAsync(DateTimeOffset storedBefore, CancellationToken cancellationToken) =>
        transactions.RunAsync("blob sweep", (db, stop) => BlobSql.SweepAsync(db, storedBefore, stop), cancellationToken);
}
