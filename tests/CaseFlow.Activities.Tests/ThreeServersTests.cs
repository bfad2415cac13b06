using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>Three servers, each with its own memory, connections and loops, share one PostgreSQL and know nothing of each other.</summary>
[Trait("needs", "postgres")]
public sealed class ThreeServersTests
{
    private const int Cases = 9;
    private const int Granted = 3;

    [Fact]
    public async Task Every_timer_fires_once_and_every_month_closes_once_though_all_three_try_and_one_begins_late()
    {
        await using var first = await DibaoHost.OpenOnPostgresAsync("2026-03-02");
        await using var second = first.Another();
        await using var third = first.Another();
        DibaoHost[] servers = [first, second, third];
        var flows = new List<DibaoFlow>();
        for (var i = 0; i < Cases; i++)
        {
            flows.Add(await DibaoFlow.SubmitAsync(first, Applications.CoupleWithChild()));
            await flows[^1].ToNoticeAsync();
        }

        await AllAtOnceAsync(servers, "2026-03-10", server => server.FireDueAsync());
        var reports = await first.ReadAsync(work => work.Set<WorkTask>().Where(t => t.Step == "report").Select(t => t.CaseId).ToListAsync(DibaoHost.Stop));
        Assert.Equal(flows.Select(flow => flow.CaseId).Order(), reports.Order());

        foreach (var flow in flows.Take(Granted))
        {
            await flow.DoAsync("handler", "report", "Report");
            await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
            await flow.DoAsync("d-leader", "confirmation", "Approve", []);
        }

        await AllAtOnceAsync(servers, "2026-03-26", server => server.RunDueAsync("month-closing"));
        Assert.Equal([Month.Of(2026, 4)], await MonthsAsync(first));

        // Nobody ran when May closed; a server that was just started closes June and makes up for May.
        await using var late = first.Another();
        await AllAtOnceAsync([late, second, third], "2026-05-26", server => server.RunDueAsync("month-closing"));
        Assert.Equal([Month.Of(2026, 4), Month.Of(2026, 5), Month.Of(2026, 6)], await MonthsAsync(first));

        Assert.Equal(0, await first.ReadAsync(work => work.Set<Incident>().CountAsync(DibaoHost.Stop)));
        var integrity = await first.Get<IIntegrityCheck>().RunAsync(DibaoHost.Stop);
        Assert.True(integrity.Holds, string.Join("; ", integrity.Findings));
    }

    /// <summary>The months that were written, each for every granted case and for none of them twice.</summary>
    private static async Task<List<Month>> MonthsAsync(DibaoHost host)
    {
        var lines = await host.ReadAsync(work => work.Set<BenefitEntry>().Select(e => new { e.CaseId, e.Month }).ToListAsync(DibaoHost.Stop));
        var months = lines.GroupBy(line => line.Month).OrderBy(month => month.Key).ToList();
        Assert.All(months, month => Assert.Equal(Granted, month.Count()));
        Assert.All(months, month => Assert.Equal(Granted, month.DistinctBy(line => line.CaseId).Count()));
        return [.. months.Select(month => month.Key)];
    }

    private static async Task AllAtOnceAsync(IReadOnlyList<DibaoHost> servers, string day, Func<DibaoHost, Task> run)
    {
        foreach (var server in servers)
        {
            server.Clock.MoveTo(DibaoHost.At(day));
        }

        await Task.WhenAll(servers.Select(server => Task.Run(() => run(server), DibaoHost.Stop)));
    }
}
