using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CaseFlow.Persistence.Steps;

/// <summary>What an error of the database means for the step in which it happened.</summary>
internal static class DatabaseErrors
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteConstraint = 19;
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;
    private static readonly string[] AppendOnly = ["AuditEntries", "AuditRoots", "AccessLog", "Incidents", "Persons"];

    /// <summary>The database error in a chain of exceptions, or null.</summary>
    public static DbException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbException database)
            {
                return database;
            }
        }

        return null;
    }

    /// <summary>Whether the whole chain comes from the database or from EF's concurrency check.</summary>
    public static bool IsDatabase(Exception exception) => Find(exception) is not null || IsConcurrency(exception);

    /// <summary>A row was changed or deleted by somebody else since it was read.</summary>
    public static bool IsConcurrency(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbUpdateConcurrencyException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Serialization failure, deadlock or a busy file: the same step can succeed when it is run again.</summary>
    public static bool IsTransient(Exception exception) => Find(exception) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable,
        _ => false,
    };

    /// <summary>The connection broke: whether a commit was made is not known.</summary>
    public static bool IsBrokenConnection(Exception exception) =>
        Find(exception) is NpgsqlException npgsql
        && (npgsql is not PostgresException || npgsql is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow });

    /// <summary>A unique index refused a row.</summary>
    public static bool IsUnique(Exception exception) => Find(exception) switch
    {
        SqliteException { SqliteErrorCode: SqliteConstraint } sqlite =>
            sqlite.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        _ => false,
    };

    /// <summary>
    /// A unique index refused the next entry of an audit chain, the root of a day, the open incident of a trigger, or a person
    /// new to the registry, because two transactions without a common lock wrote one at once: the step can be run again, and finds it.
    /// </summary>
    public static bool IsAppendRace(Exception exception) =>
        IsUnique(exception) && Array.Exists(AppendOnly, table => Find(exception) is PostgresException postgres
            ? postgres.TableName == table
            : Find(exception)!.Message.Contains(table + ".", StringComparison.Ordinal));
}
