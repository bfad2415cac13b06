using System.Text.Json.Nodes;

namespace CaseFlow.Server.Commands;

/// <summary>What a run file says was done: how each instance was started, and by what it was resumed.</summary>
internal sealed record RunDefinitionScript(IReadOnlyList<RunDefinitionInstance> Instances)
{
    /// <summary>Reads a run file; null where there is none.</summary>
    public static async Task<RunDefinitionScript?> ReadAsync(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var instances = (JsonNode.Parse(await File.ReadAllTextAsync(file)) as JsonArray ?? []).OfType<JsonObject>();
        return new RunDefinitionScript([.. instances.Select(RunDefinitionInstance.Read)]);
    }
}

/// <summary>How one instance was started and resumed; without a start it is run by default.</summary>
internal sealed record RunDefinitionInstance(RunDefinitionStep? Started, IReadOnlyList<RunDefinitionStep> Resumed, bool HasParent)
{
    public static RunDefinitionInstance Read(JsonObject instance) => new(
        instance["started"] is JsonObject started ? new RunDefinitionStep(started) : null,
        [.. (instance["resumed"] as JsonArray ?? []).OfType<JsonObject>().Select(x => new RunDefinitionStep(x))],
        instance["parentInstanceId"] is JsonValue);
}

/// <summary>One step of a script, as its file has it.</summary>
internal sealed record RunDefinitionStep(JsonObject Json)
{
    public string Kind => Text("kind") ?? "run";

    public string? ActivityId => Text("activityId");

    public string? EventName => Text("eventName");

    public string? CorrelationId => Text("correlationId");

    public string? DefinitionId => Text("definitionId");

    public bool HasNoEffect => string.Equals(Text("effect"), "none", StringComparison.Ordinal);

    public JsonNode? Input => Json["input"];

    public string? BookmarkName => (Json["bookmark"] as JsonObject)?["name"]?.ToString();

    private string? Text(string name) => (Json[name] as JsonValue)?.ToString();
}
