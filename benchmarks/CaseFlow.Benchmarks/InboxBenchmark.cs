using System.Diagnostics;
using CaseFlow.Activities;
using CaseFlow.Cases;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
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
            var first = await query.PageAsync(actor, InboxFilter.Pool, null, PageSize, CancellationToken.None);
            page.Add(watch.Elapsed.TotalMilliseconds);
            if (first.Items.Count != PageSize)
            {
                throw new InvalidOperationException("The page is not full: the figure would say nothing.");
            }

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
        var world = new World(
            townships,
            new Person { Name = "—", IdNumber = "220502196001011237", BirthDate = new DateOnly(1960, 1, 1) },
            new CaseTypeVersion { CaseType = "dibao", Number = 1, Hash = "benchmark", State = PublicationState.Published });
        for (var start = 0; start < tasks; start += 5_000)
        {
            var from = start;
            await services.GetRequiredService<IStepRunner>().RunAsync(
                new Step("benchmark.fill", Actor.System("benchmark")),
                (step, _) => Task.FromResult(Add(step.GetRequiredService<IUnitOfWork>(), world, from, Math.Min(from + 5_000, tasks))),
                CancellationToken.None);
        }

        var post = new PostInForce(Id<PostAssignment>.New(), PostKind.CaseHandler, townships[3].Id, "T3", OrganisationLevel.Township, "");
        var seen = new DataScope { Organisations = [townships[3].Id], CaseTypes = ["dibao"] };
        return new Actor(ActorKind.Staff, Id<Account>.New(), "bench", null, [post], seen);
    }

    private static int Add(IUnitOfWork work, World world, int from, int to)
    {
        if (from == 0)
        {
            work.Set<OrganisationUnit>().AddRange(world.Townships);
            work.Set<Person>().Add(world.Applicant);
            work.Set<CaseTypeVersion>().Add(world.Version);
        }

        for (var i = from; i < to; i++)
        {
            AddOne(work, world, i);
        }

        return to - from;
    }

    private static void AddOne(IUnitOfWork work, World world, int i)
    {
        var township = world.Townships[i % world.Townships.Count];
        var its = new Case
        {
            Number = $"B-{i:D7}",
            CaseType = "dibao",
            CaseTypeVersionId = world.Version.Id,
            ApplicantId = world.Applicant.Id,
            ApplicantName = "—",
            OrganisationId = township.Id,
            Stage = "Investigating",
            Status = CaseStatus.Open,
        };
        var procedure = new Procedure { CaseId = its.Id, Kind = "application", CaseTypeVersionId = world.Version.Id, DefinitionVersionId = "benchmark" };
        work.Set<Case>().Add(its);
        work.Set<Procedure>().Add(procedure);
        work.Set<WorkTask>().Add(new WorkTask
        {
            CaseId = its.Id,
            ProcedureId = procedure.Id,
            CaseTypeVersionId = world.Version.Id,
            Step = "survey",
            Name = "入户调查",
            Outcomes = "Submit",
            CandidatePosts = nameof(PostKind.CaseHandler),
            OrganisationId = township.Id,
            State = i / world.Townships.Count % 10 == 0 ? WorkTaskState.Ready : WorkTaskState.Completed,
            DueOn = new DateOnly(2026, 1, 1).AddDays(i % 300),
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
    }

    private sealed record World(List<OrganisationUnit> Townships, Person Applicant, CaseTypeVersion Version);
}
