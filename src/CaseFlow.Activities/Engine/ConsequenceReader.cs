using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Activities.Engine;

/// <summary>Sentences that were told already; a published version never changes.</summary>
internal sealed class ConsequenceCache
{
    public ConcurrentDictionary<(string Version, string Activity), IReadOnlyDictionary<string, string>> Known { get; } = new();
}

/// <summary>
/// What happens when a person chooses an outcome, in the words that stand in the drawing: what is issued, who is told, who
/// comes next. Read from the definition to which the procedure is pinned, so a changed drawing tells its own consequences.
/// </summary>
internal sealed class ConsequenceReader(WorkflowVersions versions, ConsequenceCache cache)
{
    /// <summary>Steps behind which somebody or something else has the word.</summary>
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "CaseFlow.StaffTask", "CaseFlow.SecondSignature", "CaseFlow.CitizenTask", "CaseFlow.DecideByAuthority", "CaseFlow.PostPublicNotice", "CaseFlow.WaitForVerification",
        "CaseFlow.WaitForBenefitEnd", "CaseFlow.WaitForSuspensionEnd", "Elsa.Finish", "Elsa.End",
    };

    /// <summary>Steps that a person would call an effect; the others work behind the scenes.</summary>
    private static readonly HashSet<string> Effects = new(StringComparer.Ordinal)
    {
        "CaseFlow.IssueDocument", "CaseFlow.Notify", "CaseFlow.StartBenefit", "CaseFlow.ChangeBenefit", "CaseFlow.StopBenefit", "CaseFlow.SuspendPayment",
        "CaseFlow.ResumePayment", "CaseFlow.MoveCase", "CaseFlow.Publish", "CaseFlow.RequestVerification",
    };

    /// <summary>Outcome → sentence; empty where the definition is not known.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(string versionId, string activityId, CancellationToken cancellationToken)
    {
        if (cache.Known.TryGetValue((versionId, activityId), out var known))
        {
            return known;
        }

        var row = await versions.FindAsync(versionId, cancellationToken);
        if (row is null)
        {
            return new Dictionary<string, string>();
        }

        var drawing = Drawing.Of(CaseJson.ReadObject(row.Json)["root"] as JsonObject ?? []);
        var told = drawing.Ports(activityId).Distinct().ToDictionary(port => port, port => Sentence(drawing, activityId, port), StringComparer.Ordinal);
        if (row.IsPublished)
        {
            cache.Known[(versionId, activityId)] = told;
        }

        return told;
    }

    private static string Sentence(Drawing drawing, string activityId, string port)
    {
        var parts = Walk(drawing, activityId, port, [activityId]).Distinct().ToList();
        return parts.Count == 0 ? "" : string.Join("；", parts) + "。";
    }

    private static List<string> Walk(Drawing drawing, string from, string port, HashSet<string> seen)
    {
        var told = new List<string>();
        foreach (var next in drawing.Targets(from, port).Where(seen.Add))
        {
            var node = drawing.Node(next);
            var type = Drawing.Text(node["type"]) ?? "";
            if (Ends.Contains(type))
            {
                told.Add(EndOf(node, type));
                continue;
            }

            if (Effects.Contains(type))
            {
                told.Add(Drawing.Label(node));
            }

            var ports = drawing.Ports(next).Distinct().ToList();
            var branches = ports.ConvertAll(p => Walk(drawing, next, p, [.. seen]));
            told.AddRange(branches.Count == 1 ? branches[0] : Choice(type, branches));
        }

        return told;
    }

    /// <summary>Where the way parts, only where it leads is told: both at once, or one of them as things turn out.</summary>
    private static List<string> Choice(string type, List<List<string>> branches)
    {
        var ends = branches.Where(b => b.Count > 0).Select(b => b[^1]).Distinct().ToList();
        return ends.Count switch
        {
            0 => [],
            1 => ends,
            _ => type == "Elsa.FlowFork" ? ends : ["视结果" + string.Join("，或", ends)],
        };
    }

    private static string EndOf(JsonObject node, string type) => type switch
    {
        "Elsa.Finish" or "Elsa.End" => "本程序办结",
        "CaseFlow.PostPublicNotice" or "CaseFlow.WaitForVerification" or "CaseFlow.WaitForBenefitEnd" or "CaseFlow.WaitForSuspensionEnd" => Drawing.Label(node),
        "CaseFlow.CitizenTask" => $"等申请人办理“{Drawing.Label(node)}”",
        _ => $"转“{Drawing.Label(node)}”",
    };

    /// <summary>Activities and connections of a flowchart.</summary>
    private sealed record Drawing(IReadOnlyDictionary<string, JsonObject> Nodes, IReadOnlyList<(string From, string Port, string To)> Lines)
    {
        public static Drawing Of(JsonObject root) => new(
            (root["activities"] as JsonArray ?? []).OfType<JsonObject>().Where(a => Text(a["id"]) is not null).ToDictionary(a => Text(a["id"])!, StringComparer.Ordinal),
            [
                .. (root["connections"] as JsonArray ?? []).OfType<JsonObject>().Select(c =>
                    (Text(c["source"]?["activity"]) ?? "", Text(c["source"]?["port"]) ?? "Done", Text(c["target"]?["activity"]) ?? "")),
            ]);

        public JsonObject Node(string id) => Nodes.TryGetValue(id, out var node) ? node : [];

        public IEnumerable<string> Ports(string id) => Lines.Where(l => l.From == id).Select(l => l.Port);

        public IEnumerable<string> Targets(string id, string port) => Lines.Where(l => l.From == id && l.Port == port).Select(l => l.To);

        public static string Label(JsonObject node) =>
            Text(node["title"]?["expression"]?["value"]) ?? Text(node["metadata"]?["displayText"]) ?? Text(node["name"]) ?? "";

        public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
    }
}
