using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Hosting;

/// <summary>Where instances live. An implementation stores a whole burst at once, or nothing of it.</summary>
public interface IWorkflowStore
{
    /// <summary>
    /// Enters an instance alone: until the returned object is disposed, no other caller of any process changes it.
    /// A store whose caller holds the lock already may return at once.
    /// </summary>
    ValueTask<IAsyncDisposable> LockAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Loads the state of an instance; null where there is none.</summary>
    ValueTask<WorkflowState?> LoadAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Stores state, bookmarks, journal, records and incidents of a burst.</summary>
    ValueTask SaveAsync(WorkflowBurst burst, CancellationToken cancellationToken);

    /// <summary>Finds bookmarks of instances that have not ended, oldest first.</summary>
    ValueTask<IReadOnlyList<StoredBookmark>> FindBookmarksAsync(BookmarkQuery query, CancellationToken cancellationToken);
}

/// <summary>A bookmark with the instance that it belongs to.</summary>
public sealed record StoredBookmark(string InstanceId, string? CorrelationId, Bookmark Bookmark);

/// <summary>Which bookmarks are meant; what is null does not restrict.</summary>
public sealed record BookmarkQuery
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The hash.</summary>
    public string? Hash { get; init; }

    /// <summary>The correlation id of the instance.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The instance.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Only timers that are due at this moment.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>At most so many.</summary>
    public int? Limit { get; init; }
}
