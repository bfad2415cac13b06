using System.Text;
using System.Text.Json;
using CaseFlow.Cases.Audit;
using CaseFlow.Persistence.Context;

namespace CaseFlow.Persistence.Integrity;

/// <summary>
/// Lists and searches show columns that are copies of what an entry's content says; only the content is hashed. A copy that
/// says something else would show another act than the one that is proved.
/// </summary>
internal static class AuditCopies
{
    /// <summary>The first column of an act that differs from its content; null if none does.</summary>
    public static string? Differing(AuditEntry entry)
    {
        var json = Content(entry.Content);
        return json is not { } content ? nameof(AuditEntry.Content)
            : Text(content, "chain") != entry.Chain || Case(entry.Chain) != entry.CaseId?.ToString() ? nameof(AuditEntry.Chain)
            : Number(content, "sequence") != entry.Sequence ? nameof(AuditEntry.Sequence)
            : Text(content, "action") != entry.Action ? nameof(AuditEntry.Action)
            : Number(content, "at") != StorageConventions.ToMicroseconds(entry.At) ? nameof(AuditEntry.At)
            : Actor(content) != entry.ActorText ? nameof(AuditEntry.ActorText)
            : null;
    }

    /// <summary>The first column of a read that differs from its content; null if none does.</summary>
    public static string? Differing(AccessLogEntry entry)
    {
        var json = Content(entry.Content);
        return json is not { } content ? nameof(AccessLogEntry.Content)
            : Text(content, "node") != entry.Node ? nameof(AccessLogEntry.Node)
            : Text(content, "day") != entry.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ? nameof(AccessLogEntry.Day)
            : Number(content, "sequence") != entry.Sequence ? nameof(AccessLogEntry.Sequence)
            : null;
    }

    private static JsonElement? Content(byte[] bytes)
    {
        try
        {
            return JsonElement.Parse(bytes) is { ValueKind: JsonValueKind.Object } content ? content : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Case(string chain) => chain.StartsWith("case:", StringComparison.Ordinal) ? chain["case:".Length..] : null;

    /// <summary>The actor as <see cref="Audit.AuditChain.Text"/> writes it.</summary>
    private static string? Actor(JsonElement content)
    {
        if (!content.TryGetProperty("actor", out var actor) || !actor.TryGetProperty("posts", out var posts))
        {
            return null;
        }

        var text = new StringBuilder(Text(actor, "name"));
        if (posts.GetArrayLength() > 0)
        {
            var substitute = Text(posts[0], "substituteFor");
            text.Append('（').Append(Text(posts[0], "organisationName")).Append(Text(posts[0], "title")).Append(substitute is null ? "" : "，代" + substitute).Append('）');
        }

        return text.ToString();
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
