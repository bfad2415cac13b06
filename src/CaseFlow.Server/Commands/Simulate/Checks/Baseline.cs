using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate.Checks;

/// <summary>What was there before a step, so that expectations speak of what the step brought.</summary>
/// <param name="Documents">Documents.</param>
/// <param name="Messages">Messages.</param>
/// <param name="Audit">Length of the chain of each case.</param>
/// <param name="Mails">Mails delivered.</param>
internal sealed record Baseline(
    IReadOnlySet<Id<IssuedDocument>> Documents,
    IReadOnlySet<Id<OutboxMessage>> Messages,
    IReadOnlyDictionary<string, int> Audit,
    int Mails)
{
    /// <summary>Takes stock.</summary>
    public static async Task<Baseline> TakeAsync(ScenarioWorld world) => new(
        (await world.ReadAsync(work => work.Set<IssuedDocument>().Select(row => row.Id).ToListAsync())).ToHashSet(),
        (await world.ReadAsync(work => work.Set<OutboxMessage>().Select(row => row.Id).ToListAsync())).ToHashSet(),
        await world.ReadAsync(work => work.Set<AuditEntry>().GroupBy(row => row.Chain)
            .Select(chain => new { chain.Key, Length = chain.Max(row => row.Sequence) }).ToDictionaryAsync(chain => chain.Key, chain => chain.Length)),
        world.Host.Mailbox.Mails.Count);

    /// <summary>The documents that have come since, in the order of their issue.</summary>
    public async Task<IReadOnlyList<IssuedDocument>> NewDocumentsAsync(ScenarioWorld world, Id<Case> caseId) =>
        [.. (await world.ReadAsync(work => work.Set<IssuedDocument>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync()))
            .Where(row => !Documents.Contains(row.Id)).OrderBy(row => row.IssuedAt).ThenBy(row => row.Id)];

    /// <summary>The messages that have come since.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> NewMessagesAsync(ScenarioWorld world, Id<Case> caseId) =>
        [.. (await world.ReadAsync(work => work.Set<OutboxMessage>().AsNoTracking().Where(row => row.CaseId == caseId).ToListAsync()))
            .Where(row => !Messages.Contains(row.Id)).OrderBy(row => row.Id)];

    /// <summary>The acts that have been written into the case's chain since.</summary>
    public async Task<IReadOnlyList<AuditEntry>> NewAuditAsync(ScenarioWorld world, Id<Case> caseId)
    {
        var chain = $"case:{caseId}";
        var from = Audit.GetValueOrDefault(chain);
        return await world.ReadAsync(work => work.Set<AuditEntry>().AsNoTracking()
            .Where(row => row.Chain == chain && row.Sequence > from).OrderBy(row => row.Sequence).ToListAsync());
    }
}
