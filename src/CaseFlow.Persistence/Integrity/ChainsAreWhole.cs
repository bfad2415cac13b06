using CaseFlow.Cases.Audit;
using CaseFlow.Persistence.Audit;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>Every audit chain counts 1, 2, 3 ... and every hash follows from what stands before; what is shown of an entry is what it says; the daily roots still fit.</summary>
internal sealed class ChainsAreWhole : IIntegrityRule
{
    /// <inheritdoc/>
    public string Counts => "audit entries";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var acts = new Chain("audit-chain", findings);
        var entries = db.Set<AuditEntry>().AsNoTracking().OrderBy(a => a.Chain).ThenBy(a => a.Sequence);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            acts.Next(entry.Chain, entry.Sequence, entry.Content, entry.Hash, () => AuditCopies.Differing(entry));
        }

        var reads = new Chain("access-chain", findings);
        var log = db.Set<AccessLogEntry>().AsNoTracking().OrderBy(a => a.Node).ThenBy(a => a.Day).ThenBy(a => a.Sequence);
        await foreach (var entry in log.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            reads.Next($"{entry.Node} {entry.Day:yyyy-MM-dd}", entry.Sequence, entry.Content, entry.Hash, () => AuditCopies.Differing(entry));
        }

        foreach (var root in await db.Set<AuditRoot>().OrderBy(r => r.Day).ToListAsync(cancellationToken))
        {
            var (_, hash) = await AuditRoots.ComputeAsync(db, root.Day, root.At, cancellationToken);
            if (!hash.AsSpan().SequenceEqual(root.Root))
            {
                findings.Add(new IntegrityFinding("audit-root", root.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "The chains up to this day are no longer those over which the root was made."));
                break;
            }
        }

        return acts.Count + reads.Count;
    }

    private sealed class Chain(string rule, ICollection<IntegrityFinding> findings)
    {
        private string? name;
        private int sequence;
        private byte[] hash = AuditChain.Start;
        private bool broken;

        public long Count { get; private set; }

        public void Next(string chain, int number, byte[] content, byte[] stored, Func<string?> differing)
        {
            Count++;
            if (chain != name)
            {
                (name, sequence, hash) = (chain, 0, AuditChain.Start);
            }

            var expected = AuditChain.Hash(hash, content);
            if (!broken && (number != sequence + 1 || !expected.AsSpan().SequenceEqual(stored)))
            {
                broken = true;
                findings.Add(new IntegrityFinding(rule, $"{chain} {number}", number != sequence + 1 ? $"The entry {sequence + 1} is missing." : "The entry was changed, or one before it."));
            }

            if (!broken && differing() is { } column)
            {
                broken = true;
                findings.Add(new IntegrityFinding(rule, $"{chain} {number}", $"The column {column} says something else than the entry's content."));
            }

            (sequence, hash) = (number, stored);
        }
    }
}
