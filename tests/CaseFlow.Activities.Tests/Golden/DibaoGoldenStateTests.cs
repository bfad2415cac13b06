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
/// Saved states of every wait point of the dibao definitions that are kept with them (not of what the shipped ones have gained since). Every build puts each in the place of a procedure that
/// waits there and carries the case to the same end as without it. With <c>CASEFLOW_WRITE_GOLDEN=1</c> states are written that
/// are not there yet; those that are there stay as they are, whatever later builds would write.
/// </summary>
public sealed class DibaoGoldenStateTests
{
    /// <summary>Characters; a state that lives for years is to stay small.</summary>
    private const int LargestState = 6_000;

    public static TheoryData<string, string> Files
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in GoldenFile.All)
            {
                data.Add(file.Kind, file.Node);
            }

            return data;
        }
    }

    public static TheoryData<string> Kinds => [.. GoldenFile.Kinds];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_saved_state_is_carried_to_the_same_end(string kind, string node)
    {
        var golden = await new GoldenFile(kind, node).ReadAsync();
        var run = await StraightRun.OnceAsync();
        var next = DibaoWay.Acts.Select(a => a.Name).ToList().IndexOf(golden["before"]!.ToString());
        Assert.InRange(next, 0, DibaoWay.Acts.Count - 1);
        await using var host = run.Stops[next].Copy();
        var procedure = (await run.OpenProceduresAsync(host)).Single(p => p.Kind == kind);
        var live = await StraightRun.StateAsync(host, procedure.Id.ToString());
        var state = StraightRun.Read(golden["state"]!, await StateNames.OfAsync(host, procedure, live));
        await StraightRun.ReplaceAsync(host, state);

        var flow = new DibaoFlow(host, run.CaseId);
        for (var i = next; i < DibaoWay.Acts.Count && (await StraightRun.StateAsync(host, state.InstanceId)).Status == WorkflowStatus.Running; i++)
        {
            await DibaoWay.Acts[i].DoAsync(host, flow);
        }

        var end = await StraightRun.EndAsync(host, state.InstanceId, state.NextJournalSequence);
        Assert.Equal(golden["end"]!.ToJsonString(GoldenFile.Options), end.ToJsonString(GoldenFile.Options));
    }

    [Fact]
    public async Task States_stay_small_and_each_point_at_which_the_case_waits_is_kept()
    {
        var run = await StraightRun.OnceAsync();
        foreach (var (host, act) in run.Stops.Zip(DibaoWay.Acts))
        {
            foreach (var procedure in await run.OpenProceduresAsync(host))
            {
                var state = await StraightRun.StateAsync(host, procedure.Id.ToString());
                var names = await StateNames.OfAsync(host, procedure, state);
                var text = names.In(StateNames.Text(state));
                Assert.True(text.Length <= LargestState, $"The state of {procedure.Kind} before {act.Name} has {text.Length} characters.");
                foreach (var node in state.Bookmarks.Select(b => b.ActivityId).Distinct().Select(id => new GoldenFile(procedure.Kind, id)).Where(f => !f.Exists))
                {
                    await WriteAsync(node, act, text, await StraightRun.EndAsync(run.Stops[^1], state.InstanceId, state.NextJournalSequence));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_activity_that_waits_has_a_saved_state(string kind)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(DibaoHost.GoldenDefinitions, kind + ".workflow.json"), DibaoHost.Stop);
        var registry = ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(StaffTask).Assembly);
        var compiled = await new WorkflowCompiler(registry, new DefinitionCollection()).CompileAsync(WorkflowDefinition.Parse(text), DibaoHost.Stop);
        var waiting = compiled.Activities.Where(a => Waits(a.Activity)).Select(a => a.ActivityId).ToList();
        Assert.NotEmpty(waiting);
        Assert.Equal([], waiting.Where(id => !new GoldenFile(kind, id).Exists));
    }

    private static async Task WriteAsync(GoldenFile file, Act next, string state, JsonObject end)
    {
        Assert.True(
            Environment.GetEnvironmentVariable("CASEFLOW_WRITE_GOLDEN") == "1",
            $"No golden state of {file.Node} in {file.Kind}; write it with CASEFLOW_WRITE_GOLDEN=1.");
        await file.WriteAsync(new JsonObject
        {
            ["kind"] = file.Kind,
            ["node"] = file.Node,
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
