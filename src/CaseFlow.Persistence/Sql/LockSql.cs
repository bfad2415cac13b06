using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

/// <summary>
/// Row locks on PostgreSQL. <c>FOR NO KEY UPDATE</c> excludes every other step but not the foreign keys of rows that other
/// transactions add (messages, access). On SQLite the transaction holds the only write lock already.
/// </summary>
internal static class LockSql
{
    private const string Case = """SELECT "Id" AS "Value" FROM "Cases" WHERE "Id" = {0} FOR NO KEY UPDATE""";
    private const string Person = """SELECT "Id" AS "Value" FROM "Persons" WHERE "Id" = {0} FOR NO KEY UPDATE""";
    private const string Reserve = """SELECT "Id" AS "Value" FROM "ReserveFunds" WHERE "Id" = {0} FOR NO KEY UPDATE""";
    private const string FreeCase = """SELECT "Id" AS "Value" FROM "Cases" WHERE "Id" = {0} FOR NO KEY UPDATE SKIP LOCKED""";

    /// <summary>Waits for a case and locks it; one that is not there yet needs no lock.</summary>
    public static Task CaseAsync(CaseFlowDbContext db, Guid id, CancellationToken cancellationToken) => RowAsync(db, Case, id, cancellationToken);

    /// <summary>Waits for a person and locks it.</summary>
    public static Task PersonAsync(CaseFlowDbContext db, Guid id, CancellationToken cancellationToken) => RowAsync(db, Person, id, cancellationToken);

    /// <summary>Waits for a reserve fund and locks it.</summary>
    public static Task ReserveAsync(CaseFlowDbContext db, Guid id, CancellationToken cancellationToken) => RowAsync(db, Reserve, id, cancellationToken);

    /// <summary>Locks a case unless another transaction has it.</summary>
    public static async Task<bool> TryCaseAsync(CaseFlowDbContext db, Guid id, CancellationToken cancellationToken) =>
        db is SqliteCaseFlowDbContext
        || (await db.Database.SqlQueryRaw<Guid>(FreeCase, id).ToListAsync(cancellationToken)).Count == 1;

    /// <summary>Waits for a name until the transaction ends: for what has no row to lock, such as the end of a chain.</summary>
    public static Task NameAsync(CaseFlowDbContext db, string name, CancellationToken cancellationToken) =>
        db is SqliteCaseFlowDbContext
            ? Task.CompletedTask
            : db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    /// <summary>Raises a series by one; its row stays locked until the step ends, so a rollback leaves no gap.</summary>
    public static async Task<int> NextNumberAsync(CaseFlowDbContext db, string bodyCode, string kind, int year, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>(
            $"""
            INSERT INTO "NumberSeries" ("BodyCode", "Kind", "Year", "Last") VALUES ({bodyCode}, {kind}, {year}, 1)
            ON CONFLICT ("BodyCode", "Kind", "Year") DO UPDATE SET "Last" = "NumberSeries"."Last" + 1
            RETURNING "Last" AS "Value"
            """).ToListAsync(cancellationToken)).Single();

    private static Task RowAsync(CaseFlowDbContext db, string sql, Guid id, CancellationToken cancellationToken) =>
        db is SqliteCaseFlowDbContext
            ? Task.CompletedTask
            : db.Database.SqlQueryRaw<Guid>(sql, id).ToListAsync(cancellationToken);
}
