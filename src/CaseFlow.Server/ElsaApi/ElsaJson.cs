using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CaseFlow.Server.ElsaApi;

/// <summary>JSON as Elsa Studio reads and writes it: camelCase, enums as names, null members left out of answers.</summary>
internal static class ElsaJson
{
    /// <summary>Options of every answer.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Answers with JSON.</summary>
    public static IResult Answer(object value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);

    /// <summary>A list with its length.</summary>
    public static IResult List(IReadOnlyCollection<JsonObject> items) =>
        Answer(new JsonObject { ["items"] = new JsonArray([.. items]), ["count"] = items.Count });

    /// <summary>The whole number of a member, or null.</summary>
    public static int? Number(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>The texts of a list member.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject json, string name) =>
        json[name] is JsonArray items ? [.. items.OfType<JsonValue>().Select(i => i.ToString())] : [];

    /// <summary>Reads a date as Elsa writes it.</summary>
    public static string Date(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", System.Globalization.CultureInfo.InvariantCulture);
}
