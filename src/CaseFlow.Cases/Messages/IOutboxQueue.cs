using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Messages;

/// <summary>
/// The mails of the outbox that are to be sent. A lease keeps other processes away for a while; what was handed over when a
/// lease ran out may have arrived, is marked as uncertain and sent again under its same Message-ID.
/// </summary>
public interface IOutboxQueue
{
    /// <summary>Leases mails that are due, oldest first.</summary>
    Task<IReadOnlyList<LeasedMail>> LeaseAsync(int most, CancellationToken cancellationToken) => LeaseAsync(MessageChannel.Mail, most, cancellationToken);

    /// <summary>Leases messages of a channel that are due, oldest first; the address of an SMS is the telephone number.</summary>
    Task<IReadOnlyList<LeasedMail>> LeaseAsync(MessageChannel channel, int most, CancellationToken cancellationToken);

    /// <summary>Notes that the content is about to be handed over.</summary>
    /// <returns>False if the lease was lost or is too short for it: do not send.</returns>
    Task<bool> BeginHandOverAsync(LeasedMail mail, CancellationToken cancellationToken);

    /// <summary>Records the answer and sets when to try again, or that it is sent, dead or uncertain.</summary>
    Task RecordAsync(LeasedMail mail, MailResult result, CancellationToken cancellationToken);

    /// <summary>Gives leases back without an attempt.</summary>
    Task ReleaseAsync(IReadOnlyCollection<LeasedMail> mails, CancellationToken cancellationToken);
}

/// <summary>A mail that this process may send until <paramref name="LeasedUntil"/>.</summary>
/// <param name="Id">The row.</param>
/// <param name="LeasedUntil">Machine time; identifies the lease.</param>
/// <param name="MessageKey">The fixed Message-ID.</param>
/// <param name="To">Address from the registry now; null if there is none any more.</param>
/// <param name="ToName">Name of the receiver.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Body">Text.</param>
/// <param name="DocumentId">Document to attach.</param>
/// <param name="CreatedAt">Business time at which it was written.</param>
public sealed record LeasedMail(
    Id<OutboxMessage> Id,
    DateTimeOffset LeasedUntil,
    string MessageKey,
    string? To,
    string? ToName,
    string Subject,
    string Body,
    Id<IssuedDocument>? DocumentId,
    DateTimeOffset CreatedAt);
