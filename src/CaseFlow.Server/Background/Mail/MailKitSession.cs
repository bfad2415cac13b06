using CaseFlow.Cases.Messages;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace CaseFlow.Server.Background.Mail;

/// <summary>One connection; opened again if it broke while a mail was sent.</summary>
internal sealed class MailKitSession(MailOptions options, MailKitTransport transport) : IMailSession
{
    private SmtpClient? _client;

    public async Task ConnectAsync(CancellationToken cancellationToken) => _client = await transport.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<MailResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (!MailboxAddress.TryParse(mail.To, out var address))
        {
            return new MailResult(MailOutcome.Refused, $"\"{mail.To}\" is no mail address.");
        }

        SmtpClient client;
        try
        {
            client = await ConnectedAsync(cancellationToken);
        }
        catch (MailUnavailableException e)
        {
            return new MailResult(MailOutcome.TryLater, e.Message);
        }

        using var message = MailMessages.Build(mail, address, options);
        var content = new ContentProgress();
        try
        {
            return new MailResult(MailOutcome.Accepted, await client.SendAsync(message, cancellationToken, content));
        }
        catch (SmtpCommandException e)
        {
            var permanent = (int)e.StatusCode >= 500;
            return new MailResult(permanent ? MailOutcome.Refused : MailOutcome.TryLater, $"{(int)e.StatusCode} {e.Message}");
        }
        catch (Exception e) when (e is IOException or ProtocolException or TimeoutException or ServiceNotConnectedException
            || (e is OperationCanceledException && content.Begun))
        {
            // Once content has gone out the server may have taken the mail over, though its answer never came.
            return new MailResult(content.Begun ? MailOutcome.Uncertain : MailOutcome.TryLater, e.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is null)
        {
            return;
        }

        try
        {
            await _client.DisconnectAsync(quit: true);
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException)
        {
            // The server is gone already; there is nothing left to say good-bye to.
        }
        finally
        {
            _client.Dispose();
        }
    }

    private async Task<SmtpClient> ConnectedAsync(CancellationToken cancellationToken)
    {
        if (_client is { IsConnected: true } client)
        {
            return client;
        }

        _client?.Dispose();
        _client = null;
        return _client = await transport.ConnectAsync(cancellationToken);
    }

    private sealed class ContentProgress : ITransferProgress
    {
        public bool Begun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Begun = true;

        public void Report(long bytesTransferred) => Begun = true;
    }
}
