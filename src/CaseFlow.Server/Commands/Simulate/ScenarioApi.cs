using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>What the API answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON; null if there is none.</param>
internal sealed record ApiAnswer(int Status, JsonNode? Body)
{
    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The failure as the domain tells it, read back from the problem details; null if it was done.</summary>
    public Exception? Failure => IsSuccess ? null : Status switch
    {
        StatusCodes.Status409Conflict => new ConflictException(Detail),
        StatusCodes.Status400BadRequest when Body?["errors"] is JsonObject errors => new InvalidInputException(errors.ToDictionary(
            error => error.Key, error => (error.Value as JsonArray ?? []).Select(text => (string?)text ?? "").ToArray(), StringComparer.Ordinal)),
        StatusCodes.Status401Unauthorized => new RefusedException("unauthorised", Detail),
        StatusCodes.Status403Forbidden => new RefusedException("forbidden", Detail),
        StatusCodes.Status404NotFound => new RefusedException("not-found", Detail),
        _ => new RefusedException((string?)Body?["code"] ?? $"http-{Status}", Detail),
    };

    private string Detail => (string?)Body?["detail"] ?? (string?)Body?["title"] ?? $"HTTP {Status}";
}

/// <summary>
/// The whole server on a free loopback port, on the scenario's database and clocks: a call goes through sign-in, scope,
/// problem details and all the rest, as a program's would. Started by the first call; nothing runs in its background.
/// </summary>
internal sealed class ScenarioApi(ScenarioStore store, ScenarioHost host) : IAsyncDisposable
{
    /// <summary>The secret of the platform's callbacks.</summary>
    public const string CallbackSecret = "scenario-callback-secret";

    private readonly SemaphoreSlim _starting = new(1);
    private WebApplication? _server;
    private HttpClient? _client;

    /// <summary>Calls the API.</summary>
    /// <param name="method">GET, POST ...</param>
    /// <param name="path">Path with query; what does not start with a slash lies below <c>/api/v1/</c>.</param>
    /// <param name="body">JSON to send.</param>
    /// <param name="account">Whose token goes along; null for none.</param>
    /// <param name="forged">The token's signature is wrong.</param>
    /// <param name="key">Idempotency-Key.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ApiAnswer> CallAsync(
        string method,
        string path,
        string? body,
        Id<Account>? account,
        bool forged,
        Guid key,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellationToken)
    {
        var client = await StartedAsync(cancellationToken);
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : "/api/v1/" + path);
        request.Headers.Add("Idempotency-Key", key.ToString());
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (account is { } id)
        {
            var token = await TokenAsync(id, cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", forged ? Forge(token) : token);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new ApiAnswer((int)response.StatusCode, IsJson(response) && text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        _starting.Dispose();
    }

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;

    private static string Forge(string token) => token[..^8] + (token.EndsWith("AAAAAAAA", StringComparison.Ordinal) ? "BBBBBBBB" : "AAAAAAAA");

    private async Task<string> TokenAsync(Id<Account> id, CancellationToken cancellationToken)
    {
        var account = await host.ReadAsync(work => work.Set<Account>().AsNoTracking().FirstAsync(row => row.Id == id, cancellationToken));
        return _server!.Services.GetRequiredService<AccessTokens>().Issue(account);
    }

    private async Task<HttpClient> StartedAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _client ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<HttpClient> StartAsync(CancellationToken cancellationToken)
    {
        string[] settings =
        [
            "--applicationName", typeof(ScenarioApi).Assembly.GetName().Name!,
            "--contentRoot", AppContext.BaseDirectory,
            "--urls", "http://127.0.0.1:0",
            $"--ConnectionStrings:{DatabaseHosting.ConnectionName}", store.Connection,
            "--keys", store.KeyFile,
            "--data", store.Folder,
            "--demo", "false",
            "--refuseDemo", "false",
            "--importSeed", "false",
            "--background", "false",
            "--Verification:CallbackSecret", CallbackSecret,
        ];
        _server = CaseFlowServer.Build(settings, services =>
        {
            foreach (var welcome in services.Where(service => service.ImplementationType == typeof(Demo.DemoWelcome)).ToList())
            {
                services.Remove(welcome);
            }

            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<TimeProvider>(host.Time);
            services.AddSingleton(host.Services.GetRequiredService<IBusinessClock>());
            services.AddSingleton(host.Services.GetRequiredService<IClockControl>());
        });
        await _server.StartAsync(cancellationToken);
        var address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
    }
}
