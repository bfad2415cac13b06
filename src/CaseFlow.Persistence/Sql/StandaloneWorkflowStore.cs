using System.Data.Common;
using CaseFlow.Persistence.Steps;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CaseFlow.Persistence.Sql;

/// <summary>
/// The engine's store for definitions that are tied to no case: each burst is a transaction of its own. Within this process
/// an instance is entered by one caller at a time; another process that was faster makes the burst fail by the revision.
/// </summary>
internal sealed class StandaloneWorkflowStore(CaseFlowPersistenceOptions options, WriteGate gate) : IWorkflowStore, IDisposable
{
    private readonly Dictionary<string, Turn> turns = new(StringComparer.Ordinal);
    private readonly NpgsqlDataSource? postgres = options.Provider == DatabaseProvider.PostgreSql
        ? NpgsqlDataSource.Create(Context.ContextOptions.Prepared(options.ConnectionString))
        : null;

    /// <inheritdoc/>
    public async ValueTask<IAsyncDisposable> LockAsync(string instanceId, CancellationToken cancellationToken)
    {
        var turn = Join(instanceId);
        try
        {
            await turn.Permit.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(instanceId, turn, held: false);
            throw;
        }

        return new Entered(this, instanceId, turn);
    }

    /// <inheritdoc/>
    public async ValueTask<WorkflowState?> LoadAsync(string instanceId, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        if (await WorkflowSql.LoadAsync(connection, null, instanceId, cancellationToken) is not { } found)
        {
            return null;
        }

        if (Known(instanceId) is { } turn)
        {
            turn.Revision = found.Revision;
        }

        return found.State;
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(WorkflowBurst burst, CancellationToken cancellationToken)
    {
        using var permit = await gate.EnterAsync(cancellationToken);
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var turn = Known(burst.State.InstanceId);
        await WorkflowSql.SaveAsync(connection, transaction, burst, turn?.Revision ?? 0, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (turn is not null)
        {
            turn.Revision = burst.IsNew ? 1 : turn.Revision + 1;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredBookmark>> FindBookmarksAsync(BookmarkQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await WorkflowSql.FindAsync(connection, null, query, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => postgres?.Dispose();

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (postgres is not null)
        {
            return await postgres.OpenConnectionAsync(cancellationToken);
        }

        var connection = new SqliteConnection(options.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText = SqlitePragmas.For(options.FullSync);
        await pragmas.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private Turn? Known(string instanceId)
    {
        lock (turns)
        {
            return turns.GetValueOrDefault(instanceId);
        }
    }

    private Turn Join(string instanceId)
    {
        lock (turns)
        {
            if (!turns.TryGetValue(instanceId, out var turn))
            {
                turns[instanceId] = turn = new Turn();
            }

            turn.Callers++;
            return turn;
        }
    }

    private void Leave(string instanceId, Turn turn, bool held)
    {
        if (held)
        {
            turn.Permit.Release();
        }

        lock (turns)
        {
            if (--turn.Callers == 0)
            {
                turns.Remove(instanceId);
            }
        }
    }

    private sealed class Turn
    {
        public int Callers { get; set; }

        public SemaphoreSlim Permit { get; } = new(1, 1);

        public int Revision { get; set; }
    }

    private sealed class Entered(StandaloneWorkflowStore store, string instanceId, Turn turn) : IAsyncDisposable
    {
        private int left;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                store.Leave(instanceId, turn, held: true);
            }

            return ValueTask.CompletedTask;
        }
    }
}
