using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CaseFlow.Workflows.Values;

/// <summary>Plain values from and to JSON: objects are dictionaries, arrays are lists, whole numbers are int or long.</summary>
internal static class JsonValues
{
    /// <summary>JSON as Elsa writes it for the outside: names as they are, enums as text, Chinese readable.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNameCaseInsensitive = true,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static object? Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        return FromElement(document.RootElement);
    }

    public static object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => FromNumber(element),
        JsonValueKind.Array => element.EnumerateArray().Select(FromElement).ToList(),
        JsonValueKind.Object => FromObject(element),
        _ => null,
    };

    public static object? FromNode(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<JsonElement>(out var element) => FromElement(element),
        JsonValue value => value.GetValue<object>(),
        JsonArray array => array.Select(FromNode).ToList(),
        JsonObject o => o.ToDictionary(p => p.Key, p => FromNode(p.Value)),
        _ => null,
    };

    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        string s => JsonValue.Create(s),
        bool b => JsonValue.Create(b),
        int i => JsonValue.Create(i),
        long l => JsonValue.Create(l),
        double d => double.IsFinite(d) ? JsonValue.Create(d) : JsonValue.Create(d.ToString(CultureInfo.InvariantCulture)),
        decimal m => JsonValue.Create(m),
        IDictionary<string, object?> map => FromPairs(map),
        IDictionary map => FromMap(map),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        IList list => FromItems(list),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), Options),
    };

    public static string ToJson(object? value) => ToNode(value)?.ToJsonString(Options) ?? "null";

    private static object FromNumber(JsonElement element)
    {
        if (element.TryGetInt32(out var i))
        {
            return i;
        }

        if (element.TryGetInt64(out var l))
        {
            return l;
        }

        return element.GetDouble();
    }

    private static Dictionary<string, object?> FromObject(JsonElement element)
    {
        var result = new Dictionary<string, object?>();
        foreach (var property in element.EnumerateObject())
        {
            result[property.Name] = FromElement(property.Value);
        }

        return result;
    }

    private static JsonObject FromPairs(IEnumerable<KeyValuePair<string, object?>> map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map)
        {
            result[key] = ToNode(value);
        }

        return result;
    }

    private static JsonObject FromMap(IDictionary map)
    {
        var result = new JsonObject();
        foreach (DictionaryEntry entry in map)
        {
            result[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] = ToNode(entry.Value);
        }

        return result;
    }

    private static JsonArray FromItems(IList list)
    {
        var result = new JsonArray();
        foreach (var item in list)
        {
            result.Add(ToNode(item));
        }

        return result;
    }
}
