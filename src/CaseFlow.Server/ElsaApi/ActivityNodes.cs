using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Walks the activities of a definition's JSON.</summary>
internal static class ActivityNodes
{
    private static readonly HashSet<string> NoActivities = new(StringComparer.Ordinal) { "metadata", "customProperties", "connections", "variables" };

    /// <summary>All activities below and with <paramref name="root"/>, outer ones first.</summary>
    public static IEnumerable<JsonObject> All(JsonObject root)
    {
        yield return root;
        foreach (var child in Children(root))
        {
            foreach (var activity in All(child))
            {
                yield return activity;
            }
        }
    }

    /// <summary>The activities directly inside another: in its list, or embedded in its ports.</summary>
    public static IEnumerable<JsonObject> Children(JsonObject activity)
    {
        foreach (var (name, value) in activity)
        {
            if (NoActivities.Contains(name))
            {
                continue;
            }

            if (value is JsonArray items)
            {
                foreach (var item in items.OfType<JsonObject>().SelectMany(Embedded))
                {
                    yield return item;
                }
            }
            else if (value is JsonObject member && IsActivity(member))
            {
                yield return member;
            }
        }
    }

    /// <summary>Whether a JSON object is an activity: it has an id and a type (an expression has no id, a variable no type).</summary>
    public static bool IsActivity(JsonObject json) => json.Text("id") is not null && json.Text("type") is not null;

    /// <summary>What a person calls an activity: the text that the designer shows on it.</summary>
    public static string NameOf(JsonObject activity) =>
        (activity["metadata"] as JsonObject)?.Text("displayText") ?? activity.Text("name") ?? activity.Text("id") ?? "?";

    /// <summary>Adds what Studio expects on every activity of an answer: node ids from the root down, and the flowchart's lists.</summary>
    public static void Complete(JsonObject activity, string parentNodeId)
    {
        var nodeId = $"{parentNodeId}:{activity.Text("id")}";
        activity["nodeId"] = nodeId;
        activity["metadata"] ??= new JsonObject();
        activity["version"] ??= 1;
        if (activity["customProperties"] is not JsonObject properties)
        {
            activity["customProperties"] = properties = [];
        }

        properties.TryAdd("canStartWorkflow", false);
        properties.TryAdd("runAsynchronously", false);
        if (activity.Text("type") == "Elsa.Flowchart")
        {
            properties.TryAdd("notFoundConnections", new JsonArray());
            activity["activities"] ??= new JsonArray();
            activity["variables"] ??= new JsonArray();
            activity["connections"] ??= new JsonArray();
        }

        foreach (var child in Children(activity).ToList())
        {
            Complete(child, nodeId);
        }
    }

    /// <summary>The designer's place of each activity, by activity id: what a person sees when only the drawing was changed.</summary>
    public static Dictionary<string, string> Positions(JsonObject? root) => root is null
        ? []
        : All(root)
            .Where(a => a["metadata"] is JsonObject { } metadata && metadata["designer"] is JsonObject designer && designer["position"] is not null)
            .ToDictionary(a => a.Text("id")!, a => a["metadata"]!["designer"]!["position"]!.ToJsonString(), StringComparer.Ordinal);

    /// <summary>An item of a list is an activity, or a case of a switch that holds one.</summary>
    private static IEnumerable<JsonObject> Embedded(JsonObject item) =>
        IsActivity(item) ? [item] : item.Select(m => m.Value).OfType<JsonObject>().Where(IsActivity);
}
