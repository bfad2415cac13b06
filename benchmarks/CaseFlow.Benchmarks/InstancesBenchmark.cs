using System.Diagnostics;
using CaseFlow.Persistence;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Benchmarks;

/// <summary>
/// (a) The six-activity flowchart with one task, tied to no case: start → suspend → resume → end, each burst committed by the
/// production store, beside bare ADO.NET that writes the same rows in the same two transactions.
/// </summary>
internal static class InstancesBenchmark
{
    private const int Instances = 400;

    /// <summary>Measures on a SQLite file, and on PostgreSQL where <c>CASEFLOW_BENCH_POSTGRES</c> names a database.</summary>
    public static Task RunAsync() => BenchmarkDatabase.OnEachAsync(MeasureAsync);

    private static async Task MeasureAsync(string name, CaseFlowPersistenceOptions options)
    {
        await using var services = new ServiceCollection().AddLogging().AddCaseFlowPersistence(options).BuildServiceProvider();
        await services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
        var store = services.GetRequiredKeyedService<IWorkflowStore>(PersistenceServices.StandaloneStore);
        var source = new OneDefinition(Samples.Bench6);
        var compiler = new WorkflowCompiler(ActivityRegistry.CreateDefault(), source);
        var host = new WorkflowHost(source, compiler, store, services, TimeProvider.System);

        Report.Head($"(a) instances/s on {name}: start → task → complete → end");
        await RunManyAsync(host, store, 50, 1);
        var sample = await RunOneAsync(host, store);
        await using var bare = await BareRows.CaptureAsync(options, sample);
        foreach (var atOnce in new[] { 1, 8 })
        {
            await bare.RunManyAsync(50, atOnce);
            var baseline = await bare.RunManyAsync(Instances, atOnce);
            var ours = await RunManyAsync(host, store, Instances, atOnce);
            Report.Line($"bare ADO.NET, same {bare.RowsPerInstance} rows, {atOnce} at once", baseline, "instances/s");
            Report.Line($"CaseFlow, {atOnce} at once", ours, "instances/s", ours / baseline, "bare");
        }
    }

    private static async Task<double> RunManyAsync(WorkflowHost host, IWorkflowStore store, int count, int atOnce)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await RunOneAsync(host, store));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<string> RunOneAsync(WorkflowHost host, IWorkflowStore store)
    {
        var state = await host.StartAsync(Samples.Bench6.DefinitionId) ?? throw new InvalidOperationException("The start was queued.");
        var waiting = await store.FindBookmarksAsync(new BookmarkQuery { InstanceId = state.InstanceId }, CancellationToken.None);
        await host.ResumeAsync(state.InstanceId, waiting[0].Bookmark.Id, WorkflowHost.TaskResult("done"));
        return state.InstanceId;
    }
}
