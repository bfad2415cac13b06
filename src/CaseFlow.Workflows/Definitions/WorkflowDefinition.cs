using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Definitions;

/// <summary>
/// One version of an Elsa 3 workflow definition. It keeps the JSON that it was read from, so that writing it loses nothing,
/// unknown members included.
/// </summary>
public sealed class WorkflowDefinition
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject json;
    private string? contentHash;

    private WorkflowDefinition(JsonObject json)
    {
        this.json = json;
        DefinitionId = Text("definitionId") ?? Text("id") ?? "";
        VersionId = Text("id") ?? DefinitionId;
        Name = Text("name");
        Description = Text("description");
        Version = json["version"] is JsonValue v && v.TryGetValue<int>(out var number) ? number : 1;
        IsPublished = Flag(json, "isPublished");
        IsLatest = Flag(json, "isLatest");
        Variables = ReadVariables(json["variables"]);
        Inputs = ReadParameters(json["inputs"]);
        Outputs = ReadParameters(json["outputs"]);
        Outcomes = json["outcomes"] is JsonArray names ? names.Select(x => x is null ? "" : x.ToString()).ToList() : [];
        var options = json["options"] as JsonObject;
        UsableAsActivity = Flag(options, "usableAsActivity");
        IncidentStrategyType = (options?["incidentStrategyType"] as JsonValue)?.ToString();
    }

    /// <summary>The id of the definition, the same for all its versions.</summary>
    public string DefinitionId { get; }

    /// <summary>The id of this version.</summary>
    public string VersionId { get; }

    /// <summary>The number of this version.</summary>
    public int Version { get; }

    /// <summary>The name.</summary>
    public string? Name { get; }

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>Whether this version is the published one.</summary>
    public bool IsPublished { get; }

    /// <summary>Whether this version is the latest one.</summary>
    public bool IsLatest { get; }

    /// <summary>Whether other definitions may use this one as an activity.</summary>
    public bool UsableAsActivity { get; }

    /// <summary>The name of the incident strategy, if one is chosen.</summary>
    public string? IncidentStrategyType { get; }

    /// <summary>Whether the instance goes on after an incident instead of ending.</summary>
    public bool ContinuesWithIncidents =>
        IncidentStrategyType?.Contains("ContinueWithIncidents", StringComparison.Ordinal) ?? false;

    /// <summary>The variables.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<ParameterDefinition> Inputs { get; }

    /// <summary>The outputs.</summary>
    public IReadOnlyList<ParameterDefinition> Outputs { get; }

    /// <summary>The outcomes that a definition used as an activity may have.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>The root activity as JSON; null where there is none. A copy: changing it changes nothing.</summary>
    public JsonObject? Root => json["root"]?.DeepClone() as JsonObject;

    /// <summary>SHA-256 over the canonical form, in lower-case hexadecimal: what runs, without how it is drawn.</summary>
    public string ContentHash => contentHash ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson())));

    /// <summary>Reads a definition.</summary>
    /// <exception cref="JsonException">The text is no JSON object, or names a member twice.</exception>
    public static WorkflowDefinition Parse(string text)
    {
        var node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false });
        return node is JsonObject o ? Of(o) : throw new JsonException("A workflow definition is a JSON object.");
    }

    /// <summary>Makes a definition of JSON; the JSON is copied.</summary>
    public static WorkflowDefinition Of(JsonObject json) => new((JsonObject)json.DeepClone());

    /// <summary>Writes the definition with every member that was read, in the order in which it was read.</summary>
    public string ToJson(bool indented = true) => json.ToJsonString(indented ? Indented : Compact);

    /// <summary>The definition as a new JSON object.</summary>
    public JsonObject ToJsonObject() => (JsonObject)json.DeepClone();

    /// <summary>The canonical form: members in order, without what the designer changes by merely looking.</summary>
    public string CanonicalJson() => CanonicalForm.Write(json);

    internal JsonObject Json => json;

    private static bool Flag(JsonObject? o, string name) => o?[name] is JsonValue v && ValueConversion.ToBoolean(JsonValues.FromNode(v));

    private string? Text(string name) => json[name] is JsonValue v ? v.ToString() : null;

    internal static List<VariableDefinition> ReadVariables(JsonNode? node)
    {
        var result = new List<VariableDefinition>();
        foreach (var item in (node as JsonArray ?? []).OfType<JsonObject>())
        {
            var name = item["name"]?.ToString() ?? "";
            result.Add(new VariableDefinition(
                item["id"]?.ToString() is { Length: > 0 } id ? id : name,
                name,
                item["typeName"]?.ToString() ?? "Object",
                Flag(item, "isArray"),
                JsonValues.FromNode(item["value"]),
                item["storageDriverTypeName"]?.ToString()));
        }

        return result;
    }

    private static List<ParameterDefinition> ReadParameters(JsonNode? node)
    {
        var result = new List<ParameterDefinition>();
        foreach (var item in (node as JsonArray ?? []).OfType<JsonObject>())
        {
            result.Add(new ParameterDefinition(
                item["name"]?.ToString() ?? "",
                item["type"]?.ToString() ?? "Object",
                Flag(item, "isArray"),
                item["displayName"]?.ToString(),
                item["description"]?.ToString(),
                item["category"]?.ToString(),
                item["uiHint"]?.ToString(),
                item["storageDriverType"]?.ToString(),
                JsonValues.FromNode(item["defaultValue"])));
        }

        return result;
    }
}

/// <summary>A variable of a definition or a container.</summary>
/// <param name="Id">The id by which outputs and SetVariable refer to it.</param>
/// <param name="Name">The name by which expressions refer to it.</param>
/// <param name="TypeName">The name of its type.</param>
/// <param name="IsArray">Whether it is a list of that type.</param>
/// <param name="Value">The value that it starts with, as written.</param>
/// <param name="StorageDriver">The storage driver that the definition names.</param>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, object? Value, string? StorageDriver);

/// <summary>An input or output of a definition.</summary>
/// <param name="Name">The name.</param>
/// <param name="TypeName">The name of its type.</param>
/// <param name="IsArray">Whether it is a list of that type.</param>
/// <param name="DisplayName">The label.</param>
/// <param name="Description">The help text.</param>
/// <param name="Category">The group.</param>
/// <param name="UIHint">The editor of an input.</param>
/// <param name="StorageDriver">The storage driver of an input.</param>
/// <param name="DefaultValue">The default of an input.</param>
public sealed record ParameterDefinition(
    string Name,
    string TypeName,
    bool IsArray,
    string? DisplayName,
    string? Description,
    string? Category,
    string? UIHint,
    string? StorageDriver,
    object? DefaultValue);
