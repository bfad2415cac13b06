using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.ElsaApi;

namespace CaseFlow.Server.Admin.Workflows;

/// <summary>What was done to a part of a workflow.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is different.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Removed,
}

/// <summary>One difference between two versions, in words.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Part">Key of the text for the part: <c>Node</c>, <c>Way</c>, <c>Variable</c>, <c>Input</c>, <c>Output</c>, <c>Name</c>, <c>Drawing</c>.</param>
/// <param name="Subject">Which one, as a person calls it.</param>
/// <param name="Details">Before and after, by field.</param>
public sealed record WorkflowChange(ChangeKind Kind, string Part, string Subject, IReadOnlyList<FieldChange> Details);

/// <summary>A field of a step before and after.</summary>
/// <param name="Field">Its label.</param>
/// <param name="Before">What stood there; null for nothing.</param>
/// <param name="After">What stands there now; null for nothing.</param>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>
/// Tells the differences of two versions of a definition in the words of the drawing: steps with their deadlines and posts, ways
/// between them, variables. How things are laid out is one difference at most, the order of things none.
/// </summary>
/// <param name="labels">What the designer calls things.</param>
/// <param name="deadlines">Periods of the policy: key and words.</param>
/// <param name="english">English; else Chinese.</param>
internal sealed class WorkflowComparison(DesignerLabels labels, IReadOnlyDictionary<string, string> deadlines, bool english)
{
    private static readonly HashSet<string> NotFields = new(StringComparer.Ordinal)
    {
        "id", "nodeId", "name", "type", "version", "metadata", "customProperties", "activities", "connections", "variables",
    };

    /// <summary>The differences: added, changed, removed steps, then ways, then the rest.</summary>
    public IReadOnlyList<WorkflowChange> Compare(JsonObject before, JsonObject after)
    {
        var (oldSteps, newSteps) = (Steps(before), Steps(after));
        return
        [
            .. newSteps.Where(s => !oldSteps.ContainsKey(s.Key)).Select(s => new WorkflowChange(ChangeKind.Added, "Node", Name(s.Value), Fields(null, s.Value))),
            .. newSteps.Where(s => oldSteps.ContainsKey(s.Key)).Select(s => Changed(oldSteps[s.Key], s.Value)).OfType<WorkflowChange>(),
            .. oldSteps.Where(s => !newSteps.ContainsKey(s.Key)).Select(s => new WorkflowChange(ChangeKind.Removed, "Node", Name(s.Value), [])),
            .. Differences("Way", Ways(oldSteps, before), Ways(newSteps, after)),
            .. Differences("Variable", Named(before, "variables"), Named(after, "variables")),
            .. Differences("Input", Named(before, "inputs"), Named(after, "inputs")),
            .. Differences("Output", Named(before, "outputs"), Named(after, "outputs")),
            .. Renamed(before, after),
            .. Redrawn(before, after),
        ];
    }

    private WorkflowChange? Changed(JsonObject before, JsonObject after)
    {
        var fields = Fields(before, after).Where(f => f.Before != f.After).ToList();
        if (Name(before) != Name(after))
        {
            fields.Insert(0, new FieldChange(english ? "Name" : "名称", Name(before), Name(after)));
        }

        return fields.Count == 0 ? null : new WorkflowChange(ChangeKind.Changed, "Node", Name(after), fields);
    }

    private List<FieldChange> Fields(JsonObject? before, JsonObject after)
    {
        var type = after.Text("type") ?? "";
        var names = after.Select(m => m.Key).Concat(before?.Select(m => m.Key) ?? []).Distinct(StringComparer.Ordinal).Where(n => !NotFields.Contains(n));
        return
        [
            .. names
                .Where(n => !IsEmbedded(after[n]) && !IsEmbedded(before?[n]))
                .Select(n => new FieldChange(labels.Member(type, Pascal(n), Pascal(n), english), Value(before?[n]), Value(after[n])))
                .Where(f => f.Before is not null || f.After is not null),
        ];
    }

    /// <summary>A value as a person reads it: the literal itself, or the expression.</summary>
    private string? Value(JsonNode? node) => node switch
    {
        null => null,
        JsonObject input when input["expression"] is JsonObject expression => Expression(expression),
        JsonObject variable when variable.Text("name") is { } name => name,
        JsonObject reference when reference["memoryReference"] is JsonObject memory => memory.Text("id"),
        JsonArray items => string.Join('、', items.Select(i => i is JsonObject o && o.Text("label") is { } label ? label : Plain(i))),
        _ => Plain(node),
    };

    private string? Expression(JsonObject expression)
    {
        var value = expression["value"];
        return expression.Text("type") switch
        {
            _ when value is null => null,
            "Literal" or "Object" => ListOf(Plain(value)),
            "Variable" => (english ? "variable " : "变量 ") + ((value as JsonObject)?.Text("name") ?? Plain(value)),
            var language => $"{language}: {Plain(value)}",
        };
    }

    /// <summary>Studio writes a list of texts as JSON text.</summary>
    private string ListOf(string text)
    {
        try
        {
            return text.StartsWith('[') && JsonNode.Parse(text) is JsonArray items
                ? string.Join('、', items.Select(i => labels.Choice(Plain(i), english)))
                : deadlines.GetValueOrDefault(text) ?? labels.Choice(text, english);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    private static string Plain(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString(ElsaJson.Options) ?? "";

    private Dictionary<string, string> Ways(Dictionary<string, JsonObject> steps, JsonObject definition)
    {
        var ways = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var connection in Roots(definition).SelectMany(ActivityNodes.All).SelectMany(a => a["connections"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (source, target) = (connection["source"] as JsonObject, connection["target"] as JsonObject);
            var from = source?.Text("activity") ?? "";
            var to = target?.Text("activity") ?? "";
            var port = source?.Text("port") ?? "Done";
            var label = port == "Done" ? "" : $"（{labels.Outcome(port, port, english)}）";
            ways[$"{from}|{port}|{to}"] = $"{NameOf(steps, from)}{label} → {NameOf(steps, to)}";
        }

        return ways;
    }

    private static Dictionary<string, string> Named(JsonObject definition, string list) =>
        (definition[list] as JsonArray ?? []).OfType<JsonObject>()
            .GroupBy(i => i.Text("name") ?? "", StringComparer.Ordinal)
            .ToDictionary(g => $"{g.Key}|{g.First().Text("typeName") ?? g.First().Text("type")}|{g.First()["value"]}", g => g.Key, StringComparer.Ordinal);

    private static IEnumerable<WorkflowChange> Differences(string part, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        var added = after.Where(a => !before.ContainsKey(a.Key)).Select(a => a.Value).ToList();
        var removed = before.Where(b => !after.ContainsKey(b.Key)).Select(b => b.Value).ToList();
        return added.Except(removed, StringComparer.Ordinal).Select(a => new WorkflowChange(ChangeKind.Added, part, a, []))
            .Concat(added.Intersect(removed, StringComparer.Ordinal).Select(c => new WorkflowChange(ChangeKind.Changed, part, c, [])))
            .Concat(removed.Except(added, StringComparer.Ordinal).Select(r => new WorkflowChange(ChangeKind.Removed, part, r, [])));
    }

    private static IEnumerable<WorkflowChange> Renamed(JsonObject before, JsonObject after) =>
        before.Text("name") == after.Text("name")
            ? []
            : [new WorkflowChange(ChangeKind.Changed, "Name", after.Text("name") ?? "", [new FieldChange("", before.Text("name"), after.Text("name"))])];

    private static IEnumerable<WorkflowChange> Redrawn(JsonObject before, JsonObject after)
    {
        var (old, now) = (ActivityNodes.Positions(before["root"] as JsonObject), ActivityNodes.Positions(after["root"] as JsonObject));
        var moved = now.Count(p => old.TryGetValue(p.Key, out var place) && place != p.Value);
        return moved == 0 ? [] : [new WorkflowChange(ChangeKind.Changed, "Drawing", moved.ToString(System.Globalization.CultureInfo.CurrentCulture), [])];
    }

    private static Dictionary<string, JsonObject> Steps(JsonObject definition) =>
        Roots(definition).SelectMany(ActivityNodes.All)
            .Where(a => a.Text("type") is not "Elsa.Flowchart")
            .GroupBy(a => a.Text("id")!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    private static JsonObject[] Roots(JsonObject definition) => definition["root"] is JsonObject root ? [root] : [];

    private static bool IsEmbedded(JsonNode? node) => node switch
    {
        JsonObject json => ActivityNodes.IsActivity(json),
        JsonArray items => items.Any(i => i is JsonObject json && (ActivityNodes.IsActivity(json) || json["activity"] is JsonObject)),
        _ => false,
    };

    private static string Name(JsonObject activity) => ActivityNodes.NameOf(activity);

    private static string NameOf(Dictionary<string, JsonObject> steps, string id) => steps.TryGetValue(id, out var step) ? Name(step) : id;

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
