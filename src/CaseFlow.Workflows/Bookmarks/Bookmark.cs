using System.Text.Json.Serialization;

namespace CaseFlow.Workflows;

/// <summary>A point at which an instance waits and by which it is resumed.</summary>
public sealed record Bookmark
{
    /// <summary>The id, unique over all instances.</summary>
    public required string Id { get; init; }

    /// <summary>The name, by default the type name of the activity.</summary>
    public required string Name { get; init; }

    /// <summary>Upper-case hexadecimal SHA-256 of name and payload, see <see cref="BookmarkHash"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>The JSON of the payload; null where there is none.</summary>
    public string? Payload { get; init; }

    /// <summary>The id of the activity that waits.</summary>
    public required string ActivityId { get; init; }

    /// <summary>The node id of the activity that waits.</summary>
    public required string NodeId { get; init; }

    /// <summary>The id of the run of the activity that waits.</summary>
    public required string ActivityInstanceId { get; init; }

    /// <summary>When the bookmark was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the bookmark is due; null where it is no timer.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The method of the activity that is called on resume.</summary>
    public string? Callback { get; init; }

    /// <summary>Whether the bookmark is gone once it has been resumed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool AutoBurn { get; init; } = true;

    /// <summary>Whether the activity completes after a resume without callback.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool AutoComplete { get; init; } = true;

    /// <summary>Free data of the activity.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
