namespace CaseFlow.Cases.Messages;

/// <summary>Hands SMS to the gateway. A repeated key is sent once, so an answer that was lost is asked for again.</summary>
public interface ISmsGateway
{
    /// <summary>Hands over one message. Refusals and broken connections are answers, not exceptions.</summary>
    /// <param name="key">The fixed gateway key of the message.</param>
    /// <param name="phone">Telephone number.</param>
    /// <param name="text">Text.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<MailResult> SendAsync(string key, string phone, string text, CancellationToken cancellationToken);
}
