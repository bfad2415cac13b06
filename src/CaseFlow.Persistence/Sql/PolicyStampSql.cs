using CaseFlow.Cases.Policy;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

/// <summary>Writes the stamp of the policy; on PostgreSQL a second change waits here until the first has committed.</summary>
internal static class PolicyStampSql
{
    /// <summary>Stores a stamp.</summary>
    public static Task<int> StoreAsync(CaseFlowDbContext db, Guid stamp, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(Upsert(stamp), cancellationToken);

    /// <summary>Stores a stamp.</summary>
    public static void Store(CaseFlowDbContext db, Guid stamp) => db.Database.ExecuteSql(Upsert(stamp));

    private static FormattableString Upsert(Guid stamp) =>
        $"""
        INSERT INTO "PolicyStamp" ("Id", "Value") VALUES ({PolicyStamp.OnlyId}, {stamp})
        ON CONFLICT ("Id") DO UPDATE SET "Value" = excluded."Value"
        """;
}
