using System.Data;
using CaseFlow.Persistence.Context;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CaseFlow.Persistence.Sql;

/// <summary>A transaction that only reads, and sees the database as it was at its beginning without holding anybody up.</summary>
internal static class SnapshotSql
{
    /// <summary>Begins it on the context.</summary>
    public static async Task<IDbContextTransaction> BeginAsync(CaseFlowDbContext db, CancellationToken cancellationToken)
    {
        if (db is not SqliteCaseFlowDbContext)
        {
            return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        var deferred = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await db.Database.UseTransactionAsync(deferred, cancellationToken))!;
    }
}
