using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CaseFlow.Persistence.Tests.Support;

/// <summary>How a database can fail in the middle of a step.</summary>
internal enum DatabaseFault
{
    /// <summary>PostgreSQL: two transactions waited for each other. SQLite: the file was busy.</summary>
    Deadlock,

    /// <summary>PostgreSQL: the snapshot could not be kept. SQLite: a table was locked.</summary>
    Serialization,

    /// <summary>No answer came in time; the command was not carried out.</summary>
    Timeout,

    /// <summary>The commit was refused.</summary>
    CommitRefused,

    /// <summary>The commit was made, but its answer was lost (PostgreSQL only: SQLite lives in the process).</summary>
    AnswerLost,
}

/// <summary>
/// Stands between the steps and a real database and lets it fail: on its n-th command, before a commit, or after it. While
/// nothing is planned everything passes.
/// </summary>
internal sealed class FailingDatabase(DatabaseProvider provider)
{
    private readonly Lock gate = new();
    private DatabaseFault? next;
    private int commandsLeft;

    /// <summary>How often it failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The faults that this database knows.</summary>
    public static IReadOnlyList<DatabaseFault> Of(DatabaseProvider provider) => provider == DatabaseProvider.Sqlite
        ? [DatabaseFault.Deadlock, DatabaseFault.Serialization, DatabaseFault.CommitRefused]
        : Enum.GetValues<DatabaseFault>();

    /// <summary>The interceptor for the contexts.</summary>
    public IInterceptor[] Interceptors => [new Commands(this), new Commits(this)];

    /// <summary>Plans one fault: on the n-th command from now, or at the first commit.</summary>
    public void Fail(DatabaseFault fault, int commands)
    {
        lock (gate)
        {
            (next, commandsLeft) = (fault, commands);
        }
    }

    /// <summary>Plans nothing any more.</summary>
    public void Calm()
    {
        lock (gate)
        {
            next = null;
        }
    }

    private void Meet(params DatabaseFault[] here)
    {
        lock (gate)
        {
            if (next is not { } fault || !here.Contains(fault) || (fault < DatabaseFault.CommitRefused && commandsLeft-- > 0))
            {
                return;
            }

            next = null;
            Failures++;
            throw Error(fault);
        }
    }

    private DbException Error(DatabaseFault fault) => provider == DatabaseProvider.Sqlite
        ? new SqliteException("injected", fault == DatabaseFault.Serialization ? 6 : 5)
        : fault switch
        {
            DatabaseFault.Deadlock => new PostgresException("injected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected),
            DatabaseFault.Serialization or DatabaseFault.CommitRefused => new PostgresException("injected", "ERROR", "ERROR", PostgresErrorCodes.SerializationFailure),
            DatabaseFault.Timeout => new NpgsqlException("injected", new TimeoutException()),
            _ => new NpgsqlException("injected", new IOException("connection reset by peer")),
        };

    private sealed class Commands(FailingDatabase database) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            database.Meet(DatabaseFault.Deadlock, DatabaseFault.Serialization, DatabaseFault.Timeout);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            database.Meet(DatabaseFault.Deadlock, DatabaseFault.Serialization, DatabaseFault.Timeout);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }
    }

    private sealed class Commits(FailingDatabase database) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            database.Meet(DatabaseFault.CommitRefused);
            return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            database.Meet(DatabaseFault.AnswerLost);
            return base.TransactionCommittedAsync(transaction, eventData, cancellationToken);
        }
    }
}
