using System.Text.Json.Nodes;
using CaseFlow.Server.Commands;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Workflows.Tests.Samples;

/// <summary>
/// Definitions that were not observed on Elsa. What they must do was reasoned from what is known of Elsa's behaviour before
/// they were run here; the files under <c>expected</c> are at the same time the run files with which they are started and resumed.
/// </summary>
internal static class ReasonedSample
{
    private static readonly Dictionary<string, char> Marks = new(StringComparer.Ordinal)
    {
        ["Started"] = '+',
        ["Completed"] = '-',
        ["Suspended"] = '~',
        ["Resumed"] = '>',
        ["Canceled"] = '#',
        ["Faulted"] = '!',
    };

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "samples", "reasoned");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Folder, "definitions"), "*.json").Select(x => Path.GetFileNameWithoutExtension(x)!).Order(StringComparer.Ordinal);

    public static async Task<JsonObject> ExpectedAsync(string name, CancellationToken cancellationToken) =>
        (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "expected", $"{name}.json"), cancellationToken))![0]!;

    /// <summary>Runs a definition by its run file, and shows of it what expectations speak of.</summary>
    public static async Task<JsonObject> RunAsync(string name, CancellationToken cancellationToken)
    {
        var known = new DefinitionCollection();
        foreach (var other in Names)
        {
            known.Add(Definition(other));
        }

        var script = await RunDefinitionScript.ReadAsync(Path.Combine(Folder, "expected", $"{name}.json"));
        var run = new RunDefinitionRun(Definition(name), known, new InMemoryWorkflowStore(), new RunDefinitionClock());
        var report = (JsonArray)JsonNode.Parse(await run.RunAsync(script, cancellationToken))!;
        Assert.Empty(run.Remarks);
        return Shown((JsonObject)report[0]!);
    }

    private static WorkflowDefinition Definition(string name) =>
        WorkflowDefinition.Parse(File.ReadAllText(Path.Combine(Folder, "definitions", $"{name}.json")));

    private static JsonObject Shown(JsonObject report)
    {
        var result = new JsonObject();
        foreach (var member in new[] { "status", "subStatus", "name", "correlationId", "output", "bookmarks", "incidents" })
        {
            result[member] = report[member]?.DeepClone();
        }

        var records = report["activities"]!.AsArray();
        result["variables"] = new JsonObject(report["variables"]!.AsArray().Select(x => KeyValuePair.Create(x!["name"]!.ToString(), x["value"]?.DeepClone())));
        result["texts"] = new JsonArray([.. records.Where(IsWrittenLine).Select(x => x!["state"]!["Text"]?.DeepClone())]);
        result["journal"] = string.Join(' ', report["journal"]!.AsArray().Select(x => $"{x!["activityId"]}{Marks[x["event"]!.ToString()]}"));
        result["outcomes"] = OfFirstRun(records, x => x["payload"]?["Outcomes"]);
        result["states"] = OfFirstRun(records, x => x["state"]);
        return result;
    }

    private static bool IsWrittenLine(JsonNode? record) =>
        record!["type"]!.ToString() == "Elsa.WriteLine" && record["status"]!.ToString() == "Completed";

    private static JsonObject OfFirstRun(JsonArray records, Func<JsonNode, JsonNode?> value)
    {
        var result = new JsonObject();
        foreach (var record in records)
        {
            result.TryAdd(record!["activityId"]!.ToString(), value(record)?.DeepClone());
        }

        return result;
    }
}
