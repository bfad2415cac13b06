using System.Diagnostics;
using CaseFlow.Activities;
using CaseFlow.Cases;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Benchmarks;

/// <summary>(d) The first page of an inbox and its counts, at 10,000 and at 200,000 tasks on a SQLite file, through the production query.</summary>
internal static class InboxBenchmark
{
    private const int Rounds = 30;
    private const int PageSize = 25;

    /// <summary>Measures.</summary>
    public static async Task RunAsync()
    {
        Report.Head("(d) inbox page and counts, SQLite");
        var small = await MeasureAsync(10_000);
        var large = await MeasureAsync(200_000);
        Report.Line("page at 10,000 tasks", small.Page, "ms");
        Report.Line("counts at 10,000 tasks", small.Counts, "ms");
        Report.Line("page at 200,000 tasks", large.Page, "ms", large.Page / small.Page, "10,000");
        Report.Line("counts at 200,000 tasks", large.Counts, "ms", large.Counts / small.Counts, "10,000");
    }

    private static async Task<(double Page, double Counts)> MeasureAsync(int tasks)
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-bench");
        try
        {
            var options = CaseFlowPersistenceOptions.ForSqlite(Path.Combine(folder.FullName, "inbox.db"), Path.Combine(folder.FullName, "keys.json"));
            options.CreateKeyFile = true;
            await using var services = new ServiceCollection().AddLogging()
                .AddCaseFlowPersistence(options).AddCaseFlowCases().AddCaseFlowActivities().BuildServiceProvider();
            await services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
            var actor = await FillAsync(services, tasks);
            return await TimeAsync(services, actor);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Page, double Counts)> TimeAsync(IServiceProvider services, Actor actor)
    {
        var page = new List<double>();
        var counts = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(actor.Scope);
            var query = scope.ServiceProvider.GetRequiredService<InboxQuery>();
            var watch = Stopwatch.StartNew();
            await query.PageAsync(actor, InboxFilter.Pool, null, PageSize, CancellationToken.None);
            page.Add(watch.Elapsed.TotalMilliseconds);
            watch.Restart();
            await query.CountsAsync(actor, CancellationToken.None);
            counts.Add(watch.Elapsed.TotalMilliseconds);
        }

        return (Median(page), Median(counts));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Twelve townships share the tasks; a tenth is open, as in a bureau that has worked for years.</summary>
    private static async Task<Actor> FillAsync(IServiceProvider services, int tasks)
    {
        var townships = Enumerable.Range(0, 12).Select(i => new OrganisationUnit { Code = $"22050{i:D4}", Name = $"T{i}", Level = OrganisationLevel.Township }).ToList();
        for (var start = 0; start < tasks; start += 5_000)
        {
            var from = start;
            await services.GetRequiredService<IStepRunner>().RunAsync(
                new Step("benchmark.fill", Actor.System("benchmark")),
                (step, _) => Task.FromResult(Add(step.GetRequiredService<IUnitOfWork>(), townships, from, Math.Min(from + 5_000, tasks))),
                CancellationToken.None);
        }

        var post = new PostInForce(Id<PostAssignment>.New(), PostKind.CaseHandler, townships[3].Id, "T3", OrganisationLevel.Township, "");
        var seen = new DataScope { Organisations = [townships[3].Id], CaseTypes = ["dibao"] };
        return new Actor(ActorKind.Staff, Id<Account>.New(), "bench", null, [post], seen);
    }

    private static int Add(IUnitOfWork work, List<OrganisationUnit> townships, int from, int to)
    {
        if (from == 0)
        {
            work.Set<OrganisationUnit>().AddRange(townships);
        }

        for (var i = from; i < to; i++)
        {
            var township = townships[i % townships.Count];
            var its = new Case { Number = $"B-{i:D7}", CaseType = "dibao", ApplicantName = "—", OrganisationId = township.Id, Stage = "Investigating", Status = CaseStatus.Open };
            work.Set<Case>().Add(its);
            work.Set<WorkTask>().Add(new WorkTask
            {
                CaseId = its.Id,
                Step = "survey",
                Name = "入户调查",
                Outcomes = "Submit",
                CandidatePosts = nameof(PostKind.CaseHandler),
                OrganisationId = township.Id,
                State = i % 10 == 0 ? WorkTaskState.Ready : WorkTaskState.Completed,
                DueOn = new DateOnly(2026, 1, 1).AddDays(i % 300),
                CreatedAt = DateTimeOffset.UnixEpoch,
            });
        }

        return to - from;
    }
}
