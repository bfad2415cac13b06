using System.Text.Json.Nodes;

namespace CaseFlow.Server.Components.Flow;

/// <summary>
/// Draws the picture from the Elsa JSON of a published definition. Only what a person would name is shown: steps that
/// wait for somebody or something, decisions and ends; pure plumbing (variables, stages, clocks, forks, joins) is passed
/// through, so that a way leads from one named step to the next.
/// </summary>
internal static class FlowPictureReader
{
    /// <summary>Custom property of the steps that a case usually takes; where no step has it, all are shown.</summary>
    private const string UsualWay = "usualWay";

    /// <summary>Columns of a band; a long flow goes on in the band below.</summary>
    private const int BandColumns = 6;

    private static readonly string[] Plumbing =
    [
        "Start", "SetVariable", "SetName", "SetOutput", "Correlate", "WriteLine", "FlowFork", "FlowJoin", "FlowDecision",
        "FlowSwitch", "If", "Switch", "Sequence", "SetStage", "SetResult", "StartDeadline",
        "Notify", "IssueDocument", "Assess", "Finish", "End", "Complete", "AcceptCase", "MeetDeadline", "RecordMaterials",
        "RecordFacts", "RequestVerification", "SettleVerification", "SettleObjections", "DistrictVisitCheck", "RecordFiling",
        "ScheduleReview", "SetReviewClass",
    ];

    /// <summary>Reads a definition.</summary>
    /// <param name="definitionJson">The whole Elsa 3 JSON.</param>
    /// <param name="marks">State and note by activity id.</param>
    public static FlowPicture Read(string definitionJson, IReadOnlyDictionary<string, (FlowStepState State, string? Note)> marks)
    {
        var root = JsonNode.Parse(definitionJson)?["root"] as JsonObject;
        var activities = (root?["activities"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var ways = (root?["connections"] as JsonArray ?? []).OfType<JsonObject>().Select(Way).OfType<RawWay>().ToList();
        var marked = activities.Exists(IsUsual);
        var plumbing = activities.Where(IsPlumbing).Select(Id).ToHashSet(StringComparer.Ordinal);
        var order = Order(activities, ways);
        var shown = activities
            .Where(a => !plumbing.Contains(Id(a)) && (!marked || IsUsual(a) || marks.ContainsKey(Id(a))))
            .OrderBy(a => order[Id(a)]).ToList();
        var drawn = shown.SelectMany(a => Targets(Id(a), plumbing, ways)).GroupBy(w => (w.From, w.To)).ToList();
        var ids = shown.Select(Id).ToHashSet(StringComparer.Ordinal);
        drawn.RemoveAll(g => !ids.Contains(g.Key.To));
        var boxes = Passed(Place(shown, drawn.Select(g => g.Key).ToList(), marks), drawn.Select(g => g.Key).ToList());
        var done = boxes.Where(b => b.State != FlowStepState.Todo).Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
        return new FlowPicture(
            boxes,
            drawn.Select(g => new FlowWay(g.Key.From, g.Key.To, drawn.Where(o => o.Key.From == g.Key.From).Select(Join).Distinct().Count() > 1 ? Join(g) : null, done.Contains(g.Key.From) && done.Contains(g.Key.To))).ToList());
    }

    /// <summary>The steps in an order in which each comes after those that lead to it, ways back left aside.</summary>
    private static Dictionary<string, int> Order(List<JsonObject> activities, List<RawWay> ways)
    {
        var next = ways.ToLookup(w => w.From, w => w.To, StringComparer.Ordinal);
        var ended = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in activities.Select(Id))
        {
            Visit(id);
        }

        ended.Reverse();
        return ended.Select((id, place) => (id, place)).ToDictionary(p => p.id, p => p.place, StringComparer.Ordinal);

        void Visit(string id)
        {
            if (!seen.Add(id))
            {
                return;
            }

            foreach (var to in next[id].Reverse())
            {
                Visit(to);
            }

            ended.Add(id);
        }
    }

    /// <summary>What stands between a step that was reached and one reached later has been passed, though no person did it.</summary>
    private static List<FlowBox> Passed(List<FlowBox> boxes, List<(string From, string To)> ways)
    {
        var reached = boxes.Where(b => b.State != FlowStepState.Todo).ToDictionary(b => b.Id, b => b.Rank, StringComparer.Ordinal);
        return boxes.Select(b => b.State == FlowStepState.Todo
            && ways.Any(w => w.To == b.Id && reached.TryGetValue(w.From, out var before) && before < b.Rank)
            && ways.Any(w => w.From == b.Id && reached.TryGetValue(w.To, out var after) && after > b.Rank)
            ? b with { State = FlowStepState.Done }
            : b).ToList();
    }

    private static string? Join(IEnumerable<FlowWay> ways)
    {
        var labels = ways.Select(w => w.Label).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return labels.Count == 0 ? null : string.Join('、', labels);
    }

    /// <summary>The named steps that a step leads to, passing through plumbing; the label is the first outcome on the way.</summary>
    private static IEnumerable<FlowWay> Targets(string from, HashSet<string> plumbing, List<RawWay> ways)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Queue<(string At, string? Label)>([(from, null)]);
        while (open.TryDequeue(out var here))
        {
            foreach (var way in ways.Where(w => w.From == here.At))
            {
                var label = here.Label ?? way.Port;
                if (!plumbing.Contains(way.To))
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

    /// <summary>A step stands one column after the last that leads to it; steps of the same column stand below each other.</summary>
    private static List<FlowBox> Place(
        List<JsonObject> shown,
        List<(string From, string To)> ways,
        IReadOnlyDictionary<string, (FlowStepState State, string? Note)> marks)
    {
        var places = shown.Select((a, i) => (Id: Id(a), Index: i)).ToDictionary(p => p.Id, p => p.Index, StringComparer.Ordinal);
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in shown.Select(Id))
        {
            var before = ways.Where(w => w.To == id && places[w.From] < places[id] && ranks.ContainsKey(w.From)).Select(w => ranks[w.From] + 1);
            ranks[id] = before.DefaultIfEmpty(0).Max();
        }

        var rows = BandRows(ranks.Values);
        var taken = new Dictionary<int, int>();
        return shown.Select(a =>
        {
            var rank = ranks[Id(a)];
            var lane = taken[rank] = taken.GetValueOrDefault(rank, -1) + 1;
            var mark = marks.TryGetValue(Id(a), out var found) ? found : (State: FlowStepState.Todo, Note: null);
            return new FlowBox(Id(a), Name(a), rank, rank % BandColumns, rows[rank / BandColumns] + lane, mark.State, mark.Note);
        }).ToList();
    }

    /// <summary>The first row of each band: a band is as high as its fullest column.</summary>
    private static List<int> BandRows(IReadOnlyCollection<int> ranks)
    {
        var rows = new List<int> { 0 };
        var bands = ranks.GroupBy(r => r).GroupBy(g => g.Key / BandColumns).ToDictionary(b => b.Key, b => b.Max(g => g.Count()));
        for (var band = 0; band <= ranks.DefaultIfEmpty(0).Max() / BandColumns; band++)
        {
            rows.Add(rows[^1] + bands.GetValueOrDefault(band, 1));
        }

        return rows;
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

    private static bool IsUsual(JsonObject activity) =>
        activity["customProperties"]?[UsualWay] is JsonValue value && value.TryGetValue<bool>(out var usual) && usual;

    private static string? Text(JsonNode? node) =>
        node is JsonValue v && v.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private sealed record RawWay(string From, string To, string? Port);
}
