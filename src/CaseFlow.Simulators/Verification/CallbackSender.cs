using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CaseFlow.Simulators.Verification;

/// <summary>
/// Calls the bureau back at each stage of a request. The body is signed: <c>X-CaseFlow-Signature: sha256=…</c> is the
/// HMAC-SHA256 over <c>{timestamp}.{body}</c>, the timestamp (Unix seconds) stands in <c>X-CaseFlow-Timestamp</c>.
/// A callback that is not taken (anything but 2xx) is not repeated: the caller polls as well.
/// </summary>
public sealed partial class CallbackSender(
    SimulatedPlatform platform, SimulatorOptions options, TimeProvider time, IHttpClientFactory clients, ILogger<CallbackSender> log)
{
    /// <summary>Starts to call back about a new request; returns at once.</summary>
    public void Start(PlatformRequest request, PlatformFaults faults, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.CallbackUrl is { } url)
        {
            _ = Task.Run(() => CallBackAsync(request.RequestId, url, faults, stopping), stopping);
        }
    }

    private async Task CallBackAsync(Guid requestId, Uri url, PlatformFaults faults, CancellationToken stopping)
    {
        var (partial, complete) = platform.Schedule(faults);
        var waited = TimeSpan.Zero;
        var stages = complete is { } end ? (partial == end ? new[] { end } : [partial, end]) : [partial];
        foreach (var stage in stages)
        {
            await Task.Delay(stage - waited, time, stopping);
            waited = stage;
            for (var i = 0; i < (faults.Twice ? 2 : 1); i++)
            {
                await SendAsync(requestId, url, faults, stopping);
            }
        }
    }

    private async Task SendAsync(Guid requestId, Uri url, PlatformFaults faults, CancellationToken stopping)
    {
        if (platform.Faults.Down || platform.Find(requestId) is not { } answer)
        {
            return;
        }

        var body = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var message = new HttpRequestMessage(HttpMethod.Post, url);
        message.Content = new StringContent(body, new MediaTypeHeaderValue("application/json", "utf-8"));
        message.Headers.Add("X-CaseFlow-Timestamp", timestamp);
        message.Headers.Add("X-CaseFlow-Signature", "sha256=" + Sign(faults.WrongSignature ? "another secret" : options.CallbackSecret, timestamp, body));
        try
        {
            using var response = await clients.CreateClient(nameof(CallbackSender)).SendAsync(message, stopping);
            LogCalledBack(requestId, (int)response.StatusCode);
        }
        catch (HttpRequestException e)
        {
            LogNotReached(requestId, e.Message);
        }
    }

    private static string Sign(string secret, string timestamp, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    [LoggerMessage(Level = LogLevel.Information, Message = "Called back about {RequestId}: {Status}")]
    private partial void LogCalledBack(Guid requestId, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not call back about {RequestId}: {Reason}")]
    private partial void LogNotReached(Guid requestId, string reason);
}
