using System.Reflection;
using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.State;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>
/// Saved states of every wait point of dibao: those of each kept version belong to the definitions that are kept with them.
/// Every build puts each in the place of a procedure that waits there and carries the case to the same end as without it. With
/// <c>CASEFLOW_WRITE_GOLDEN=1</c> states are written that are not there yet; those that are there stay as they are, whatever
/// later builds would write.
/// </summary>
public sealed class DibaoGoldenStateTests
{
    /// <summary>Characters; a state that lives for years is to stay small.</summary>
    private const int LargestState = 6_000;

    public static TheoryData<string, string, string> Files
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var file in GoldenFile.All)
            {
                data.Add(file.Version, file.Kind, file.Node);
            }

            return data;
        }
    }

    public static TheoryData<string> Journeys => [.. Journey.All.Select(j => j.Name)];

    /// <summary>The kinds of procedures that are shipped.</summary>
    public static TheoryData<string> Kinds =>
        [.. Directory.GetFiles(DibaoHost.Shipped, "*.workflow.json").Select(f => Path.GetFileName(f)!.Split('.')[0]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_saved_state_is_carried_to_the_same_end(string version, string kind, string node)
    {
        var golden = await new GoldenFile(version, kind, node).ReadAsync();
        var journey = Journey.Of(golden["way"]?.ToString() ?? "whole");
        var run = await StraightRun.OnceAsync(journey);
        var next = journey.Acts.Select(a => a.Name).ToList().IndexOf(golden["before"]!.ToString());
        Assert.InRange(next, 0, journey.Acts.Count - 1);
        await using var host = run.Host.Open(run.Stops[next].Snapshot);
        var procedure = (await run.OpenProceduresAsync(host)).Single(p => p.Kind == kind);
        var live = await StraightRun.StateAsync(host, procedure.Id.ToString());
        var state = StraightRun.Read(golden["state"]!, await StateNames.OfAsync(host, procedure, live));
        await StraightRun.ReplaceAsync(host, state);

        var flow = new DibaoFlow(host, run.CaseId);
        for (var i = next; i < journey.Acts.Count && (await StraightRun.StateAsync(host, state.InstanceId)).Status == WorkflowStatus.Running; i++)
        {
            await journey.Acts[i].DoAsync(host, flow);
        }

        var end = await StraightRun.EndAsync(host, state.InstanceId, state.NextJournalSequence);
        Assert.Equal(golden["end"]!.ToJsonString(GoldenFile.Options), end.ToJsonString(GoldenFile.Options));
    }

    [Theory]
    [MemberData(nameof(Journeys))]
    public async Task States_stay_small_and_each_point_at_which_the_case_waits_is_kept(string way)
    {
        var journey = Journey.Of(way);
        var run = await StraightRun.OnceAsync(journey);
        foreach (var (stop, act) in run.Stops.Zip(journey.Acts))
        {
            foreach (var (kind, state, text) in stop.Waiting)
            {
                Assert.True(text.Length <= LargestState, $"The state of {kind} before {act.Name} has {text.Length} characters.");
                foreach (var node in state.Bookmarks.Select(b => b.ActivityId).Distinct().Where(id => !GoldenFile.IsKept(journey.Version, kind, id)))
                {
                    var end = await StraightRun.EndAsync(run.Host, state.InstanceId, state.NextJournalSequence);
                    await WriteAsync(new GoldenFile(journey.Version, kind, node), journey, act, text, end);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_activity_of_the_shipped_definitions_that_waits_has_a_saved_state(string kind)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(DibaoHost.Shipped, kind + ".workflow.json"), DibaoHost.Stop);
        var registry = ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(StaffTask).Assembly);
        var compiled = await new WorkflowCompiler(registry, new DefinitionCollection()).CompileAsync(WorkflowDefinition.Parse(text), DibaoHost.Stop);
        var waiting = compiled.Activities.Where(a => Waits(a.Activity)).Select(a => a.ActivityId).ToList();
        Assert.NotEmpty(waiting);
        Assert.Equal([], waiting.Where(id => !GoldenFile.IsKept(GoldenFile.Versions[^1], kind, id)));
    }

    private static async Task WriteAsync(GoldenFile file, Journey journey, Act next, string state, JsonObject end)
    {
        Assert.True(
            Environment.GetEnvironmentVariable("CASEFLOW_WRITE_GOLDEN") == "1",
            $"No golden state of {file.Node} in {file.Kind}; write it with CASEFLOW_WRITE_GOLDEN=1.");
        await file.WriteAsync(new JsonObject
        {
            ["kind"] = file.Kind,
            ["node"] = file.Node,
            ["way"] = journey.Name,
            ["before"] = next.Name,
            ["state"] = JsonNode.Parse(state),
            ["end"] = end,
        });
    }

    /// <summary>An activity waits if it has a method that a bookmark can call back, or is one of the engine's that wait.</summary>
    private static bool Waits(IActivity activity) =>
        activity.Type is "Elsa.Delay" or "Elsa.Event" or "Elsa.RunTask" or "Elsa.StartAt" or "Elsa.Timer" or "Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow"
        || (activity.Type.StartsWith("CaseFlow.", StringComparison.Ordinal) && CallbacksOf(activity.GetType()).Any());

    private static IEnumerable<MethodInfo> CallbacksOf(Type type)
    {
        for (var t = type; t is not null && t.Assembly == typeof(StaffTask).Assembly; t = t.BaseType)
        {
            foreach (var method in t.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (method.Name != "ExecuteAsync" && method.ReturnType == typeof(ValueTask)
                    && method.GetParameters() is [{ ParameterType: var parameter }] && parameter == typeof(ActivityExecutionContext))
                {
                    yield return method;
                }
            }
        }
    }
}
