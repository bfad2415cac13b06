using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Messages;
using MailKit.Security;

namespace CaseFlow.Server.Background.Mail;

/// <summary>Sends to the configured server; a demo without one catches its own mails.</summary>
internal sealed class ConfiguredMailTransport(MailOptions options, DemoMailCatcher catcher, IClockControl clock) : IMailTransport
{
    /// <inheritdoc/>
    public async Task<IMailSession> OpenAsync(CancellationToken cancellationToken)
    {
        if (options.Host is not null || !clock.IsDemo)
        {
            return await new MailKitTransport(options).OpenAsync(cancellationToken);
        }

        var address = await catcher.StartAsync(cancellationToken);
        var caught = new MailOptions
        {
            Host = "127.0.0.1",
            Port = address.SmtpPort,
            Security = SecureSocketOptions.None,
            FromAddress = options.FromAddress,
            FromName = options.FromName,
            TimeoutSeconds = options.TimeoutSeconds,
        };
        return await new MailKitTransport(caught).OpenAsync(cancellationToken);
    }
}
