using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CaseFlow.Simulators;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CaseFlow.Server.Tests.Simulators;

/// <summary>A callback as it came in.</summary>
internal sealed record Callback(string? Timestamp, string? Signature, byte[] Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>The simulators over HTTP on a free port, with a clock of the test and an address that takes callbacks.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Callback> _callbacks = Channel.CreateUnbounded<Callback>();

    private SimulatorHost(WebApplication app) => _app = app;

    public required FakeTimeProvider Clock { get; init; }

    public HttpClient Http { get; private set; } = new();

    public const string Secret = "shared secret";

    public static async Task<SimulatorHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Simulators:{s.Key}", (string?)s.Value)));
        builder.Configuration["Simulators:CallbackSecret"] = Secret;
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 1, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSimulators(builder.Configuration);
        var host = new SimulatorHost(builder.Build()) { Clock = clock };
        host._app.MapVerificationSimulator().MapSmsSimulator();
        host._app.MapPost("/callback", host.TakeAsync);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Http = new HttpClient { BaseAddress = new Uri(host._app.Urls.Single()) };
        return host;
    }

    public async Task<Callback> NextCallbackAsync() => await _callbacks.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> AskAsync(Guid id, bool callback = false, bool authorised = true) => Http.PostAsJsonAsync(
        "/simulators/verification/requests",
        new JsonObject
        {
            ["requestId"] = id,
            ["caseNumber"] = "DB-220502-2026-000123",
            ["purpose"] = "dibao",
            ["authorisation"] = authorised ? new JsonObject { ["documentId"] = "doc-1", ["signedOn"] = "2026-03-02", ["validTo"] = null } : null,
            ["asOf"] = "2026-03-02",
            ["periodMonths"] = 12,
            ["persons"] = new JsonArray(
                new JsonObject { ["ref"] = "p1", ["name"] = "王秀兰", ["idNumber"] = "220502196001011237", ["relation"] = "applicant", ["role"] = "member" }),
            ["sources"] = new JsonArray("household", "tax", "bank", "vehicle"),
            ["callbackUrl"] = callback ? new Uri(Http.BaseAddress!, "/callback").ToString() : null,
        },
        TestContext.Current.CancellationToken);

    public async Task<JsonNode> AnswerAsync(Guid id) =>
        (await Http.GetFromJsonAsync<JsonNode>($"/simulators/verification/requests/{id}", TestContext.Current.CancellationToken))!;

    public async Task SetAsync(string path, JsonNode body)
    {
        using var response = await Http.PutAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public Task FaultAsync(JsonObject faults) => SetAsync("/simulators/verification/faults", faults);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        await _callbacks.Writer.WriteAsync(
            new Callback(request.Headers["X-CaseFlow-Timestamp"], request.Headers["X-CaseFlow-Signature"], body.ToArray()),
            request.HttpContext.RequestAborted);
    }
}
