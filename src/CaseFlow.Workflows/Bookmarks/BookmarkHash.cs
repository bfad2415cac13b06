using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseFlow.Workflows;

/// <summary>The hash by which a stimulus finds the bookmarks that wait for it.</summary>
public static class BookmarkHash
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>
    /// Upper-case hexadecimal SHA-256 of <c>name|JSON(payload)</c>, followed by <c>|activityInstanceId</c> where one is given.
    /// </summary>
    public static string Compute(string name, object? payload, string? activityInstanceId = null) =>
        ComputeFromJson(name, PayloadJson(payload), activityInstanceId);

    internal static string? PayloadJson(object? payload) =>
        payload is null ? null : JsonSerializer.Serialize(payload, payload.GetType(), Options);

    internal static string ComputeFromJson(string name, string? payloadJson, string? activityInstanceId)
    {
        var text = activityInstanceId is null ? $"{name}|{payloadJson}" : $"{name}|{payloadJson}|{activityInstanceId}";
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
