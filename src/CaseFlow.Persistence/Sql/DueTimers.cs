using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Sql;

/// <summary>Bookmarks whose due time has come, without those whose incident waits for its time or for an operator.</summary>
internal sealed class DueTimers(IServiceScopeFactory scopes, TimeProvider time) : IDueTimers
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueTimer>> FindAsync(DateTimeOffset moment, int most, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("timers"));
        var db = scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>();
        var due = await db.Set<WorkflowBookmarkRow>().FromSql(
            $"""
            SELECT b.* FROM "WorkflowBookmarks" b
            WHERE b."DueAt" <= {StorageConventions.ToMicroseconds(moment)} AND NOT EXISTS (
                SELECT 1 FROM "Incidents" i
                WHERE i."Trigger" = 'bookmark:' || b."Id" AND i."ResolvedAt" IS NULL
                    AND (i."NextTryAt" IS NULL OR i."NextTryAt" > {StorageConventions.ToMicroseconds(time.GetUtcNow())}))
            ORDER BY b."DueAt", b."Id" LIMIT {most}
            """).AsNoTracking().ToListAsync(cancellationToken);
        var procedures = due.Select(b => Id<Procedure>.TryParse(b.InstanceId, out var id) ? id : Id<Procedure>.None).ToList();
        var cases = await db.Set<Procedure>()
            .Where(p => procedures.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id.ToString(), p => p.CaseId, StringComparer.Ordinal, cancellationToken);
        return [.. due.Where(b => cases.ContainsKey(b.InstanceId)).Select(b => new DueTimer(b.InstanceId, b.Id, cases[b.InstanceId]))];
    }
}
