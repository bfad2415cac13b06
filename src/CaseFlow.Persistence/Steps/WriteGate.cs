using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CaseFlow.Persistence.Steps;

/// <summary>
/// SQLite has one writer. Each database file has one permit in this process, so that steps wait in order instead of
/// polling for the file's lock; other processes are waited for by <c>BEGIN IMMEDIATE</c>. PostgreSQL needs no gate.
/// </summary>
internal sealed class WriteGate(CaseFlowPersistenceOptions options)
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim? permit = options.Provider == DatabaseProvider.Sqlite
        ? Gates.GetOrAdd(FileOf(options.ConnectionString), _ => new SemaphoreSlim(1, 1))
        : null;

    /// <summary>Waits for the permit; disposing gives it back.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (permit is null)
        {
            return Open.Instance;
        }

        await permit.WaitAsync(cancellationToken);
        return new Held(permit);
    }

    private static string FileOf(string connectionString) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    private sealed class Open : IDisposable
    {
        public static readonly Open Instance = new();

        public void Dispose()
        {
        }
    }

    private sealed class Held(SemaphoreSlim permit) : IDisposable
    {
        private SemaphoreSlim? held = permit;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
