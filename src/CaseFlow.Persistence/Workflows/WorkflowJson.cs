using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Persistence.Workflows;

/// <summary>How bookmarks and records of activities are stored.</summary>
internal static class WorkflowJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes a bookmark.</summary>
    public static string Write(Bookmark bookmark) => JsonSerializer.Serialize(bookmark, Options);

    /// <summary>Reads a bookmark.</summary>
    public static Bookmark ReadBookmark(string json) =>
        JsonSerializer.Deserialize<Bookmark>(json, Options) ?? throw new JsonException("A bookmark is a JSON object.");

    /// <summary>Writes a record.</summary>
    public static string Write(ActivityRecord record) => JsonSerializer.Serialize(record, Options);

    /// <summary>Reads a record; values come back as JSON.</summary>
    public static ActivityRecord ReadRecord(string json) =>
        JsonSerializer.Deserialize<ActivityRecord>(json, Options) ?? throw new JsonException("A record is a JSON object.");
}
