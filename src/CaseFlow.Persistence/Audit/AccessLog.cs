using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Organisation;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Steps;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Audit;

/// <summary>The access log of this node: one short transaction for each entry, one at a time.</summary>
internal sealed class AccessLog(Transactions transactions, CaseFlowPersistenceOptions options, TimeProvider time, IBusinessClock clock)
    : IAccessLog, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <inheritdoc/>
    public async Task RecordAsync(Actor actor, string action, string subject, string? reason, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await transactions.RunAsync("access log", (db, stop) => AppendAsync(db, actor, action, subject, reason, stop), cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<int> AppendAsync(CaseFlowDbContext db, Actor actor, string action, string subject, string? reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var day = BusinessTime.DayOf(now);
        var head = await db.Set<AccessLogEntry>()
            .Where(a => a.Node == options.NodeName && a.Day == day)
            .OrderByDescending(a => a.Sequence)
            .Select(a => new { a.Sequence, a.Hash })
            .FirstOrDefaultAsync(cancellationToken);
        var sequence = (head?.Sequence ?? 0) + 1;
        var content = CanonicalJson.Bytes(new JsonObject
        {
            ["node"] = options.NodeName,
            ["day"] = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["sequence"] = sequence,
            ["at"] = StorageConventions.ToMicroseconds(now),
            ["businessTime"] = StorageConventions.ToMicroseconds(clock.Now),
            ["action"] = action,
            ["subject"] = subject,
            ["reason"] = reason,
            ["actor"] = AuditChain.Describe(actor),
        });
        db.Set<AccessLogEntry>().Add(new AccessLogEntry
        {
            Node = options.NodeName,
            Day = day,
            Sequence = sequence,
            Content = content,
            Hash = AuditChain.Hash(head?.Hash ?? AuditChain.Start, content),
        });
        return sequence;
    }
}
