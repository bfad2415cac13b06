using System.Diagnostics;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Benchmarks;

/// <summary>
/// (b) The window accepts applications for dibao through the task service: each completion is one commit with the task, the
/// workflow, a numbered document, audit entries, messages and the deadlines that begin. Claims, which write neither document
/// nor message, stand beside it.
/// </summary>
internal static class CompletionBenchmark
{
    private const int Warm = 150;
    private const int Timed = 300;

    /// <summary>Measures on a SQLite file, and on PostgreSQL where <c>CASEFLOW_BENCH_POSTGRES</c> names a database.</summary>
    public static Task RunAsync() => BenchmarkDatabase.OnEachAsync(MeasureAsync);

    private static async Task MeasureAsync(string name, CaseFlowPersistenceOptions options)
    {
        Report.Head($"(b) task completions/s of dibao cases on {name}");
        await using var bureau = await DibaoBureau.OpenAsync(options);
        await RoundAsync(bureau, 0, Warm, 1);
        var first = Warm;
        foreach (var atOnce in new[] { 1, 8 })
        {
            var before = await CountAsync(bureau);
            var (claims, completions) = await RoundAsync(bureau, first, Timed, atOnce);
            first += Timed;
            var after = await CountAsync(bureau);
            if (after.Documents - before.Documents < Timed || after.Messages - before.Messages < Timed)
            {
                throw new InvalidOperationException("Not every completion made a document and a message: the figure would say nothing.");
            }

            Report.Line($"claims, {atOnce} at once", claims, "steps/s");
            Report.Line($"completions, {atOnce} at once", completions, "steps/s", completions / claims, "claims");
            Report.Line("  rows of audit, documents, messages for each", (after.All - before.All) / (double)Timed, "rows");
        }
    }

    private static async Task<(double Claims, double Completions)> RoundAsync(DibaoBureau bureau, int first, int count, int atOnce)
    {
        var cases = new List<Id<Case>>();
        foreach (var number in Enumerable.Range(first, count))
        {
            var request = new ApplicationRequest("dibao", DibaoBureau.Form(number), [], "counter", Guid.NewGuid());
            cases.Add((await bureau.Get<IIntakeService>().SubmitAsync(bureau.Clerk, request, CancellationToken.None)).CaseId);
        }

        var claims = await RateAsync(bureau, cases, atOnce, (task, facts) => Request(task, facts, TaskVerb.Claim, null));
        var completions = await RateAsync(bureau, cases, atOnce, (task, facts) => Request(task, facts, TaskVerb.Complete, "Accept"));
        return (claims, completions);
    }

    private static TaskRequest Request(WorkTask task, int facts, TaskVerb verb, string? outcome) =>
        new(task.Id, verb, task.Revision, facts, Guid.NewGuid(), outcome, outcome is null ? null : []);

    private static async Task<double> RateAsync(DibaoBureau bureau, List<Id<Case>> cases, int atOnce, Func<WorkTask, int, TaskRequest> request)
    {
        var open = await bureau.OnAsync<IUnitOfWork, List<(WorkTask Task, int Facts)>>(async work =>
            (await work.Set<WorkTask>().AsNoTracking().Where(t => cases.Contains(t.CaseId) && t.Step == "acceptance")
                .Join(work.Set<Case>(), t => t.CaseId, c => c.Id, (t, c) => new { Task = t, c.FactsRevision })
                .ToListAsync()).ConvertAll(row => (row.Task, row.FactsRevision)));
        var tasks = bureau.Get<ITaskService>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            open,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (one, stop) => await tasks.PerformAsync(bureau.Clerk, request(one.Task, one.Facts), stop));
        return open.Count / watch.Elapsed.TotalSeconds;
    }

    private static Task<Rows> CountAsync(DibaoBureau bureau) => bureau.OnAsync<IUnitOfWork, Rows>(async work => new Rows(
        await work.Set<AuditEntry>().CountAsync(),
        await work.Set<IssuedDocument>().CountAsync(),
        await work.Set<OutboxMessage>().CountAsync()));

    private sealed record Rows(int Audit, int Documents, int Messages)
    {
        public int All => Audit + Documents + Messages;
    }
}
