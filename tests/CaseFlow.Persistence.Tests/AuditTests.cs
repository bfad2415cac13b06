using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class AuditOnSqlite() : AuditTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class AuditOnPostgres() : AuditTests(DatabaseKind.Postgres);

public abstract class AuditTests(DatabaseKind kind)
{
    private static readonly Actor Clerk = new(
        ActorKind.Staff,
        Id<Account>.Parse("01900000-0000-7000-8000-000000000001"),
        "李敏",
        null,
        [
            new PostInForce(
                Id<PostAssignment>.Parse("01900000-0000-7000-8000-000000000002"),
                PostKind.CaseHandler,
                Id<OrganisationUnit>.Parse("01900000-0000-7000-8000-000000000003"),
                "团结街道",
                OrganisationLevel.Township,
                "经办人",
                SubstituteFor: "王芳"),
        ],
        DataScope.System("test"));

    [Fact]
    public async Task Entries_of_a_case_form_one_chain_over_steps()
    {
        await using var host = await TestHost.StartAsync(kind);
        var opened = await Given.CaseAsync(host);
        await AppendAsync(host, opened, "case.submit", "case.accept");
        await AppendAsync(host, opened, "task.complete");
        var entries = await host.ReadAsync(db => db.Set<AuditEntry>().OrderBy(a => a.Sequence).ToListAsync(TestHost.Stop));
        Assert.Equal(["case.submit", "case.accept", "task.complete"], entries.Select(e => e.Action));
        Assert.Equal([1, 2, 3], entries.Select(e => e.Sequence));
        Assert.All(entries, e => Assert.Equal(opened.Id, e.CaseId));
        Assert.Equal("李敏（团结街道经办人，代王芳）", entries[0].ActorText);
    }

    [Fact]
    public async Task The_content_is_canonical_json_with_sorted_members()
    {
        await using var host = await TestHost.StartAsync(kind);
        var opened = await Given.CaseAsync(host);
        await AppendAsync(host, opened, "case.submit");
        var content = Encoding.UTF8.GetString((await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(TestHost.Stop))).Content);
        Assert.StartsWith("{\"action\":\"case.submit\",\"actor\":{\"account\":\"01900000-0000-7000-8000-000000000001\",\"kind\":\"Staff\",\"name\":\"李敏\",", content, StringComparison.Ordinal);
        Assert.EndsWith($"\"chain\":\"case:{opened.Id}\",\"details\":{{\"a\":1,\"b\":\"二\"}},\"sequence\":1}}", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_chain_is_only_written_under_the_lock_of_the_case()
    {
        await using var host = await TestHost.StartAsync(kind);
        var opened = await Given.CaseAsync(host);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Steps.RunAsync(
            new Step("test", Clerk),
            async (s, stop) =>
            {
                await s.GetRequiredService<IAuditTrail>().AppendAsync(opened.Id, Clerk, "task.complete", [], stop);
                return 0;
            },
            TestHost.Stop));
    }

    [Fact]
    public async Task Two_administrators_on_one_object_both_find_their_place_in_the_chain()
    {
        await using var host = await TestHost.StartAsync(kind);
        await using var other = host.Second();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? host : other).Steps.RunAsync(
            new Step("admin", Clerk),
            async (s, stop) =>
            {
                await s.GetRequiredService<IAuditTrail>().AppendAsync("post:1", Clerk, "post.change", [], stop);
                return 0;
            },
            TestHost.Stop)));
        var entries = await host.ReadAsync(db => db.Set<AuditEntry>().OrderBy(a => a.Sequence).ToListAsync(TestHost.Stop));
        Assert.Equal(Enumerable.Range(1, 10), entries.Select(e => e.Sequence));
        Assert.Empty((await CheckAsync(host)).Findings);
    }

    [Fact]
    public async Task The_access_log_is_a_chain_for_each_node_and_day()
    {
        await using var host = await TestHost.StartAsync(kind);
        var log = host.Services.GetRequiredService<IAccessLog>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => log.RecordAsync(Clerk, "person.reveal", "person:1", "核对身份", TestHost.Stop)));
        host.Time.Advance(TimeSpan.FromDays(1));
        await log.RecordAsync(Clerk, "case.read", "case:1", null, TestHost.Stop);
        var entries = await host.ReadAsync(db => db.Set<AccessLogEntry>().OrderBy(a => a.Day).ThenBy(a => a.Sequence).ToListAsync(TestHost.Stop));
        Assert.Equal([1, 2, 3, 4, 5, 6, 1], entries.Select(e => e.Sequence));
        Assert.Empty((await CheckAsync(host)).Findings);
    }

    private static Task<IntegrityReport> CheckAsync(TestHost host) =>
        host.Services.GetRequiredService<IIntegrityCheck>().RunAsync(TestHost.Stop);

    private static Task<int> AppendAsync(TestHost host, Case opened, params string[] actions) => host.Steps.RunAsync(
        new Step("test", Clerk),
        async (s, stop) =>
        {
            await s.GetRequiredService<ILocks>().LockCaseAsync(opened.Id, stop);
            foreach (var action in actions)
            {
                await s.GetRequiredService<IAuditTrail>().AppendAsync(opened.Id, Clerk, action, new JsonObject { ["b"] = "二", ["a"] = 1 }, stop);
            }

            return 0;
        },
        TestHost.Stop);
}
