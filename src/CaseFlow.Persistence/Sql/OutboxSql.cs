using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

internal static class OutboxSql
{
    private const string LeaseOnSqlite =
        """
        UPDATE "Outbox" SET "LeasedUntil" = {0},
            "State" = CASE WHEN "HandedOverAt" IS NULL THEN "State" ELSE 'Uncertain' END,
            "DeliveryUncertain" = CASE WHEN "HandedOverAt" IS NULL THEN "DeliveryUncertain" ELSE 1 END,
            "Attempts" = CASE WHEN "HandedOverAt" IS NULL THEN "Attempts" ELSE "Attempts" + 1 END,
            "HandedOverAt" = NULL
        WHERE "Id" IN (
            SELECT "Id" FROM "Outbox"
            WHERE "State" IN ('Pending', 'Uncertain') AND "Channel" = {3} AND "NotBefore" <= {1}
                AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= {1})
            ORDER BY "NotBefore", "Id" LIMIT {2})
        RETURNING "Id" AS "Value"
        """;

    private static readonly string LeaseOnPostgres = LeaseOnSqlite
        .Replace("ELSE 1 END", "ELSE TRUE END", StringComparison.Ordinal)
        .Replace("LIMIT {2})", "LIMIT {2} FOR UPDATE SKIP LOCKED)", StringComparison.Ordinal);

    /// <summary>
    /// Leases what is due and not leased. Where a lease ran out after the hand-over, the message may have arrived: it
    /// becomes uncertain, which counts as an attempt.
    /// </summary>
    public static async Task<List<Id<OutboxMessage>>> LeaseAsync(CaseFlowDbContext db, MessageChannel channel, DateTimeOffset now, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        var sql = db is SqliteCaseFlowDbContext ? LeaseOnSqlite : LeaseOnPostgres;
        var ids = await db.Database
            .SqlQueryRaw<Guid>(sql, StorageConventions.ToMicroseconds(until), StorageConventions.ToMicroseconds(now), most, channel.ToString())
            .ToListAsync(cancellationToken);
        return [.. ids.Select(id => new Id<OutboxMessage>(id))];
    }

    /// <summary>Marks the hand-over if the lease is still ours.</summary>
    public static Task<int> BeginHandOverAsync(CaseFlowDbContext db, LeasedMail mail, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<OutboxMessage>()
            .Where(m => m.Id == mail.Id && m.LeasedUntil == mail.LeasedUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.HandedOverAt, now), cancellationToken);

    /// <summary>Gives a lease back.</summary>
    public static Task<int> ReleaseAsync(CaseFlowDbContext db, LeasedMail mail, CancellationToken cancellationToken) =>
        db.Set<OutboxMessage>()
            .Where(m => m.Id == mail.Id && m.LeasedUntil == mail.LeasedUntil && m.HandedOverAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
}
