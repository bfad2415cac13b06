using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Audit;

/// <summary>
/// Appends to the chains within the step. A case's chain is held by the case's lock, a chain of the administration by a lock
/// on its name.
/// </summary>
internal sealed class AuditTrail(CaseFlowDbContext db, Locks locks, IBusinessClock clock) : IAuditTrail
{
    private readonly Dictionary<string, (int Sequence, byte[] Hash)> heads = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task AppendAsync(Id<Case> caseId, Actor actor, string action, JsonObject details, CancellationToken cancellationToken)
    {
        if (!locks.Holds(caseId))
        {
            throw new InvalidOperationException($"The chain of the case {caseId} may only be written under its lock (ILocks.LockCaseAsync).");
        }

        return WriteAsync($"case:{caseId}", caseId, actor, action, details, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string chain, Actor actor, string action, JsonObject details, CancellationToken cancellationToken)
    {
        if (chain.StartsWith("case:", StringComparison.Ordinal) || !chain.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{chain}' is no chain of the administration (<kind>:<id>).", nameof(chain));
        }

        return WriteAsync(chain, null, actor, action, details, cancellationToken);
    }

    private async Task WriteAsync(string chain, Id<Case>? caseId, Actor actor, string action, JsonObject details, CancellationToken cancellationToken)
    {
        if (!heads.TryGetValue(chain, out var head))
        {
            if (caseId is null)
            {
                await LockSql.NameAsync(db, chain, cancellationToken);
            }

            head = await AuditSql.HeadAsync(db, chain, cancellationToken) ?? (0, AuditChain.Start);
        }

        var now = clock.Now;
        var sequence = head.Sequence + 1;
        var content = CanonicalJson.Bytes(new JsonObject
        {
            ["chain"] = chain,
            ["sequence"] = sequence,
            ["at"] = StorageConventions.ToMicroseconds(now),
            ["action"] = action,
            ["actor"] = AuditChain.Describe(actor),
            ["details"] = details.DeepClone(),
        });
        var hash = AuditChain.Hash(head.Hash, content);
        db.Set<AuditEntry>().Add(new AuditEntry
        {
            Chain = chain,
            Sequence = sequence,
            CaseId = caseId,
            Content = content,
            Hash = hash,
            Action = action,
            ActorText = AuditChain.Text(actor),
            At = now,
        });
        heads[chain] = (sequence, hash);
    }
}
