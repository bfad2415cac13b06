using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Messages;

/// <summary>Sends what the outbox holds, one connection for a batch. Everything that a crash can cut in two is noted before and after.</summary>
public sealed class OutboxDispatch(IOutboxQueue queue, IMailTransport transport, DocumentPdfs pdfs) : IDueWork
{
    private const int Batch = 20;

    /// <inheritdoc/>
    public string Name => "outbox";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var mails = new Queue<LeasedMail>(await queue.LeaseAsync(Batch, cancellationToken));
        if (mails.Count == 0)
        {
            return 0;
        }

        try
        {
            await using var session = await transport.OpenAsync(cancellationToken);
            return await SendAsync(session, mails, cancellationToken);
        }
        catch (MailUnavailableException unavailable)
        {
            foreach (var mail in mails)
            {
                await queue.RecordAsync(mail, new MailResult(MailOutcome.TryLater, unavailable.Message), cancellationToken);
            }

            return 0;
        }
        catch
        {
            await queue.ReleaseAsync(mails, CancellationToken.None);
            throw;
        }
    }

    private async Task<int> SendAsync(IMailSession session, Queue<LeasedMail> mails, CancellationToken cancellationToken)
    {
        var done = 0;
        while (mails.TryPeek(out var mail))
        {
            var result = await SendAsync(session, mail, cancellationToken);
            mails.Dequeue();
            done++;
            if (result?.Outcome is MailOutcome.TryLater or MailOutcome.Uncertain)
            {
                // The connection may be gone: the rest gets a fresh one at the next round.
                await queue.ReleaseAsync(mails, cancellationToken);
                return done;
            }
        }

        return done;
    }

    private async Task<MailResult?> SendAsync(IMailSession session, LeasedMail mail, CancellationToken cancellationToken)
    {
        if (mail.To is null)
        {
            await queue.RecordAsync(mail, new MailResult(MailOutcome.Refused, "The receiver has no address any more."), cancellationToken);
            return null;
        }

        OutgoingMail content;
        try
        {
            content = await ComposeAsync(mail, mail.To, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Its document cannot be rendered: it waits, the others go.
            await queue.RecordAsync(mail, new MailResult(MailOutcome.TryLater, error.Message), cancellationToken);
            return null;
        }

        if (!await queue.BeginHandOverAsync(mail, cancellationToken))
        {
            return null;
        }

        Failpoints.Hit("outbox.before-send");
        var result = await session.SendAsync(content, CancellationToken.None);
        if (result.Outcome == MailOutcome.Accepted)
        {
            Failpoints.Hit("outbox.after-accept");
        }

        await queue.RecordAsync(mail, result, CancellationToken.None);
        Failpoints.Hit("outbox.after-record");
        return result;
    }

    private async Task<OutgoingMail> ComposeAsync(LeasedMail mail, string to, CancellationToken cancellationToken)
    {
        List<MailAttachment> attachments = [];
        if (mail.DocumentId is { } document && await pdfs.GetAsync(document, cancellationToken) is { } pdf)
        {
            attachments.Add(new MailAttachment($"{pdf.Title}.pdf", "application/pdf", pdf.Content));
        }

        return new OutgoingMail(mail.MessageKey.Trim('<', '>'), to, mail.ToName, mail.Subject, mail.Body, null, attachments, mail.CreatedAt);
    }
}
