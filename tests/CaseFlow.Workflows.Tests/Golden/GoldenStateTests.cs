using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using CaseFlow.Workflows.Tests.Flow;
using CaseFlow.Workflows.Tests.Samples;

namespace CaseFlow.Workflows.Tests.Golden;

/// <summary>
/// Saved states of every wait point of the samples, under <c>tests/golden</c>. Every build resumes each to the same end.
/// With <c>CASEFLOW_WRITE_GOLDEN=1</c> states are written that are not there yet; those that are there are never overwritten.
/// </summary>
public sealed class GoldenStateTests
{
    private const int MostResumes = 10;
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "golden", "elsa");

    public static TheoryData<string> Files => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, "*.json").Select(x => Path.GetFileName(x)!).Order(StringComparer.Ordinal)]
        : [];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_saved_state_is_resumed_to_the_same_end(string file)
    {
        var golden = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken))!;
        var state = StateJson.Read(Encoding.UTF8.GetBytes(golden["state"]!.ToJsonString()));
        var end = await EndAsync(golden["sample"]!.ToString(), state);
        Assert.True(JsonNode.DeepEquals(golden["end"], end), $"Expected {golden["end"]!.ToJsonString()}\nbut was {end.ToJsonString()}");
    }

    [Fact]
    public async Task Every_wait_point_of_the_samples_is_kept()
    {
        foreach (var name in Sample.Names)
        {
            var workflow = await CompileAsync(name);
            var burst = await Runner.StartAsync(workflow, new StartArguments { InstanceId = $"golden-{name}" }, Nothing.Services, TestContext.Current.CancellationToken);
            for (var i = 0; i < MostResumes && burst.State is { Status: WorkflowStatus.Running, Bookmarks.Count: > 0 }; i++)
            {
                var file = Path.Combine(Folder, $"{name}.{i}.json");
                if (Environment.GetEnvironmentVariable("CASEFLOW_WRITE_GOLDEN") == "1" && !File.Exists(file))
                {
                    await WriteAsync(file, name, burst.State);
                }

                Assert.True(File.Exists(file), $"No golden state {Path.GetFileName(file)}; write it with CASEFLOW_WRITE_GOLDEN=1.");
                burst = await ResumeAsync(workflow, burst.State);
            }
        }
    }

    private static WorkflowRunner Runner { get; } = new(TimeProvider.System);

    private static async Task WriteAsync(string file, string name, WorkflowState state)
    {
        Directory.CreateDirectory(Folder);
        var golden = new JsonObject
        {
            ["sample"] = name,
            ["state"] = JsonNode.Parse(StateJson.Write(state)),
            ["end"] = await EndAsync(name, state),
        };
        await File.WriteAllTextAsync(file, golden.ToJsonString(Options) + "\n");
    }

    private static async Task<JsonObject> EndAsync(string name, WorkflowState state)
    {
        var workflow = await CompileAsync(name);
        var journal = new JsonArray();
        for (var i = 0; i < MostResumes && state is { Status: WorkflowStatus.Running, Bookmarks.Count: > 0 }; i++)
        {
            var burst = await ResumeAsync(workflow, state);
            state = burst.State;
            foreach (var entry in burst.Journal)
            {
                journal.Add($"{entry.NodeId} {entry.EventName}");
            }
        }

        var texts = InstanceVariables.Read(workflow, state).Select(x => KeyValuePair.Create(x.Name, PlainValues.ToJson(x.Value)));
        return new JsonObject
        {
            ["status"] = state.Status.ToString(),
            ["subStatus"] = state.SubStatus.ToString(),
            ["variables"] = new JsonObject(texts),
            ["output"] = PlainValues.ToJson(state.Output),
            ["waits"] = new JsonArray([.. state.Bookmarks.Select(x => (JsonNode)x.NodeId)]),
            ["journal"] = journal,
        };
    }

    private static ValueTask<WorkflowBurst> ResumeAsync(CompiledWorkflow workflow, WorkflowState state) =>
        Runner.ResumeAsync(
            workflow, state, state.Bookmarks[0].Id, new BurstArguments { Input = WorkflowHost.TaskResult("done") }, Nothing.Services, TestContext.Current.CancellationToken);

    private static ValueTask<CompiledWorkflow> CompileAsync(string name) =>
        new WorkflowCompiler(ActivityRegistry.CreateDefault(), Sample.All()).CompileAsync(Sample.Definition(name), TestContext.Current.CancellationToken);
}
