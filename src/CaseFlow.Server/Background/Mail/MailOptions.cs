using MailKit.Security;

namespace CaseFlow.Server.Background.Mail;

/// <summary>The mail server; configuration section <c>Mail</c>. The password belongs into the secret store.</summary>
public sealed class MailOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>Host of the mail server. Null: a demo catches its own mails, any other installation cannot send.</summary>
    public string? Host { get; set; }

    /// <summary>Port: 587 with STARTTLS, 465 with TLS from the start.</summary>
    public int Port { get; set; } = 587;

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

    /// <summary>Port of the page that shows the mails of a demo; another is taken if it is in use.</summary>
    public int DemoPagePort { get; set; } = 5081;

    /// <summary>Seconds after which an answer of the server is given up.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}
