using CaseFlow.Cases.Audit;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Sql;

/// <summary>Reads chains whatever the scope of the step: a chain is continued by everybody who may act.</summary>
internal static class AuditSql
{
    /// <summary>The last entry of a chain, or null.</summary>
    public static async Task<(int Sequence, byte[] Hash)?> HeadAsync(CaseFlowDbContext db, string chain, CancellationToken cancellationToken)
    {
        var head = await db.Set<AuditEntry>().IgnoreQueryFilters()
            .Where(a => a.Chain == chain)
            .OrderByDescending(a => a.Sequence)
            .Select(a => new { a.Sequence, a.Hash })
            .FirstOrDefaultAsync(cancellationToken);
        return head is null ? null : (head.Sequence, head.Hash);
    }

    /// <summary>The heads of all chains over the entries that were made before a moment.</summary>
    public static async Task<List<(string Chain, int Sequence, byte[] Hash)>> HeadsAsync(CaseFlowDbContext db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var entries = db.Set<AuditEntry>().IgnoreQueryFilters().Where(a => a.At < before);
        var heads = await entries
            .GroupBy(a => a.Chain)
            .Select(g => new { Chain = g.Key, Sequence = g.Max(a => a.Sequence) })
            .Join(entries, h => new { h.Chain, h.Sequence }, a => new { a.Chain, a.Sequence }, (h, a) => new { a.Chain, a.Sequence, a.Hash })
            .ToListAsync(cancellationToken);
        return [.. heads.Select(h => (h.Chain, h.Sequence, h.Hash))];
    }

    /// <summary>The heads of the access log's chains over days before a day.</summary>
    public static async Task<List<(string Chain, int Sequence, byte[] Hash)>> AccessHeadsAsync(CaseFlowDbContext db, DateOnly before, CancellationToken cancellationToken)
    {
        var entries = db.Set<AccessLogEntry>().Where(a => a.Day < before);
        var heads = await entries
            .GroupBy(a => new { a.Node, a.Day })
            .Select(g => new { g.Key.Node, g.Key.Day, Sequence = g.Max(a => a.Sequence) })
            .Join(entries, h => new { h.Node, h.Day, h.Sequence }, a => new { a.Node, a.Day, a.Sequence }, (h, a) => new { a.Node, a.Day, a.Sequence, a.Hash })
            .ToListAsync(cancellationToken);
        return [.. heads.Select(h => ($"access:{h.Node}:{h.Day:yyyy-MM-dd}", h.Sequence, h.Hash))];
    }
}
