using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CaseFlow.Cases.Kernel;

/// <summary>How the domain writes and reads JSON: camel case, names of enum values, Chinese in clear, no nulls.</summary>
public static class CaseJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads an object; an empty one if the text is empty.</summary>
    /// <exception cref="JsonException">The text is no JSON object.</exception>
    public static JsonObject ReadObject(string? text) =>
        string.IsNullOrWhiteSpace(text)
            ? []
            : JsonNode.Parse(text) as JsonObject ?? throw new JsonException("A JSON object was expected.");

    /// <summary>Reads a value.</summary>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("The JSON text is null.");

    /// <summary>The text of a member; null where it is missing, null or no string.</summary>
    public static string? Text(this JsonObject source, string name) =>
        source[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>The truth of a member; false where it is missing.</summary>
    public static bool Flag(this JsonObject source, string name) =>
        source[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>A whole number; null where it is missing.</summary>
    public static int? Whole(this JsonObject source, string name) =>
        source[name] is JsonValue value && decimal.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (int)number
            : null;

    /// <summary>An amount in whole fen; null where it is missing.</summary>
    public static Money? Fen(this JsonObject source, string name) =>
        source[name] is JsonValue value && long.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var fen)
            ? new Money(fen)
            : null;

    /// <summary>An amount in yuan with at most two decimals; null where it is missing.</summary>
    /// <exception cref="InvalidInputException">It has parts of a fen.</exception>
    public static Money? Yuan(this JsonObject source, string name)
    {
        if (source[name] is not JsonValue value
            || !decimal.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var yuan))
        {
            return null;
        }

        try
        {
            return Money.FromYuan(yuan);
        }
        catch (ArgumentException)
        {
            throw new InvalidInputException(name, "金额最多保留两位小数。");
        }
    }

    /// <summary>The objects of an array member; none where it is missing.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject source, string name) =>
        source[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }
}
