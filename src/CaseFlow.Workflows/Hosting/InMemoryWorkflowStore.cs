using System.Collections.Concurrent;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Hosting;

/// <summary>Keeps instances in memory, as bytes, so that nothing of a burst is shared with the next.</summary>
public sealed class InMemoryWorkflowStore : IWorkflowStore
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> locks = new(StringComparer.Ordinal);
    private long order;

    /// <summary>The ids of all instances in the order of their creation.</summary>
    public IReadOnlyList<string> InstanceIds => [.. entries.OrderBy(x => x.Value.Order).Select(x => x.Key)];

    /// <inheritdoc />
    public async ValueTask<IAsyncDisposable> LockAsync(string instanceId, CancellationToken cancellationToken)
    {
        var gate = locks.GetOrAdd(instanceId, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        return new Release(gate);
    }

    /// <inheritdoc />
    public ValueTask<WorkflowState?> LoadAsync(string instanceId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(entries.TryGetValue(instanceId, out var entry) ? StateJson.Read(entry.State) : null);

    /// <inheritdoc />
    public ValueTask SaveAsync(WorkflowBurst burst, CancellationToken cancellationToken)
    {
        var entry = entries.GetOrAdd(burst.State.InstanceId, _ => new Entry { Order = Interlocked.Increment(ref order) });
        lock (entry)
        {
            entry.State = StateJson.Write(burst.State);
            entry.CorrelationId = burst.State.CorrelationId;
            entry.Ended = burst.State.Status == WorkflowStatus.Finished;
            foreach (var bookmark in burst.BookmarksCreated)
            {
                entry.BookmarkOrder[bookmark.Id] = Interlocked.Increment(ref order);
            }

            entry.Bookmarks = burst.State.Bookmarks;
            entry.Journal.AddRange(burst.Journal);
            entry.Lines.AddRange(burst.Lines);
            foreach (var record in burst.Records)
            {
                entry.Records[record.Run] = record;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredBookmark>> FindBookmarksAsync(BookmarkQuery query, CancellationToken cancellationToken)
    {
        var found = new List<(long Order, StoredBookmark Bookmark)>();
        foreach (var (id, entry) in entries)
        {
            if (entry.Ended || (query.InstanceId is { } instance && !string.Equals(instance, id, StringComparison.Ordinal))
                || (query.CorrelationId is { } correlation && !string.Equals(correlation, entry.CorrelationId, StringComparison.Ordinal)))
            {
                continue;
            }

            lock (entry)
            {
                found.AddRange(entry.Bookmarks.Where(x => Fits(x, query)).Select(x => (entry.BookmarkOrder.GetValueOrDefault(x.Id), new StoredBookmark(id, entry.CorrelationId, x))));
            }
        }

        IEnumerable<StoredBookmark> ordered = query.DueAt is null
            ? found.OrderBy(x => x.Order).Select(x => x.Bookmark)
            : found.OrderBy(x => x.Bookmark.Bookmark.DueAt).ThenBy(x => x.Order).Select(x => x.Bookmark);
        return ValueTask.FromResult<IReadOnlyList<StoredBookmark>>([.. query.Limit is { } limit ? ordered.Take(limit) : ordered]);
    }

    /// <summary>The journal of an instance.</summary>
    public IReadOnlyList<JournalEntry> Journal(string instanceId) => entries.TryGetValue(instanceId, out var entry) ? [.. entry.Journal] : [];

    /// <summary>The activity records of an instance in the order in which the activities began.</summary>
    public IReadOnlyList<ActivityRecord> Records(string instanceId) =>
        entries.TryGetValue(instanceId, out var entry) ? [.. entry.Records.Values] : [];

    /// <summary>The lines that an instance wrote.</summary>
    public IReadOnlyList<string> Lines(string instanceId) => entries.TryGetValue(instanceId, out var entry) ? [.. entry.Lines] : [];

    private static bool Fits(Bookmark bookmark, BookmarkQuery query) =>
        (query.Name is null || string.Equals(query.Name, bookmark.Name, StringComparison.Ordinal))
        && (query.Hash is null || string.Equals(query.Hash, bookmark.Hash, StringComparison.Ordinal))
        && (query.DueAt is null || bookmark.DueAt <= query.DueAt);

    private sealed class Entry
    {
        public long Order { get; init; }

        public byte[] State { get; set; } = [];

        public string? CorrelationId { get; set; }

        public bool Ended { get; set; }

        public List<Bookmark> Bookmarks { get; set; } = [];

        public Dictionary<string, long> BookmarkOrder { get; } = new(StringComparer.Ordinal);

        public List<JournalEntry> Journal { get; } = [];

        public SortedDictionary<long, ActivityRecord> Records { get; } = [];

        public List<string> Lines { get; } = [];
    }

    private sealed class Release(SemaphoreSlim gate) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            gate.Release();
            return ValueTask.CompletedTask;
        }
    }
}
