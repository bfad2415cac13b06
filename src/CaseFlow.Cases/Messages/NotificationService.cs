using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Messages;

/// <summary>
/// Writes messages into the outbox of the current step; they travel after the commit. One event, recipient and channel has
/// one row with one fixed key. The subject never names the benefit: a mail box is read over shoulders.
/// </summary>
public sealed class NotificationService(IUnitOfWork work, IBusinessClock clock, TimeProvider machine, MessageDesk desk, MessageOptions options)
{
    /// <summary>The domain part of Message-IDs.</summary>
    private const string MessageDomain = "caseflow.local";

    /// <summary>
    /// Tells the applicant: always on the portal, by mail where an address is known, by SMS where there is a gateway. A document
    /// goes along as PDF only to who consented to electronic delivery in writing; others are told that it waits for them.
    /// </summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="eventKey">Names the event within the case; saying the same event again writes nothing.</param>
    /// <param name="words">What the person reads if the case type has no wording for the message.</param>
    /// <param name="document">The document that it is about, if any.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <param name="message">Key of the case type's wording.</param>
    public async Task TellApplicantAsync(
        Case caseFile, string eventKey, string words, IssuedDocument? document, CancellationToken cancellationToken, string? message = null)
    {
        var person = await work.Set<Person>().FirstAsync(p => p.Id == caseFile.ApplicantId, cancellationToken);
        var account = await work.Set<Account>()
            .Where(a => a.PersonId == person.Id && a.Kind == AccountKind.Citizen)
            .Select(a => (Id<Account>?)a.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var wording = await desk.WordAsync(caseFile, message, words, document, cancellationToken);
        await AddAsync(caseFile, eventKey, MessageChannel.Portal, person.Id, account ?? (caseFile.Channel == "online" ? caseFile.FiledBy : null), wording.Subject, words, document?.Id, cancellationToken);
        if (!string.IsNullOrEmpty(person.Email))
        {
            var attached = person.ElectronicDeliveryConsent ? document?.Id : null;
            await AddAsync(caseFile, eventKey, MessageChannel.Mail, person.Id, null, wording.Subject, wording.Mail, attached, cancellationToken);
        }

        if (options.Sms && !string.IsNullOrEmpty(person.Phone))
        {
            await AddAsync(caseFile, eventKey, MessageChannel.Sms, person.Id, null, wording.Subject, wording.Sms, null, cancellationToken);
        }
    }

    /// <summary>Tells a member of staff on the portal; also by mail if it is asked for and the account has an address.</summary>
    public async Task TellStaffAsync(
        Case caseFile, string eventKey, Id<Account> account, string text, CancellationToken cancellationToken, bool mail = false)
    {
        var subject = $"办件 {caseFile.Number} 有新的消息";
        await AddAsync(caseFile, $"{eventKey}/{account}", MessageChannel.Portal, null, account, subject, text, null, cancellationToken);
        if (mail && await work.Set<Account>().AnyAsync(a => a.Id == account && a.Email != null && a.Email != "", cancellationToken))
        {
            await AddAsync(caseFile, $"{eventKey}/{account}", MessageChannel.Mail, null, account, subject, text, null, cancellationToken);
        }
    }

    /// <summary>Tells everybody who works on the case or has done so.</summary>
    public async Task TellHandlersAsync(Case caseFile, string eventKey, string text, CancellationToken cancellationToken)
    {
        var handlers = await work.Set<WorkTask>()
            .Where(t => t.CaseId == caseFile.Id && t.AssigneeId != null && !t.ForCitizen)
            .Select(t => t.AssigneeId!.Value)
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var handler in handlers)
        {
            await TellStaffAsync(caseFile, eventKey, handler, text, cancellationToken);
        }
    }

    /// <summary>The fixed Message-ID of a message.</summary>
    internal static string KeyOf(OutboxMessage message) => $"<{message.Id}@{MessageDomain}>";

    private async Task AddAsync(
        Case caseFile,
        string eventKey,
        MessageChannel channel,
        Id<Person>? person,
        Id<Account>? account,
        string subject,
        string text,
        Id<IssuedDocument>? document,
        CancellationToken cancellationToken)
    {
        var key = $"{caseFile.Id}/{eventKey}/{channel.ToString().ToLowerInvariant()}";
        var known = work.Set<OutboxMessage>().Local.Any(m => m.EventKey == key)
            || await work.Set<OutboxMessage>().AnyAsync(m => m.EventKey == key, cancellationToken);
        if (known)
        {
            return;
        }

        var message = new OutboxMessage
        {
            EventKey = key,
            Channel = channel,
            CaseId = caseFile.Id,
            PersonId = person,
            AccountId = account,
            Subject = subject,
            Body = text,
            DocumentId = document,
            State = channel == MessageChannel.Portal ? MessageState.Sent : MessageState.Pending,
            SentAt = channel == MessageChannel.Portal ? clock.Now : null,
            CreatedAt = clock.Now,
            NotBefore = machine.GetUtcNow(),
        };
        message.MessageKey = KeyOf(message);
        work.Set<OutboxMessage>().Add(message);
    }
}
