using System.Text.Json.Nodes;

namespace CaseFlow.Server.Components.Flow;

/// <summary>
/// Draws the picture from the Elsa JSON of a published definition. Only what a person would name is shown: steps that
/// wait for somebody or something, decisions and ends; pure plumbing (variables, stages, clocks, forks, joins) is passed
/// through, so that a way leads from one named step to the next.
/// </summary>
internal static class FlowPictureReader
{
    private const double ColumnGap = 70;
    private const double RowGap = 40;

    private static readonly string[] Plumbing =
    [
        "Start", "SetVariable", "SetName", "SetOutput", "Correlate", "WriteLine", "FlowFork", "FlowJoin", "FlowDecision",
        "FlowSwitch", "If", "Switch", "Sequence", "SetStage", "StartClock", "StopClock", "StartDeadline", "EndDeadline",
        "Notify", "IssueDocument", "EvaluateAuthority", "DecideByAuthority", "Assess", "Finish", "End", "Complete",
    ];

    /// <summary>Reads a definition.</summary>
    /// <param name="definitionJson">The whole Elsa 3 JSON.</param>
    /// <param name="marks">State and note by activity id.</param>
    public static FlowPicture Read(string definitionJson, IReadOnlyDictionary<string, (FlowStepState State, string? Note)> marks)
    {
        var root = JsonNode.Parse(definitionJson)?["root"] as JsonObject;
        var activities = (root?["activities"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var ways = (root?["connections"] as JsonArray ?? []).OfType<JsonObject>().Select(Way).OfType<RawWay>().ToList();
        var shown = activities.Where(a => !IsPlumbing(a)).ToList();
        var ids = shown.Select(Id).ToHashSet(StringComparer.Ordinal);
        var boxes = Place(shown, marks);
        var done = boxes.Where(b => b.State != FlowStepState.Todo).Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
        var drawn = shown
            .SelectMany(a => Targets(Id(a), ids, ways))
            .GroupBy(w => (w.From, w.To))
            .Select(g => new FlowWay(g.Key.From, g.Key.To, Join(g), done.Contains(g.Key.From) && done.Contains(g.Key.To)))
            .ToList();
        return new FlowPicture(boxes, drawn);
    }

    private static string? Join(IEnumerable<FlowWay> ways)
    {
        var labels = ways.Select(w => w.Label).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return labels.Count == 0 ? null : string.Join('、', labels);
    }

    /// <summary>The named steps that a step leads to, passing through plumbing; the label is the first outcome on the way.</summary>
    private static IEnumerable<FlowWay> Targets(string from, HashSet<string> shown, List<RawWay> ways)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Queue<(string At, string? Label)>([(from, null)]);
        while (open.TryDequeue(out var here))
        {
            foreach (var way in ways.Where(w => w.From == here.At))
            {
                var label = here.Label ?? way.Port;
                if (shown.Contains(way.To))
                {
                    yield return new FlowWay(from, way.To, label, Walked: false);
                }
                else if (seen.Add(way.To))
                {
                    open.Enqueue((way.To, label));
                }
            }
        }
    }

    private static List<FlowBox> Place(
        List<JsonObject> shown, IReadOnlyDictionary<string, (FlowStepState State, string? Note)> marks)
    {
        var columns = Lanes(shown.Select(X), ColumnGap);
        var rows = Lanes(shown.Select(Y), RowGap);
        var taken = new HashSet<(int, int)>();
        return shown.OrderBy(X).ThenBy(Y).Select(a =>
        {
            var (column, row) = (columns(X(a)), rows(Y(a)));
            while (!taken.Add((column, row)))
            {
                row++;
            }

            var mark = marks.TryGetValue(Id(a), out var found) ? found : (FlowStepState.Todo, null);
            return new FlowBox(Id(a), Name(a), column, row, mark.Item1, mark.Item2);
        }).ToList();
    }

    /// <summary>Positions of the designer, gathered into lanes: what stands nearer than the gap shares a lane.</summary>
    private static Func<double, int> Lanes(IEnumerable<double> positions, double gap)
    {
        var starts = new List<double>();
        foreach (var position in positions.Order())
        {
            if (starts.Count == 0 || position - starts[^1] > gap)
            {
                starts.Add(position);
            }
        }

        return p => starts.FindLastIndex(s => s <= p);
    }

    private static RawWay? Way(JsonObject connection)
    {
        var (source, target) = (connection["source"] as JsonObject, connection["target"] as JsonObject);
        var (from, to) = (Text(source?["activity"]), Text(target?["activity"]));
        var port = Text(source?["port"]);
        return from is null || to is null ? null : new RawWay(from, to, port is null or "Done" ? null : port);
    }

    private static bool IsPlumbing(JsonObject activity)
    {
        var type = Text(activity["type"]) ?? "";
        return Plumbing.Contains(type[(type.LastIndexOf('.') + 1)..], StringComparer.Ordinal);
    }

    private static string Id(JsonObject activity) => Text(activity["id"]) ?? "";

    private static string Name(JsonObject activity) => Text(activity["metadata"]?["displayText"])
        ?? Text(activity["displayName"]) ?? Text(activity["name"]) ?? Text(activity["type"]) ?? "";

    private static double X(JsonObject activity) => Number(activity["metadata"]?["designer"]?["position"]?["x"]);

    private static double Y(JsonObject activity) => Number(activity["metadata"]?["designer"]?["position"]?["y"]);

    private static double Number(JsonNode? node) => node is JsonValue v && v.TryGetValue<double>(out var number) ? number : 0;

    private static string? Text(JsonNode? node) =>
        node is JsonValue v && v.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private sealed record RawWay(string From, string To, string? Port);
}
