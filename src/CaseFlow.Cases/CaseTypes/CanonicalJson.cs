using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.CaseTypes;

/// <summary>
/// The canonical form of JSON, over which versions are hashed: members in ordinal order, no nulls, no blanks. For a workflow
/// also without what Studio changes by merely looking: positions, drawn lines, order of activities and connections, type names
/// that stand at null, test values, and the version's own bookkeeping.
/// </summary>
public static class CanonicalJson
{
    private static readonly HashSet<string> WorkflowBookkeeping = new(StringComparer.Ordinal)
    {
        "$schema", "id", "version", "createdAt", "toolVersion", "isLatest", "isPublished", "isReadonly", "isSystem", "links",
    };

    private static readonly HashSet<string> EverywhereLeftOut = new(StringComparer.Ordinal) { "vertices", "nodeId" };

    /// <summary>SHA-256 over the canonical form, lower-case hex.</summary>
    public static string Hash(JsonNode? node) => HashText(Write(node));

    /// <summary>SHA-256 over the canonical form of a workflow definition, lower-case hex.</summary>
    public static string HashWorkflow(JsonObject definition)
    {
        var top = new JsonObject();
        foreach (var (name, value) in definition)
        {
            if (!WorkflowBookkeeping.Contains(name))
            {
                top[name] = value?.DeepClone();
            }
        }

        return HashText(Write(Simplify(top, null)));
    }

    /// <summary>The canonical form as text.</summary>
    public static string Write(JsonNode? node) => (Sort(node) ?? JsonValue.Create("null")).ToJsonString(CaseJson.Options);

    private static string HashText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(m => m.Value is not null)
            .OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, Sort(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Simplify(JsonNode? node, string? memberName) => node switch
    {
        JsonObject members => SimplifyObject(members, memberName),
        JsonArray items when memberName is "activities" or "connections" => new JsonArray(
            [.. items.Select(i => Simplify(i, null)).OrderBy(Write, StringComparer.Ordinal)]),
        JsonArray items => new JsonArray([.. items.Select(i => Simplify(i, null))]),
        _ => node?.DeepClone(),
    };

    private static JsonObject? SimplifyObject(JsonObject members, string? memberName)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            var dropped = value is null
                || EverywhereLeftOut.Contains(name)
                || (memberName == "metadata" && name == "designer")
                || (memberName == "customProperties" && (name == "VariableTestValues" || (name is "canStartWorkflow" or "runAsynchronously" && IsFalse(value))))
                || (name == "typeName" && members.ContainsKey("expression"));
            if (dropped)
            {
                continue;
            }

            var simple = Simplify(value, name);
            var empty = simple is JsonObject { Count: 0 } or JsonArray { Count: 0 };
            if (!empty && simple is not null)
            {
                result[name] = simple;
            }
        }

        return result;
    }

    private static bool IsFalse(JsonNode value) => value is JsonValue truth && truth.TryGetValue<bool>(out var flag) && !flag;
}
