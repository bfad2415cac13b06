using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.Api;

/// <summary>
/// The API is what <c>docs/api/openapi.json</c> says. A wanted change is taken over by running this test once with
/// <c>CASEFLOW_ACCEPT=1</c>.
/// </summary>
public sealed class OpenApiTests(ServerWithoutSecondPerson server) : IClassFixture<ServerWithoutSecondPerson>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_is_the_one_that_was_agreed()
    {
        var now = JsonNode.Parse(await server.Nobody.GetStringAsync("/api/v1/openapi.json", TestContext.Current.CancellationToken))!.ToJsonString(Indented) + "\n";
        var file = Repository.Path("docs", "api", "openapi.json");
        if (Environment.GetEnvironmentVariable("CASEFLOW_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, now, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), now);
    }

    [Fact]
    public async Task It_is_OpenAPI_3_1_with_a_token_and_every_route_has_a_name_and_a_summary()
    {
        var document = JsonNode.Parse(await server.Nobody.GetStringAsync("/api/v1/openapi.json", TestContext.Current.CancellationToken))!;

        Assert.StartsWith("3.1", document["openapi"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.ToString());
        var operations = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => o.Value!).ToList();
        Assert.NotEmpty(operations);
        Assert.All(operations, o => Assert.False(string.IsNullOrEmpty(o["operationId"]?.ToString()) || string.IsNullOrEmpty(o["summary"]?.ToString())));
        Assert.DoesNotContain(document["paths"]!.AsObject(), p => !p.Key.StartsWith("/api/v1/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_reference_page_asks_no_other_host_for_anything()
    {
        using var response = await server.Nobody.GetAsync("/docs/api/", TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.Contains("'unsafe-inline'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}
