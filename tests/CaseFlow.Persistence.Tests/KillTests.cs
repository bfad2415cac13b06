using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Messages;
using CaseFlow.Persistence.TestProcess;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

[Trait("needs", "process")]
public sealed class KillsOnSqlite() : KillTests(DatabaseKind.Sqlite);

[Trait("needs", "postgres")]
public sealed class KillsOnPostgres() : KillTests(DatabaseKind.Postgres);

/// <summary>A process is killed (SIGKILL) at a failpoint, another takes over, and the whole database is checked.</summary>
public abstract class KillTests(DatabaseKind kind)
{
    private const int Decisions = 8;

    [Fact]
    public async Task A_decision_cut_off_at_its_commit_happens_once_when_the_request_is_repeated()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Given.ManyCasesAsync(host, Decisions);
        await DieAsync(host, "step.before-commit:3", "decide", rounds: [0, 1, 2]);
        Assert.Equal(2, await host.CountAsync<IssuedDocument>());
        await DieAsync(host, "step.after-commit:3", "decide", rounds: [2, 3, 4]);
        Assert.Equal(5, await host.CountAsync<IssuedDocument>());
        await DecideAllAsync(host);
        Assert.Equal(Decisions, await host.CountAsync<IssuedDocument>());
        Assert.Equal(Decisions, await host.CountAsync<BenefitEntry>());
        Assert.Equal(Decisions, await host.CountAsync<OutboxMessage>());
        Assert.Equal(Decisions, await host.CountAsync<AuditEntry>());
        await AssertSoundAsync(host);
    }

    [Fact]
    public async Task No_mail_is_lost_and_one_sent_twice_is_marked_as_uncertain()
    {
        await using var host = await TestHost.StartAsync(kind);
        await Given.ManyCasesAsync(host, Decisions);
        await DecideAllAsync(host);
        var taken = DatabaseKind.TemporaryPath(".mails");
        await DieAsync(host, "outbox.before-send:2", "send", taken, hoursAhead: 1);
        await DieAsync(host, "outbox.after-accept:2", "send", taken, hoursAhead: 2);
        await DieAsync(host, "outbox.after-record:2", "send", taken, hoursAhead: 3);
        await using (var last = await ServerProcess.StartAsync(host.Options, "node2", taken, hoursAhead: 4))
        {
            Assert.Equal("done", await last.RoundAsync("send"));
        }

        var mails = await File.ReadAllLinesAsync(taken, TestHost.Stop);
        Assert.Equal(Decisions, mails.Distinct().Count());
        Assert.Equal(Decisions + 1, mails.Length);
        var rows = await host.ReadAsync(db => db.Set<OutboxMessage>().ToListAsync(TestHost.Stop));
        Assert.All(rows, r => Assert.Equal(MessageState.Sent, r.State));
        var twice = mails.GroupBy(m => m).Single(g => g.Count() > 1).Key;
        Assert.Contains($"<{twice}>", rows.Where(r => r.DeliveryUncertain).Select(r => r.MessageKey));
        Assert.Equal(2, rows.Count(r => r.DeliveryUncertain));
        await AssertSoundAsync(host);
    }

    private static async Task DieAsync(TestHost host, string failpoint, string job, string? mails = null, int[]? rounds = null, int hoursAhead = 0)
    {
        await using var process = await ServerProcess.StartAsync(host.Options, "node1", mails, failpoint, hoursAhead);
        string? answer = null;
        foreach (var round in rounds ?? [0])
        {
            answer = await process.RoundAsync(job, round);
        }

        Assert.Null(answer);
        Assert.True(process.WasKilled, $"It should have died at {failpoint}.");
    }

    private static async Task DecideAllAsync(TestHost host)
    {
        var decide = Jobs.Find("decide", host.Services, "test");
        for (var round = 0; round < Decisions; round++)
        {
            Assert.Equal("done", await decide(round));
        }
    }

    private static async Task AssertSoundAsync(TestHost host) =>
        Assert.Empty((await host.Services.GetRequiredService<IIntegrityCheck>().RunAsync(TestHost.Stop)).Findings);
}
