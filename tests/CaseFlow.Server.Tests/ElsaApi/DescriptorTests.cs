using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.ElsaApi;

public sealed class DescriptorTests(ServerWithoutSecondPerson server) : IClassFixture<ServerWithoutSecondPerson>
{
    [Fact]
    public async Task The_recorded_activities_have_the_same_inputs_and_ports_here()
    {
        var ours = await ActivitiesAsync(server.Author);
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("tests", "samples", "studio", "04-open-editor.json"), TestContext.Current.CancellationToken))!
            ["requests"]![1]!["response"]!["items"]!.AsArray();

        Assert.All(recorded, item =>
        {
            var own = ours[item!["typeName"]!.ToString()];
            Assert.Equal(Names(item, "inputs"), Names(own, "inputs"));
            Assert.Equal(Names(item, "ports"), Names(own, "ports"));
            Assert.Equal(item["kind"]!.ToString(), own["kind"]!.ToString());
        });
    }

    [Fact]
    public async Task Activities_of_cases_carry_Chinese_labels_and_keep_their_identifiers()
    {
        var task = (await ActivitiesAsync(server.Author))["CaseFlow.StaffTask"];

        Assert.Equal("工作人员办理", task["displayName"]!.ToString());
        Assert.Equal("人员", task["category"]!.ToString());
        var deadline = task["inputs"]!.AsArray().First(i => i!["name"]!.ToString() == "DueRule")!;
        Assert.Equal("时限", deadline["displayName"]!.ToString());
        Assert.Equal("dropdown", deadline["uiHint"]!.ToString());
        var verification = (await ActivitiesAsync(server.Author))["CaseFlow.WaitForVerification"];
        Assert.Equal(["一致", "不一致", "未返回"], verification["ports"]!.AsArray().Select(p => p!["displayName"]!.ToString()));
        Assert.Equal(["Meets", "Differs", "Unavailable"], verification["ports"]!.AsArray().Select(p => p!["name"]!.ToString()));
    }

    [Fact]
    public async Task English_is_answered_to_whoever_asks_for_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/elsa/api/descriptors/activities");
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var response = await server.Author.SendAsync(request, TestContext.Current.CancellationToken);
        var items = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["items"]!.AsArray();

        var task = items.First(i => i!["typeName"]!.ToString() == "CaseFlow.StaffTask")!;
        Assert.Equal("Staff task", task["displayName"]!.ToString());
        Assert.Equal("People", task["category"]!.ToString());
    }

    [Fact]
    public async Task Every_activity_of_the_dibao_workflows_has_a_descriptor_of_its_version()
    {
        var known = await ActivitiesAsync(server.Author);

        var used = Directory.GetFiles(Repository.Path("workflows", "dibao"), "*.workflow.json")
            .SelectMany(f => JsonNode.Parse(File.ReadAllText(f))!["root"]!["activities"]!.AsArray())
            .Select(a => a!["type"]!.ToString())
            .Distinct();
        Assert.DoesNotContain(used, t => !known.ContainsKey(t));
    }

    private static async Task<Dictionary<string, JsonNode>> ActivitiesAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonObject>("/elsa/api/descriptors/activities?Refresh=True", TestContext.Current.CancellationToken))!
            ["items"]!.AsArray().ToDictionary(i => i!["typeName"]!.ToString(), i => i!);

    private static IEnumerable<string> Names(JsonNode item, string list) => item[list]!.AsArray().Select(i => i!["name"]!.ToString());
}
