using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CaseFlow.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CaseFlow.Server.Tests.Host;

/// <summary>A small collector takes what the server exports by OTLP over HTTP.</summary>
public sealed class Telemetry_leaves_for_a_collector(TestServer server) : IClassFixture<TestServer>
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> received = new();

    [Fact]
    public async Task Traces_and_metrics_arrive_and_hold_nothing_of_a_person()
    {
        await using var collector = await CollectAsync();
        await using var exporting = server.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First());
            builder.UseSetting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        });
        var http = exporting.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true });
        using var page = await http.GetAsync(new Uri("/staff/cases?q=220502196001011237&name=" + Uri.EscapeDataString("段秘密"), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var form = new FormUrlEncodedContent([new("userName", "13812346102"), new("password", "段秘密")]);
        using var token = await http.PostAsync(new Uri("/api/v1/token", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.False(token.IsSuccessStatusCode);

        Assert.True(exporting.Services.GetRequiredService<TracerProvider>().ForceFlush(30_000));
        Assert.True(exporting.Services.GetRequiredService<MeterProvider>().ForceFlush(30_000));
        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Select(r => r.Path).Distinct().Order(StringComparer.Ordinal));
        var text = string.Concat(received.Select(r => Encoding.UTF8.GetString(r.Body)));
        Assert.Contains("caseflow", text, StringComparison.Ordinal);
        Assert.Contains("/staff/cases", text, StringComparison.Ordinal);
        Assert.Contains("caseflow.step.duration", text, StringComparison.Ordinal);
        foreach (var secret in new[] { "220502196001011237", "段秘密", Uri.EscapeDataString("段秘密"), "13812346102" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task<WebApplication> CollectAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue((request.Path, body.ToArray()));
            return Results.Ok();
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
