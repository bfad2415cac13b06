using System.Net;
using System.Net.Http.Json;
using CaseFlow.Cases.Messages;
using CaseFlow.Server.Background.Verification;

namespace CaseFlow.Server.Background.Sms;

/// <summary>The gateway over HTTP: <c>POST messages</c> with <c>{key, phone, text}</c>; 202 taken, 422 refused for good.</summary>
internal sealed class HttpSmsGateway(IHttpClientFactory clients, SmsOptions options, DemoSimulators simulators) : ISmsGateway
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "sms";

    /// <inheritdoc/>
    public async Task<MailResult> SendAsync(string key, string phone, string text, CancellationToken cancellationToken)
    {
        try
        {
            var root = options.BaseUrl ?? await simulators.SmsAsync(cancellationToken);
            if (root is null)
            {
                return new MailResult(MailOutcome.TryLater, "No SMS gateway is configured (Sms:BaseUrl).");
            }

            var address = new Uri($"{root.ToString().TrimEnd('/')}/messages");
            using var response = await clients.CreateClient(ClientName).PostAsJsonAsync(address, new { key, phone, text }, cancellationToken);
            var outcome = response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Accepted => MailOutcome.Accepted,
                HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => MailOutcome.Refused,
                _ => MailOutcome.TryLater,
            };
            return new MailResult(outcome, $"{(int)response.StatusCode} {response.ReasonPhrase}");
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            // The gateway sends a repeated key once: asking again does no harm.
            return new MailResult(MailOutcome.TryLater, unreachable.Message);
        }
    }
}
