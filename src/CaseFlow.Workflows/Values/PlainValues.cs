using System.Text.Json.Nodes;

namespace CaseFlow.Workflows;

/// <summary>
/// The values that cross the border of the engine: null, texts, booleans, numbers, dates, dictionaries and lists.
/// </summary>
public static class PlainValues
{
    /// <summary>Values of JSON: objects are dictionaries, arrays are lists, whole numbers are int or long.</summary>
    public static object? FromJson(JsonNode? node) => Values.JsonValues.FromNode(node);

    /// <summary>Values of a JSON text.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no JSON.</exception>
    public static object? Parse(string json) => Values.JsonValues.Parse(json);

    /// <summary>JSON of a value.</summary>
    public static JsonNode? ToJson(object? value) => Values.JsonValues.ToNode(value);
}
