using System.Text;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>Tells, from the folder of a case type, everything that a scenario of it may name: steps, outcomes, forms, stages, templates.</summary>
internal static class ScenarioReference
{
    /// <summary>The reference as Markdown.</summary>
    public static string Write(string root, string caseType)
    {
        var folder = Path.Combine(root, "workflows", caseType);
        var text = new StringBuilder();
        text.Append($"# Scenarios of {caseType}: what they may name\n\nWritten by `simulate --about {caseType}` from `workflows/{caseType}`. `*` marks a field that must be there.\n");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "case-type.json")))!;
        text.Append("\n## Stages\n\n").Append(string.Join(", ", Objects(manifest["stages"]).Select(s => $"`{s["id"]}` {Zh(s["name"])}"))).Append('\n');
        text.Append("\n## Materials\n\n").Append(string.Join(", ", Objects(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "materials.json"))))
            .Select(m => $"`{m["code"]}`{((bool?)m["required"] == true ? "*" : "")} {Zh(m["name"])}"))).Append('\n');
        foreach (var procedure in Objects(manifest["procedures"]))
        {
            Procedure(text, folder, procedure);
        }

        text.Append("\n## Forms\n\nThe application:\n\n");
        Fields(text, Schema(Path.Combine(folder, "form.schema.json")), "");
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "forms"), "*.schema.json").Order(StringComparer.Ordinal))
        {
            text.Append($"\n`{Path.GetFileName(file).Replace(".schema.json", "", StringComparison.Ordinal)}`:\n\n");
            Fields(text, Schema(file), "");
        }

        text.Append("\n## Documents\n\n");
        foreach (var file in Directory.GetFiles(Path.Combine(root, "templates", caseType), "*.model.json").Order(StringComparer.Ordinal))
        {
            var model = JsonNode.Parse(File.ReadAllText(file))!;
            text.Append($"- `{Path.GetFileName(file).Replace(".model.json", "", StringComparison.Ordinal)}`{(model["title"] is { } title ? $" {title}" : "")}{(model["numberKind"] is { } kind ? $" (number: {kind})" : "")}\n");
        }

        return text.ToString();
    }

    private static void Procedure(StringBuilder text, string folder, JsonObject procedure)
    {
        var definition = (string)procedure["definition"]!;
        var file = Directory.GetFiles(folder, "*.workflow.json").First(f => (string?)JsonNode.Parse(File.ReadAllText(f))!["definitionId"] == definition);
        var activities = Objects(JsonNode.Parse(File.ReadAllText(file))!["root"]!["activities"]).ToList();
        text.Append($"\n## Procedure `{procedure["kind"]}` ({Zh(procedure["name"])})\n\n");
        var tasks = activities.Where(a => Value(a, "step") is not null && Value(a, "outcomes") is not null).ToList();
        if (tasks.Count > 0)
        {
            text.Append("|step|name|by|outcomes|form|due|\n|---|---|---|---|---|---|\n");
        }

        foreach (var task in tasks)
        {
            var type = ((string)task["type"]!).Split('.')[^1];
            var by = type switch
            {
                "CitizenTask" => "the applicant",
                "DecideByAuthority" => "the post that the delegation table names",
                "SecondSignature" => $"the second person named in `{Value(task, "signedStep")}`",
                _ => $"{string.Join(", ", List(task, "posts"))} of the {Value(task, "level")?.ToLowerInvariant()}",
            };
            var outcomes = List(task, "outcomes").Where(outcome => type != "SecondSignature" || outcome != "NotNeeded");
            var due = Value(task, "dueRule") is { } rule ? $"`{rule}`" : Value(task, "signedStep") is { } signed ? $"that of `{signed}`" : "the total's";
            text.Append($"|`{Value(task, "step")}`|{Value(task, "title")}|{by}|{string.Join(", ", outcomes)}|{Value(task, "form") ?? "–"}|{due}|\n");
        }

        var clocks = activities.Where(a => ((string)a["type"]!).EndsWith("StartDeadline", StringComparison.Ordinal)).Select(a => $"`{Value(a, "rule")}`").Distinct().ToList();
        if (clocks.Count > 0)
        {
            text.Append($"\nPeriods that run (`deadlines`): {string.Join(", ", clocks)}\n");
        }
    }

    private static void Fields(StringBuilder text, JsonObject schema, string indent)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(n => (string?)n).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, node) in schema["properties"] as JsonObject ?? [])
        {
            var field = (JsonObject)node!;
            var values = field["enum"] is JsonArray choices ? $": {string.Join(", ", choices.Select(c => c?.ToString()))}" : "";
            var inner = field["items"] as JsonObject ?? field;
            values += field["items"] is JsonObject { } item && item["enum"] is JsonArray many ? $": {string.Join(", ", many.Select(c => c?.ToString()))}" : "";
            text.Append($"{indent}- `{name}`{(required.Contains(name) ? "*" : "")} {(string?)field["title"]} ({Kind(field)}{values})\n");
            Fields(text, inner, indent + "  ");
        }
    }

    private static string Kind(JsonObject field) => field["type"] switch
    {
        JsonValue one => one.ToString() == "array" ? "list" : (string?)field["format"] ?? one.ToString(),
        JsonArray many => string.Join(" or ", many.Select(m => m?.ToString())),
        _ => "any",
    };

    private static JsonObject Schema(string file) => (JsonObject)JsonNode.Parse(File.ReadAllText(file))!;

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static string Zh(JsonNode? name) => (string?)name?["zh-CN"] ?? name?.ToString() ?? "";

    private static string? Value(JsonObject activity, string input) =>
        (activity[input] as JsonObject)?["expression"]?["value"]?.ToString() is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> List(JsonObject activity, string input) =>
        Value(activity, input) is { } text && JsonNode.Parse(text) is JsonArray list ? list.Select(item => item!.ToString()) : [];
}
