namespace CaseFlow.Workflows;

/// <summary>How to create a bookmark.</summary>
public sealed class CreateBookmarkArgs
{
    /// <summary>The metadata key under which an activity states, as an ISO 8601 instant, when the bookmark is due.</summary>
    public const string DueAtKey = "DueAt";

    /// <summary>The id, or null for a new one.</summary>
    public string? BookmarkId { get; set; }

    /// <summary>What the bookmark waits for; its JSON is part of the hash by which it is found.</summary>
    public object? Stimulus { get; set; }

    /// <summary>The named method of the activity that is called on resume.</summary>
    public ExecuteActivityDelegate? Callback { get; set; }

    /// <summary>The name of the bookmark; the activity's type name by default.</summary>
    public string? BookmarkName { get; set; }

    /// <summary>Whether the bookmark is gone once it has been resumed.</summary>
    public bool AutoBurn { get; set; } = true;

    /// <summary>Whether the hash includes the id of this run of the activity.</summary>
    public bool IncludeActivityInstanceId { get; set; }

    /// <summary>Whether the activity completes after a resume that has no callback.</summary>
    public bool AutoComplete { get; set; } = true;

    /// <summary>Free data kept with the bookmark; <see cref="DueAtKey"/> makes it a timer.</summary>
    public IDictionary<string, string>? Metadata { get; set; }
}
