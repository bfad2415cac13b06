using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class RacesOnSqlite(ShortRacesOnSqlite world) : RaceTests(world), IClassFixture<ShortRacesOnSqlite>;

[Trait("needs", "postgres")]
public sealed class RacesOnPostgres(ShortRacesOnPostgres world) : RaceTests(world), IClassFixture<ShortRacesOnPostgres>;

[Trait("needs", "drill")]
public sealed class RaceDrillOnSqlite(LongRacesOnSqlite world) : RaceTests(world), IClassFixture<LongRacesOnSqlite>;

[Trait("needs", "postgres")]
[Trait("needs", "drill")]
public sealed class RaceDrillOnPostgres(LongRacesOnPostgres world) : RaceTests(world), IClassFixture<LongRacesOnPostgres>;

/// <summary>Two real processes are let go at the same moment, once a round.</summary>
public abstract class RaceTests(RaceWorld world)
{
    private TestHost Host => world.Host;

    [Fact]
    public async Task Of_two_people_on_one_task_one_completes_it_and_the_other_is_told()
    {
        await OneWinsEachRoundAsync("task");
        Assert.Equal(world.Rounds, await Host.ReadAsync(db => db.Set<WorkTask>().CountAsync(t => t.State == WorkTaskState.Completed, TestHost.Stop)));
        Assert.Equal(world.Rounds, await Host.CountAsync<AuditEntry>());
    }

    [Fact]
    public async Task Two_townships_together_never_exceed_the_cap_of_a_person()
    {
        await OneWinsEachRoundAsync("cap");
        Assert.Equal(world.Rounds, await Host.CountAsync<BenefitEntry>());
    }

    [Fact]
    public async Task Two_payments_together_never_overdraw_a_reserve()
    {
        await OneWinsEachRoundAsync("reserve");
        var balances = await Host.ReadAsync(db => db.Set<ReserveFund>().Select(r => r.Balance).ToListAsync(TestHost.Stop));
        Assert.All(balances, b => Assert.Equal(Money.FromYuan(40), b));
    }

    [Fact]
    public async Task Two_documents_of_one_series_get_numbers_without_gap_though_templates_fail()
    {
        var answers = await world.RunAsync("number");
        var numbers = answers.SelectMany(a => a).Where(a => a != "refused").Select(int.Parse).Order().ToList();
        Assert.Contains(answers.SelectMany(a => a), a => a == "refused");
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        var stored = await Host.ReadAsync(db => db.Set<IssuedDocument>().OrderBy(d => d.Number).Select(d => d.Number!.Value).ToListAsync(TestHost.Stop));
        Assert.Equal(numbers, stored);
        Assert.Equal(numbers.Count, (await Host.ReadAsync(db => db.Set<NumberSeries>().SingleAsync(TestHost.Stop))).Last);
    }

    private async Task OneWinsEachRoundAsync(string job)
    {
        Assert.All(await world.RunAsync(job), pair => Assert.Equal(["done", "refused"], pair.Order(StringComparer.Ordinal)));
        var report = await Host.Services.GetRequiredService<IIntegrityCheck>().RunAsync(TestHost.Stop);
        Assert.DoesNotContain(report.Findings, f => f.Rule is not "case-without-next");
    }
}
