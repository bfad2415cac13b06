using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.Background.Verification;

/// <summary>The platform over HTTP (JSON of the adapter). Sending a request again with the same id gets its present answer.</summary>
internal sealed class VerificationPlatform(IHttpClientFactory clients, VerificationOptions options, DemoSimulators simulators)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "verification";

    /// <summary>Sends a request.</summary>
    /// <exception cref="HttpRequestException">The platform does not answer or does not take it.</exception>
    public async Task<JsonObject> SendAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var client = clients.CreateClient(ClientName);
        using var response = await client.PostAsJsonAsync(await AddressAsync("requests", cancellationToken), request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Asks how a request stands; null if the platform does not know it.</summary>
    /// <exception cref="HttpRequestException">The platform does not answer.</exception>
    public async Task<JsonObject?> AskAsync(string requestId, CancellationToken cancellationToken)
    {
        var client = clients.CreateClient(ClientName);
        using var response = await client.GetAsync(await AddressAsync($"requests/{requestId}", cancellationToken), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await ReadAsync(response, cancellationToken);
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken)
        ?? throw new HttpRequestException("The platform's answer is empty.");

    private async Task<Uri> AddressAsync(string path, CancellationToken cancellationToken)
    {
        var root = options.BaseUrl ?? await simulators.VerificationAsync(cancellationToken)
            ?? throw new HttpRequestException("No verification platform is configured (Verification:BaseUrl).");
        return new Uri($"{root.ToString().TrimEnd('/')}/{path}");
    }
}
