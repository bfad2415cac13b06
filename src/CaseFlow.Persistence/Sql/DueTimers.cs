using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Steps;
using CaseFlow.Persistence.Workflows;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

/// <summary>
/// Bookmarks whose due time has come, without those whose incident waits for its time or for an operator, and without those of
/// instances that have ended. Timers of procedures and of instances that are tied to no case are found apart, so that many of
/// the one kind hide none of the other.
/// </summary>
internal sealed class DueTimers(Transactions transactions, TimeProvider time) : IDueTimers
{
    private const string Due =
        """
        SELECT b.* FROM "WorkflowBookmarks" b
        WHERE b."DueAt" <= {0}
            AND NOT EXISTS (SELECT 1 FROM "WorkflowInstances" w WHERE w."Id" = b."InstanceId" AND w."Status" = 'Finished')
            AND NOT EXISTS (
                SELECT 1 FROM "Incidents" i
                WHERE i."Trigger" = 'bookmark:' || b."Id" AND i."ResolvedAt" IS NULL AND (i."NextTryAt" IS NULL OR i."NextTryAt" > {1}))
            AND
        """;

    /// <summary>Whether the instance is a procedure. Ids of the engine's own making are no UUIDs with hyphens.</summary>
    private const string OfProcedureOnSqlite = """ EXISTS (SELECT 1 FROM "Procedures" p WHERE p."Id" = upper(b."InstanceId"))""";

    private const string OfProcedureOnPostgres =
        """
         EXISTS (SELECT 1 FROM "Procedures" p WHERE p."Id" = CASE
            WHEN b."InstanceId" ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' THEN b."InstanceId"::uuid END)
        """;

    private const string Earliest = """ ORDER BY b."DueAt", b."Id" LIMIT {2}""";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueTimer>> FindAsync(DateTimeOffset moment, int most, CancellationToken cancellationToken) =>
        transactions.ReadAsync<IReadOnlyList<DueTimer>>(
            "timers",
            async (db, stop) =>
            {
                var due = await DueAsync(db, moment, most, ofProcedures: true, stop);
                if (due.Count == 0)
                {
                    return [];
                }

                var procedures = due.Select(b => Id<Procedure>.Parse(b.InstanceId)).ToList();
                var cases = await db.Set<Procedure>()
                    .Where(p => procedures.Contains(p.Id))
                    .ToDictionaryAsync(p => p.Id.ToString(), p => p.CaseId, StringComparer.Ordinal, stop);
                return [.. due.Select(b => new DueTimer(b.InstanceId, b.Id, cases[b.InstanceId]))];
            },
            cancellationToken);

    /// <summary>Those of instances that are tied to no case, the earliest first: instance and bookmark.</summary>
    public Task<List<(string InstanceId, string BookmarkId)>> FindFreeAsync(DateTimeOffset moment, int most, CancellationToken cancellationToken) =>
        transactions.ReadAsync(
            "timers",
            async (db, stop) => (await DueAsync(db, moment, most, ofProcedures: false, stop)).ConvertAll(b => (b.InstanceId, b.Id)),
            cancellationToken);

    private Task<List<WorkflowBookmarkRow>> DueAsync(CaseFlowDbContext db, DateTimeOffset moment, int most, bool ofProcedures, CancellationToken cancellationToken)
    {
        var sql = (db is SqliteCaseFlowDbContext, ofProcedures) switch
        {
            (true, true) => Due + OfProcedureOnSqlite + Earliest,
            (true, false) => Due + " NOT" + OfProcedureOnSqlite + Earliest,
            (false, true) => Due + OfProcedureOnPostgres + Earliest,
            (false, false) => Due + " NOT" + OfProcedureOnPostgres + Earliest,
        };
        return db.Set<WorkflowBookmarkRow>()
            .FromSqlRaw(sql, StorageConventions.ToMicroseconds(moment), StorageConventions.ToMicroseconds(time.GetUtcNow()), most)
            .AsNoTracking().ToListAsync(cancellationToken);
    }
}
