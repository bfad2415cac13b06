using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

internal static class IncidentSql
{
    /// <summary>Closes the open incident of a trigger, if there is one: skipped if an operator had said so, else retried.</summary>
    public static Task ResolveAsync(CaseFlowDbContext db, string trigger, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "Incidents"
            SET "ResolvedAt" = {StorageConventions.ToMicroseconds(now)}, "NextTryAt" = NULL,
                "Resolution" = CASE WHEN "SkipOutcome" IS NULL THEN 'retried' ELSE 'skipped' END
            WHERE "Trigger" = {trigger} AND "ResolvedAt" IS NULL
            """,
            cancellationToken);
}
