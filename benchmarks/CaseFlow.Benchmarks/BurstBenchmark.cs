using System.Diagnostics;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Benchmarks;

/// <summary>(c) What an activity with literal inputs costs in a burst, in memory: a sequence of 200 assignments.</summary>
internal static class BurstBenchmark
{
    private const int Activities = 200;
    private const int Rounds = 400;

    /// <summary>Measures.</summary>
    public static async Task RunAsync()
    {
        var definition = WorkflowDefinition.Parse(Sequence().ToJsonString());
        var source = new OneDefinition(definition);
        var compiled = await new WorkflowCompiler(ActivityRegistry.CreateDefault(), source).CompileAsync(definition, CancellationToken.None);
        var runner = new WorkflowRunner(TimeProvider.System);
        await using var services = new ServiceCollection().BuildServiceProvider();
        for (var i = 0; i < Rounds; i++)
        {
            await runner.StartAsync(compiled, new StartArguments { InstanceId = "warm" }, services, CancellationToken.None);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++)
        {
            await runner.StartAsync(compiled, new StartArguments { InstanceId = "run" }, services, CancellationToken.None);
        }

        var micro = watch.Elapsed.TotalMicroseconds / Rounds / (Activities + 2);
        Report.Head("(c) burst cost per activity, literal inputs, in memory");
        Report.Line("SetVariable in a sequence", micro, "µs/activity");
        Report.Line("allocated", (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Rounds / (Activities + 2), "bytes/activity");
    }

    private static JsonObject Sequence() => new()
    {
        ["id"] = "burst-v1",
        ["definitionId"] = "burst",
        ["name"] = "burst",
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["variables"] = new JsonArray { new JsonObject { ["id"] = "v", ["name"] = "V", ["typeName"] = "Int32", ["value"] = "0", ["storageDriverTypeName"] = "WorkflowStorageDriver" } },
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "S",
            ["type"] = "Elsa.Sequence",
            ["version"] = 1,
            ["customProperties"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
            ["activities"] = new JsonArray([.. Enumerable.Range(1, Activities).Select(i => (JsonNode)new JsonObject
            {
                ["id"] = $"A{i}",
                ["type"] = "Elsa.SetVariable",
                ["version"] = 1,
                ["customProperties"] = new JsonObject(),
                ["metadata"] = new JsonObject(),
                ["variable"] = new JsonObject { ["id"] = "v", ["name"] = "V", ["typeName"] = "Int32" },
                ["value"] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = i } },
            })]),
        },
    };
}
