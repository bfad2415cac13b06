using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Activities as nodes of a graph, for nested workflows in editor and viewer.</summary>
internal static class ActivityGraph
{
    /// <summary>An activity with its children, each with the port that it hangs on.</summary>
    public static JsonObject Node(JsonObject activity, string port = "Root") => new()
    {
        ["nodeId"] = activity.Text("nodeId"),
        ["port"] = port,
        ["activity"] = activity.DeepClone(),
        ["children"] = new JsonArray([.. ActivityNodes.Children(activity).Select(c => Node(c, PortOf(activity, c)))]),
    };

    /// <summary>The containers on the way from the root down to a child; null if there is no such child.</summary>
    public static JsonObject? Path(JsonObject root, string childNodeId)
    {
        var way = Way(root, childNodeId);
        if (way is null)
        {
            return null;
        }

        var segments = way.SkipLast(1).Select((activity, index) => (JsonNode)new JsonObject
        {
            ["activityNodeId"] = activity.Text("nodeId"),
            ["activityId"] = activity.Text("id"),
            ["activityType"] = activity.Text("type"),
            ["portName"] = PortOf(activity, way[index + 1]),
            ["activityName"] = activity.Text("name"),
        });
        return new JsonObject
        {
            ["childNode"] = Node(way[^1]),
            ["container"] = (way.Count > 1 ? way[^2] : way[^1]).DeepClone(),
            ["pathSegments"] = new JsonArray([.. segments]),
        };
    }

    private static List<JsonObject>? Way(JsonObject activity, string nodeId)
    {
        if (activity.Text("nodeId") == nodeId)
        {
            return [activity];
        }

        foreach (var child in ActivityNodes.Children(activity))
        {
            if (Way(child, nodeId) is { } rest)
            {
                return [activity, .. rest];
            }
        }

        return null;
    }

    /// <summary>The member of the parent that holds the child, as a port's name: <c>Then</c>, or <c>Activities</c> for an item of a list.</summary>
    private static string PortOf(JsonObject parent, JsonObject child)
    {
        var member = parent.First(m => Holds(m.Value, child)).Key;
        return char.ToUpperInvariant(member[0]) + member[1..];
    }

    private static bool Holds(JsonNode? value, JsonObject child) =>
        ReferenceEquals(value, child)
        || (value is JsonArray items && items.Any(i => ReferenceEquals(i, child) || (i is JsonObject item && item.Any(m => ReferenceEquals(m.Value, child)))));
}
