using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Workflows.Definitions;

/// <summary>
/// The form over which a definition is hashed. It leaves out what the designer changes by merely looking: positions, order of
/// a flowchart's activities, null members, type names of inputs, test values, versions and dates.
/// </summary>
internal static class CanonicalForm
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> OutsideOfContent = new(StringComparer.Ordinal)
    {
        "$schema", "id", "createdAt", "version", "toolVersion", "isLatest", "isPublished", "isReadonly", "isSystem", "tenantId", "links",
    };

    public static string Write(JsonObject definition)
    {
        var content = new JsonObject();
        foreach (var (key, value) in definition)
        {
            if (!OutsideOfContent.Contains(key))
            {
                content[key] = value?.DeepClone();
            }
        }

        if (content["customProperties"] is JsonObject custom)
        {
            custom.Remove("VariableTestValues");
            custom.Remove("variableTestValues");
        }

        return (Sorted(content, "") ?? new JsonObject()).ToJsonString(Options);
    }

    private static JsonNode? Sorted(JsonNode? node, string name) => node switch
    {
        JsonObject o => SortedObject(o),
        JsonArray a => SortedArray(a, name),
        _ => node?.DeepClone(),
    };

    private static JsonObject? SortedObject(JsonObject o)
    {
        var result = new JsonObject();
        foreach (var (key, value) in o.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (value is null || IsAppearance(o, key, value))
            {
                continue;
            }

            var sorted = Sorted(value, key);
            if (sorted is not null && sorted is not JsonObject { Count: 0 } && sorted is not JsonArray { Count: 0 })
            {
                result[key] = sorted;
            }
        }

        return result;
    }

    private static bool IsAppearance(JsonObject owner, string key, JsonNode value) => key switch
    {
        "designer" or "vertices" or "nodeId" => true,
        "typeName" => owner.ContainsKey("expression") || owner.ContainsKey("memoryReference"),
        "canStartWorkflow" or "runAsynchronously" => value is JsonValue v && v.TryGetValue<bool>(out var b) && !b,
        "isArray" => value is JsonValue v && v.TryGetValue<bool>(out var b) && !b,
        _ => false,
    };

    private static JsonArray SortedArray(JsonArray a, string name)
    {
        var items = a.Select(x => Sorted(x, "")).ToList();
        if (name is "activities" && a.Parent is JsonObject parent && parent.ContainsKey("connections"))
        {
            items = items.OrderBy(SortKey, StringComparer.Ordinal).ToList();
        }

        return new JsonArray(items.ToArray());
    }

    private static string SortKey(JsonNode? node) => (node as JsonObject)?["id"]?.ToString() ?? node?.ToJsonString(Options) ?? "";
}
