namespace CaseFlow.Cases.Messages;

/// <summary>Hands mails to the next mail server. Knows nothing of the outbox: it says what became of each mail.</summary>
public interface IMailTransport
{
    /// <summary>Opens one connection for a batch of mails. Dispose it to say good-bye to the server.</summary>
    /// <exception cref="MailUnavailableException">No server could be reached or it refused the sign-in; nothing was sent.</exception>
    Task<IMailSession> OpenAsync(CancellationToken cancellationToken);
}

/// <summary>One connection to the mail server; not safe for several threads at once.</summary>
public interface IMailSession : IAsyncDisposable
{
    /// <summary>Sends one mail. Refusals and broken connections are answers, not exceptions.</summary>
    Task<MailResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}

/// <summary>One mail, ready to go.</summary>
/// <param name="MessageId">The fixed Message-ID, <c>something@host</c>, with or without angle brackets; the same at every try.</param>
/// <param name="To">Address of the receiver.</param>
/// <param name="ToName">Name of the receiver, if it is to be shown.</param>
/// <param name="Subject">Subject; never names the benefit.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">HTML alternative, if any.</param>
/// <param name="Attachments">Files, may be empty.</param>
/// <param name="Date">Date header: the business time at which the message was written.</param>
public sealed record OutgoingMail(
    string MessageId,
    string To,
    string? ToName,
    string Subject,
    string Text,
    string? Html,
    IReadOnlyList<MailAttachment> Attachments,
    DateTimeOffset Date);

/// <summary>A file in a mail.</summary>
/// <param name="FileName">Name shown, for example 最低生活保障确认通知书.pdf.</param>
/// <param name="MediaType">For example <c>application/pdf</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MailAttachment(string FileName, string MediaType, byte[] Content);

/// <summary>What became of a mail.</summary>
public enum MailOutcome
{
    /// <summary>The server took it over.</summary>
    Accepted,

    /// <summary>Refused for good (5xx, or an address that is none): trying again is useless.</summary>
    Refused,

    /// <summary>Refused for now (4xx) or broken off before the content was handed over: try again later with the same Message-ID.</summary>
    TryLater,

    /// <summary>The connection broke after the content was handed over: it may or may not have arrived.</summary>
    Uncertain,
}

/// <summary>The answer to one mail.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Answer">The server's words, for the operator.</param>
public sealed record MailResult(MailOutcome Outcome, string Answer);

/// <summary>The mail server cannot be reached or refuses to talk to us; nothing was sent.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">The cause.</param>
public sealed class MailUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
