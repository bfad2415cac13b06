using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CaseFlow.Cases.Messages;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using IMailTransport = CaseFlow.Cases.Messages.IMailTransport;

namespace CaseFlow.Server.Background.Mail;

/// <summary>Sends mail by SMTP with MailKit, one connection for a batch.</summary>
internal sealed class MailKitTransport : IMailTransport
{
    private readonly MailOptions _options;
    private readonly RemoteCertificateValidationCallback? _certificates;

    public MailKitTransport(MailOptions options)
        : this(options, certificates: null)
    {
    }

    /// <param name="options">The mail server.</param>
    /// <param name="certificates">Accepts the public certificate of a server on the loopback interface; tests only.</param>
    internal MailKitTransport(MailOptions options, RemoteCertificateValidationCallback? certificates)
    {
        _options = options;
        _certificates = certificates;
    }

    /// <inheritdoc/>
    public async Task<IMailSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = new MailKitSession(_options, this);
        await session.ConnectAsync(cancellationToken);
        return session;
    }

    internal async Task<SmtpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var host = _options.Host ?? throw new MailUnavailableException("No mail server is configured (Mail:Host).");
        var client = new SmtpClient { Timeout = _options.TimeoutSeconds * 1000 };
        if (_certificates is not null)
        {
            client.ServerCertificateValidationCallback = _certificates;
        }

        // With Nagle's algorithm a mail takes 46 ms on loopback, without it 11.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, _options.Port, cancellationToken);
            await client.ConnectAsync(socket, host, _options.Port, _options.Security, cancellationToken);
            if (_options.UserName is { Length: > 0 } name)
            {
                await client.AuthenticateAsync(name, _options.Password ?? "", cancellationToken);
            }

            return client;
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            client.Dispose();
            socket.Dispose();
            throw new MailUnavailableException($"{host}:{_options.Port}: {e.Message}", e);
        }
    }

    private static bool IsUnavailable(Exception e) => e is SocketException or IOException or TimeoutException or NotSupportedException
        or System.Security.Authentication.AuthenticationException or MailKit.Security.AuthenticationException or SslHandshakeException
        or ProtocolException or CommandException;
}
