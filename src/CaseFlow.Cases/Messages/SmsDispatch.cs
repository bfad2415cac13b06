using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Messages;

/// <summary>Sends the SMS of the outbox, with the leases, tries and waits of mails; the gateway knows a repeated key.</summary>
public sealed class SmsDispatch(IOutboxQueue queue, ISmsGateway gateway) : IDueWork
{
    private const int Batch = 20;

    /// <inheritdoc/>
    public string Name => "sms";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var messages = await queue.LeaseAsync(MessageChannel.Sms, Batch, cancellationToken);
        foreach (var message in messages)
        {
            await SendAsync(message, cancellationToken);
        }

        return messages.Count;
    }

    private async Task SendAsync(LeasedMail message, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(message.To))
        {
            await queue.RecordAsync(message, new MailResult(MailOutcome.Refused, "The receiver has no telephone number any more."), cancellationToken);
            return;
        }

        if (!await queue.BeginHandOverAsync(message, cancellationToken))
        {
            return;
        }

        Failpoints.Hit("sms.before-send");
        var result = await gateway.SendAsync(message.MessageKey.Trim('<', '>'), message.To, message.Body, CancellationToken.None);
        if (result.Outcome == MailOutcome.Accepted)
        {
            Failpoints.Hit("sms.after-accept");
        }

        await queue.RecordAsync(message, result, CancellationToken.None);
    }
}
