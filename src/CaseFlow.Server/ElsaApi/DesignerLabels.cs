using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// What the designer calls things, in Chinese and English (<c>labels.json</c>). Names in definitions are identifiers and never
/// change with the language; a thing without a label here shows what its own code says.
/// </summary>
internal sealed class DesignerLabels
{
    private readonly Dictionary<string, Dictionary<string, string[]>> sections;

    /// <summary>Reads the labels that were built in.</summary>
    public DesignerLabels()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("elsa/labels.json")
            ?? throw new InvalidDataException("labels.json is not built in.");
        sections = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string[]>>>(stream, JsonSerializerOptions.Strict)!;
    }

    /// <summary>The label of an activity type.</summary>
    public string Activity(string typeName, string fallback, bool english) => Find("activities", typeName, english) ?? fallback;

    /// <summary>The label of a category. Our own categories are named in both languages at once, such as <c>人员 People</c>.</summary>
    public string Category(string name, bool english)
    {
        var blank = name.IndexOf(' ', StringComparison.Ordinal);
        var isBoth = blank > 0 && !char.IsAscii(name[0]) && char.IsAsciiLetter(name[blank + 1]);
        return Find("categories", name, english) ?? (isBoth ? english ? name[(blank + 1)..] : name[..blank] : name);
    }

    /// <summary>The label of an outcome or an embedded branch.</summary>
    public string Outcome(string name, string fallback, bool english) =>
        Find("outcomes", name, english) ?? (string.IsNullOrEmpty(fallback) ? name : fallback);

    /// <summary>The label of an input or output.</summary>
    public string Member(string typeName, string name, string fallback, bool english) =>
        Find("members", $"{typeName}.{name}", english) ?? Find("members", name, english) ?? (string.IsNullOrEmpty(fallback) ? name : fallback);

    /// <summary>The help text of an activity type, or of a member as <c>Type.Member</c>.</summary>
    public string? Description(string key, string? fallback, bool english) => Find("descriptions", key, english) ?? fallback;

    /// <summary>The label of a value that is chosen from a list; the value itself where it has none.</summary>
    public string Choice(string value, bool english) => Find("choices", value, english) ?? value;

    /// <summary>Puts labels on the choices of a drop-down or list; their values stay.</summary>
    public JsonNode Choices(JsonNode specifications, bool english)
    {
        foreach (var item in Items(specifications).Where(i => i["value"] is not null))
        {
            var value = item["value"]!.ToString();
            item["text"] = Find("choices", value, english) ?? item["text"]?.ToString() ?? value;
        }

        return specifications;
    }

    private string? Find(string section, string key, bool english) =>
        sections.TryGetValue(section, out var entries) && entries.TryGetValue(key, out var texts) ? texts[english ? 1 : 0] : null;

    private static IEnumerable<JsonObject> Items(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == "items" && m.Value is JsonArray items ? items.OfType<JsonObject>() : Items(m.Value)),
        _ => [],
    };
}
