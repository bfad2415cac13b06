using MailKit.Security;

namespace CaseFlow.Server.Background.Mail;

/// <summary>The mail server; configuration section <c>Mail</c>. The password belongs into the secret store.</summary>
public sealed class MailOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>Host of the mail server.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port: 587 with STARTTLS, 465 with TLS from the start; the demo's catcher uses 2525.</summary>
    public int Port { get; set; } = 2525;

    /// <summary><c>None</c>, <c>StartTls</c> (obligatory), <c>StartTlsWhenAvailable</c> or <c>SslOnConnect</c>.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTls;

    /// <summary>Name for signing in; null for none.</summary>
    public string? UserName { get; set; }

    /// <summary>Its password.</summary>
    public string? Password { get; set; }

    /// <summary>Address of the sender.</summary>
    public string FromAddress { get; set; } = "noreply@caseflow.local";

    /// <summary>Name of the sender.</summary>
    public string FromName { get; set; } = "通化市东昌区民政局（演示）";

    /// <summary>Seconds after which an answer of the server is given up.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}
