using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

internal static class OperationSql
{
    /// <summary>Inserts the operation unless it is there; on PostgreSQL waits for a transaction that is inserting the same.</summary>
    /// <returns>Whether it was inserted.</returns>
    public static async Task<bool> TryTakeAsync(
        CaseFlowDbContext db,
        Guid id,
        string step,
        string actor,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Operations" ("OperationId", "StepName", "ActorKey", "ResultJson", "At")
            VALUES ({id}, {step}, {actor}, 'null', {StorageConventions.ToMicroseconds(now)})
            ON CONFLICT ("OperationId") DO NOTHING
            """,
            cancellationToken) == 1;
}
