using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Persistence.Tests.Support;
using CaseFlow.Persistence.Workflows;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class WorkflowStoreOnSqlite() : WorkflowStoreTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class WorkflowStoreOnPostgres() : WorkflowStoreTests(DatabaseKind.Postgres);

public abstract class WorkflowStoreTests(DatabaseKind kind)
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task A_burst_is_stored_with_its_step()
    {
        await using var host = await TestHost.StartAsync(kind);
        await SaveAsync(host, Burst("i1", isNew: true, created: [Wait("b1", "Task"), Wait("b2", "Delay", Noon)]));
        var state = await InStepAsync(host, async store => await store.LoadAsync("i1", TestHost.Stop));
        Assert.Equal("d1", state!.DefinitionId);
        Assert.Equal("李", state.Properties["name"]);
        Assert.Equal(3, await host.CountAsync<WorkflowJournalRow>());
        var found = await InStepAsync(host, async store => await store.FindBookmarksAsync(new BookmarkQuery { InstanceId = "i1" }, TestHost.Stop));
        Assert.Equal(["b1", "b2"], found.Select(b => b.Bookmark.Id));
        Assert.All(found, b => Assert.Equal("c1", b.CorrelationId));
        Assert.Equal(Noon, found[1].Bookmark.DueAt);
    }

    [Fact]
    public async Task A_burst_of_a_step_that_throws_is_not_stored()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() => InStepAsync<int>(host, async store =>
        {
            await store.SaveAsync(Burst("i1", isNew: true, created: [Wait("b1", "Task")]), TestHost.Stop);
            throw new InvalidOperationException("after the burst");
        }));
        Assert.Equal(0, await host.CountAsync<WorkflowInstanceRow>());
        Assert.Equal(0, await host.CountAsync<WorkflowBookmarkRow>());
    }

    [Fact]
    public async Task The_next_burst_replaces_state_and_bookmarks_and_adds_to_the_journal()
    {
        await using var host = await TestHost.StartAsync(kind);
        await SaveAsync(host, Burst("i1", isNew: true, created: [Wait("b1", "Task")]));
        await InStepAsync(host, async store =>
        {
            await store.LoadAsync("i1", TestHost.Stop);
            await store.SaveAsync(Burst("i1", created: [Wait("b2", "Event")], removed: ["b1"], firstEntry: 3), TestHost.Stop);
            return 0;
        });
        Assert.Equal("b2", Assert.Single(await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery(), TestHost.Stop))).Bookmark.Id);
        Assert.Equal(6, await host.CountAsync<WorkflowJournalRow>());
        Assert.Equal(2, (await host.ReadAsync(db => db.Set<WorkflowInstanceRow>().SingleAsync(TestHost.Stop))).Revision);
    }

    [Fact]
    public async Task The_journal_of_what_ended_long_ago_is_swept_and_nothing_else()
    {
        await using var host = await TestHost.StartAsync(kind);
        var kept = host.Options.JournalRetention!.Value;
        await SaveAsync(host, Burst("old", isNew: true, status: WorkflowStatus.Finished, finishedAt: host.Time.GetUtcNow() - kept - TimeSpan.FromHours(1)));
        await SaveAsync(host, Burst("young", isNew: true, status: WorkflowStatus.Finished, finishedAt: host.Time.GetUtcNow() - kept + TimeSpan.FromHours(1)));
        await SaveAsync(host, Burst("running", isNew: true));
        var sweeper = host.Services.GetRequiredService<JournalSweeper>();

        Assert.Equal(1, await sweeper.RunDueAsync(TestHost.Stop));
        Assert.Equal(0, await sweeper.RunDueAsync(TestHost.Stop));

        var journals = await host.ReadAsync(db => db.Set<WorkflowJournalRow>().Select(j => j.InstanceId).Distinct().ToListAsync(TestHost.Stop));
        Assert.Equal(["running", "young"], journals.Order(StringComparer.Ordinal));
        Assert.Equal(3, await host.CountAsync<WorkflowInstanceRow>());
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await sweeper.RunDueAsync(TestHost.Stop));
    }

    [Fact]
    public async Task Where_nothing_may_be_deleted_the_journal_stays()
    {
        await using var host = await TestHost.StartAsync(kind);
        host.Options.JournalRetention = null;
        await SaveAsync(host, Burst("old", isNew: true, status: WorkflowStatus.Finished, finishedAt: host.Time.GetUtcNow().AddYears(-20)));
        Assert.Equal(0, await host.Services.GetRequiredService<JournalSweeper>().RunDueAsync(TestHost.Stop));
        Assert.Equal(3, await host.CountAsync<WorkflowJournalRow>());
    }

    [Fact]
    public async Task A_burst_on_an_older_state_is_a_conflict()
    {
        await using var host = await TestHost.StartAsync(kind);
        await SaveAsync(host, Burst("i1", isNew: true));
        await Assert.ThrowsAsync<ConflictException>(() => SaveAsync(host, Burst("i1")));
    }

    [Fact]
    public async Task Bookmarks_are_found_by_hash_and_by_due_time()
    {
        await using var host = await TestHost.StartAsync(kind);
        await SaveAsync(host, Burst("i1", isNew: true, created: [Wait("b1", "Delay", Noon), Wait("b2", "Delay", Noon.AddHours(1)), Wait("b3", "Event")]));
        Assert.Equal("b3", Assert.Single(await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery { Hash = "hash-b3" }, TestHost.Stop))).Bookmark.Id);
        Assert.Empty(await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery { DueAt = Noon.AddSeconds(-1) }, TestHost.Stop)));
        Assert.Equal("b1", Assert.Single(await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery { DueAt = Noon }, TestHost.Stop))).Bookmark.Id);
        Assert.Single(await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery { DueAt = Noon.AddDays(1), Limit = 1 }, TestHost.Stop)));
    }

    [Fact]
    public async Task Bookmarks_of_a_faulted_instance_are_kept_but_answer_nothing()
    {
        await using var host = await TestHost.StartAsync(kind);
        await SaveAsync(host, Burst("i1", isNew: true, created: [Wait("b1", "Task")], status: WorkflowStatus.Finished));
        Assert.Empty(await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery { InstanceId = "i1" }, TestHost.Stop)));
        Assert.Equal(1, await host.CountAsync<WorkflowBookmarkRow>());
    }

    [Fact]
    public async Task A_later_correlation_id_holds_for_the_bookmarks_that_were_there()
    {
        await using var host = await TestHost.StartAsync(kind);
        await SaveAsync(host, Burst("i1", isNew: true, created: [Wait("b1", "Event")]));
        await SaveAsync(host, Burst("i2", isNew: true, created: [Wait("b2", "Event")]));
        await InStepAsync(host, async store =>
        {
            await store.LoadAsync("i1", TestHost.Stop);
            await store.SaveAsync(Burst("i1", firstEntry: 3, correlation: "later"), TestHost.Stop);
            return 0;
        });
        var found = await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery { CorrelationId = "later" }, TestHost.Stop));
        Assert.Equal(("b1", "later"), (Assert.Single(found).Bookmark.Id, found[0].CorrelationId));
        Assert.Equal("b2", Assert.Single(await InStepAsync(host, async s => await s.FindBookmarksAsync(new BookmarkQuery { CorrelationId = "c1" }, TestHost.Stop))).Bookmark.Id);
    }

    [Fact]
    public async Task Outside_of_a_case_each_burst_commits_by_itself_and_instances_are_entered_alone()
    {
        await using var host = await TestHost.StartAsync(kind);
        var store = host.Services.GetRequiredKeyedService<IWorkflowStore>(PersistenceServices.StandaloneStore);
        await store.SaveAsync(Burst("i1", isNew: true), TestHost.Stop);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            await using var alone = await store.LockAsync("i1", TestHost.Stop);
            Assert.NotNull(await store.LoadAsync("i1", TestHost.Stop));
            await store.SaveAsync(Burst("i1", firstEntry: 3 * (i + 1)), TestHost.Stop);
        }));
        Assert.Equal(11, (await host.ReadAsync(db => db.Set<WorkflowInstanceRow>().SingleAsync(TestHost.Stop))).Revision);
        Assert.Null(await store.LoadAsync("i2", TestHost.Stop));
    }

    private static Task<T> InStepAsync<T>(TestHost host, Func<IWorkflowStore, Task<T>> body) => host.Steps.RunAsync(
        new Step("test", Actor.System("test")),
        (s, _) => body(s.GetRequiredService<IWorkflowStore>()),
        TestHost.Stop);

    private static Task<int> SaveAsync(TestHost host, WorkflowBurst burst) => InStepAsync(host, async store =>
    {
        await store.SaveAsync(burst, TestHost.Stop);
        return 0;
    });

    private static Bookmark Wait(string id, string name, DateTimeOffset? dueAt = null) => new()
    {
        Id = id,
        Name = name,
        Hash = $"hash-{id}",
        ActivityId = "a1",
        NodeId = "w:a1",
        ActivityInstanceId = "r1",
        CreatedAt = Noon.AddDays(-1),
        DueAt = dueAt,
    };

    private static WorkflowBurst Burst(string id, bool isNew = false, Bookmark[]? created = null, string[]? removed = null, long firstEntry = 0, WorkflowStatus status = WorkflowStatus.Running, string correlation = "c1", DateTimeOffset? finishedAt = null) => new()
    {
        IsNew = isNew,
        ChangedCorrelation = !isNew && correlation != "c1",
        State = new WorkflowState
        {
            InstanceId = id,
            DefinitionId = "d1",
            DefinitionVersionId = "v1",
            CorrelationId = correlation,
            Status = status,
            CreatedAt = Noon,
            UpdatedAt = Noon,
            FinishedAt = finishedAt,
            Properties = new Dictionary<string, object?> { ["name"] = "李" },
        },
        BookmarksCreated = created ?? [],
        BookmarksRemoved = removed ?? [],
        Journal = [.. Enumerable.Range(0, 3).Select(i => new JournalEntry
        {
            Sequence = firstEntry + i,
            EventName = "Started",
            ActivityId = "a1",
            NodeId = "w:a1",
            ActivityType = "Elsa.RunTask",
            Timestamp = Noon,
        })],
    };
}
