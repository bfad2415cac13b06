using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Persistence.TestProcess;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class FailingSqlite() : FailingDatabaseTests(DatabaseKind.Sqlite, DatabaseProvider.Sqlite);

[Trait("needs", "postgres")]
public sealed class FailingPostgres() : FailingDatabaseTests(DatabaseKind.Postgres, DatabaseProvider.PostgreSql)
{
    [Fact]
    public async Task A_step_without_an_operation_id_whose_answer_was_lost_is_told_and_not_repeated()
    {
        var failing = new FailingDatabase(DatabaseProvider.PostgreSql);
        await using var host = await TestHost.StartAsync(DatabaseKind.Postgres, failing);
        failing.Fail(DatabaseFault.AnswerLost, 0);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => DrawAsync(host));
        Assert.Equal(2, await DrawAsync(host));
    }
}

/// <summary>
/// The database fails at any command, at the commit or after it, and people press the button again. Whatever the sequence,
/// each decision happens once, with its document, number, ledger line, audit entry and message; the sequences come from a
/// seed, so that one that fails can be repeated.
/// </summary>
public abstract class FailingDatabaseTests(DatabaseKind kind, DatabaseProvider provider)
{
    private const int Decisions = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Nothing_is_lost_and_nothing_doubled_whatever_fails(int seed)
    {
        var failing = new FailingDatabase(provider);
        await using var host = await TestHost.StartAsync(kind, failing);
        await Given.ManyCasesAsync(host, Decisions);
        var random = new Random(seed);
        var faults = FailingDatabase.Of(provider);
        for (var round = 0; round < Decisions; round++)
        {
            failing.Fail(faults[random.Next(faults.Count)], random.Next(12));
            await DecideAsync(host, round);
            if (random.Next(3) == 0)
            {
                await DecideAsync(host, round);
            }
        }

        failing.Calm();
        Assert.InRange(failing.Failures, Decisions / 2, Decisions);
        await AssertEachDecisionOnceAsync(host);
    }

    [Fact]
    public async Task Every_fault_at_every_command_is_survived_by_many_people_at_once()
    {
        var failing = new FailingDatabase(provider);
        await using var host = await TestHost.StartAsync(kind, failing);
        await Given.ManyCasesAsync(host, Decisions);
        var people = Enumerable.Range(0, 4).Select(person => Task.Run(async () =>
        {
            for (var round = person; round < Decisions; round += 4)
            {
                failing.Fail(FailingDatabase.Of(provider)[round % FailingDatabase.Of(provider).Count], round);
                await DecideAsync(host, round);
            }
        }));
        await Task.WhenAll(people);
        failing.Calm();
        Assert.True(failing.Failures > 0);
        await AssertEachDecisionOnceAsync(host);
    }

    [Fact]
    public async Task A_refused_commit_is_repeated_and_leaves_no_gap()
    {
        var failing = new FailingDatabase(provider);
        await using var host = await TestHost.StartAsync(kind, failing);
        failing.Fail(DatabaseFault.CommitRefused, 0);
        Assert.Equal(1, await DrawAsync(host));
        Assert.Equal(1, failing.Failures);
        Assert.Equal(2, await DrawAsync(host));
    }

    /// <summary>Draws a number without an operation id.</summary>
    protected static Task<int> DrawAsync(TestHost host) => host.Steps.RunAsync(
        new Step("draw", Actor.System("test")),
        (s, stop) => s.GetRequiredService<ILocks>().NextNumberAsync("东民", "救", 2026, stop),
        TestHost.Stop);

    /// <summary>A person who reads an error presses the button again; the page sends the same operation id.</summary>
    private static async Task DecideAsync(TestHost host, int round)
    {
        var decide = Jobs.Find("decide", host.Services, "test");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Assert.Equal("done", await decide(round));
                return;
            }
            catch (Exception error) when (attempt < 3 && error is System.Data.Common.DbException or DbUpdateException)
            {
                // Told as an error of the database; tried again.
            }
        }
    }

    private static async Task AssertEachDecisionOnceAsync(TestHost host)
    {
        var numbers = await host.ReadAsync(db => db.Set<IssuedDocument>().Select(d => d.Number!.Value).ToListAsync(TestHost.Stop));
        Assert.Equal(Enumerable.Range(1, Decisions), numbers.Order());
        Assert.Equal(Decisions, await host.CountAsync<BenefitEntry>());
        Assert.Equal(Decisions, await host.CountAsync<OutboxMessage>());
        Assert.Equal(Decisions, await host.CountAsync<AuditEntry>());
        Assert.Empty((await host.Services.GetRequiredService<IIntegrityCheck>().RunAsync(TestHost.Stop)).Findings);
    }
}
