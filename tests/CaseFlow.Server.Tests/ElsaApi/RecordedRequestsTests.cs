using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.ElsaApi;

/// <summary>
/// What Studio 3.8.2 was seen to ask of a real Elsa server (<c>tests/samples/studio</c>) is asked of ours: every recorded
/// request gets the recorded status and an answer that has the recorded members.
/// </summary>
public sealed class RecordedRequestsTests(ServerWithoutSecondPerson server) : IClassFixture<ServerWithoutSecondPerson>
{
    private const string RecordedDefinition = "3c871d373af8ba30";

    /// <summary>Members that belong to things which we leave out, or that depend on what the recorded server held.</summary>
    private static readonly HashSet<string> NotCompared = ["_cut", "links", "activities", "connections", "inputs", "outputs", "ports", "customProperties", "description", "uiSpecifications"];

    public static TheoryData<string, int> Recorded()
    {
        var data = new TheoryData<string, int>();
        foreach (var file in Directory.GetFiles(Repository.Path("tests", "samples", "studio"), "*.json").Order(StringComparer.Ordinal))
        {
            var requests = JsonNode.Parse(File.ReadAllText(file))!["requests"]!.AsArray();
            for (var i = 0; i < requests.Count; i++)
            {
                data.Add(Path.GetFileName(file), i);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Every_recorded_request_gets_the_recorded_status_and_shape(string file, int index)
    {
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("tests", "samples", "studio", file), TestContext.Current.CancellationToken))!["requests"]![index]!.AsObject();
        var definition = await PrepareAsync(recorded);

        using var request = Request(recorded, definition);
        using var response = await server.Author.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True((int)response.StatusCode == recorded["status"]!.GetValue<int>(), $"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {text}");
        if (recorded["response"] is JsonObject download && download.ContainsKey("base64Length"))
        {
            Assert.Equal(recorded["responseContentType"]!.ToString(), response.Content.Headers.ContentType!.MediaType);
            Assert.NotNull(response.Content.Headers.ContentDisposition!.FileNameStar);
        }
        else if (recorded["response"] is JsonObject expected)
        {
            AssertShape(expected, JsonNode.Parse(text), "$");
        }
    }

    /// <summary>The recorded definition lives here under an id of its own for each request, published where the request needs it.</summary>
    private async Task<JsonObject> PrepareAsync(JsonObject recorded)
    {
        var body = recorded["request"] as JsonObject;
        var model = body?["model"] as JsonObject ?? (body?["root"] is not null ? body : null);
        var own = model is null || model["definitionId"] is null ? Drawing.Hello() : (JsonObject)model.DeepClone();
        own.Remove("id");
        own["definitionId"] = null;
        own["name"] = Drawing.Hello()["name"]!.ToString();
        var definition = await server.ImportAsync(own);
        var url = recorded["url"]!.ToString();
        return url.Contains("/retract", StringComparison.Ordinal) || url.Contains("/revert", StringComparison.Ordinal)
            ? await server.Author.SavedAsync(definition, publish: true)
            : definition;
    }

    private static HttpRequestMessage Request(JsonObject recorded, JsonObject definition)
    {
        var id = definition["definitionId"]!.ToString();
        var url = recorded["url"]!.ToString();
        foreach (var known in new[] { RecordedDefinition, "nonexist", "fault-default", "/delay" })
        {
            url = known == "nonexist" ? url : url.Replace(known, known.StartsWith('/') ? "/" + id : id, StringComparison.Ordinal);
        }

        if (url.Contains("/by-id/", StringComparison.Ordinal))
        {
            url = $"/elsa/api/workflow-definitions/by-id/{definition["id"]}";
        }

        var request = new HttpRequestMessage(new HttpMethod(recorded["method"]!.ToString()), url);
        if (recorded["request"] is { } body)
        {
            request.Content = new StringContent(Body(body, definition).ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    private static JsonNode Body(JsonNode recorded, JsonObject definition)
    {
        var body = recorded.DeepClone();
        var model = body["model"] as JsonObject ?? (body["root"] is not null ? body.AsObject() : null);
        if (model is not null)
        {
            model["name"] = definition["name"]!.ToString();
            if (model["definitionId"] is not null)
            {
                model["definitionId"] = definition["definitionId"]!.ToString();
                model["id"] = definition["id"]!.ToString();
                model["version"] = definition["version"]!.GetValue<int>();
            }
            else
            {
                model["name"] = definition["name"] + " 副本";
            }
        }

        if (body["definitionIds"] is JsonArray)
        {
            body["definitionIds"] = new JsonArray(definition["definitionId"]!.ToString());
        }

        return body;
    }

    private static void AssertShape(JsonNode expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject members:
                var own = Assert.IsType<JsonObject>(actual);
                foreach (var (name, value) in members.Where(m => m.Value is not null && !NotCompared.Contains(m.Key)))
                {
                    Assert.True(own.ContainsKey(name), $"{path}.{name} is missing.");
                    AssertShape(value!, own[name], $"{path}.{name}");
                }

                break;
            case JsonArray items:
                var list = Assert.IsType<JsonArray>(actual);
                if (items.Count > 0 && list.Count > 0 && items[0] is JsonObject first)
                {
                    AssertShape(first, list[0], path + "[0]");
                }

                break;
            default:
                var (one, other) = (Kind(expected), Kind(actual));
                Assert.True(one == other, $"{path} is {other}, recorded was {one}.");
                break;
        }
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        var kind => kind?.ToString() ?? "missing",
    };
}
