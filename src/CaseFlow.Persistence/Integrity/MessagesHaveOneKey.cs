using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Messages;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>No event with two keys, no key for two events, nothing called sent without a time, no attachment that does not exist.</summary>
internal sealed class MessagesHaveOneKey : IIntegrityRule
{
    /// <inheritdoc/>
    public string Counts => "messages";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var messages = db.Set<OutboxMessage>();
        var twice = await messages.GroupBy(m => m.EventKey).Where(g => g.Count() > 1).Select(g => g.Key).FirstOrDefaultAsync(cancellationToken);
        if (twice is not null)
        {
            findings.Add(new IntegrityFinding("event-two-keys", twice, "The event has two messages."));
        }

        var shared = await messages.GroupBy(m => m.MessageKey).Where(g => g.Count() > 1).Select(g => g.Key).FirstOrDefaultAsync(cancellationToken);
        if (shared is not null)
        {
            findings.Add(new IntegrityFinding("key-two-events", shared, "Two events share a key."));
        }

        var undated = await messages.Where(m => m.State == MessageState.Sent && m.SentAt == null).Select(m => m.EventKey).FirstOrDefaultAsync(cancellationToken);
        if (undated is not null)
        {
            findings.Add(new IntegrityFinding("sent-without-time", undated, "The message is called sent, but not when."));
        }

        var dangling = await messages
            .Where(m => m.DocumentId != null && !db.Set<IssuedDocument>().Any(d => d.Id == m.DocumentId))
            .Select(m => m.EventKey)
            .FirstOrDefaultAsync(cancellationToken);
        if (dangling is not null)
        {
            findings.Add(new IntegrityFinding("message-without-document", dangling, "The message attaches a document that does not exist."));
        }

        return await messages.LongCountAsync(cancellationToken);
    }
}
