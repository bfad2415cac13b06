using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaseFlow.Workflows.Tests.Samples;

/// <summary>One difference between what Elsa did and what we do.</summary>
internal sealed record Difference(string Path, string Expected, string Actual);

/// <summary>Compares reports, member by member.</summary>
internal static partial class Differences
{
    public static List<Difference> Between(JsonNode? expected, JsonNode? actual)
    {
        var result = new List<Difference>();
        Compare("", Plain(expected, ""), Plain(actual, ""), result);
        return result;
    }

    private static void Compare(string path, JsonNode? expected, JsonNode? actual, List<Difference> result)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                foreach (var key in e.Select(p => p.Key).Union(a.Select(p => p.Key), StringComparer.Ordinal).ToList())
                {
                    Compare($"{path}.{key}", e[key], a[key], result);
                }

                break;
            case (JsonArray e, JsonArray a):
                for (var i = 0; i < Math.Max(e.Count, a.Count); i++)
                {
                    Compare($"{path}[{i}]", i < e.Count ? e[i] : "(nothing)", i < a.Count ? a[i] : "(nothing)", result);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    result.Add(new Difference(path, Text(expected), Text(actual)));
                }

                break;
        }
    }

    /// <summary>Ids and times differ from run to run.</summary>
    private static JsonNode? Plain(JsonNode? node, string key) => node switch
    {
        JsonObject o => new JsonObject(o.Where(p => !Ignored(p.Key)).Select(p => KeyValuePair.Create(p.Key, Plain(p.Value, p.Key)))),
        JsonArray a => new JsonArray([.. a.Select(x => Plain(x, key))]),
        JsonValue v when key is "timestamp" or "ResumeAt" or "ExecuteAt" or "Executed At" => JsonValue.Create("<time>"),
        JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(IdPattern().Replace(text, "<id>")),
        _ => node?.DeepClone(),
    };

    // How the instance was started and resumed is the script, not the result.
    private static bool Ignored(string key) => key is "started" or "resumed" or "error";

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";

    [GeneratedRegex(@"<id\d+>|\b[0-9a-f]{15,16}\b|\b[0-9a-f]{32}\b")]
    private static partial Regex IdPattern();
}
