using System.Text.Json.Nodes;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CaseFlow.Workflows.Tests.Flow;

/// <summary>Random flowcharts do in the engine what they do in the model, with forks, joins, loops, returns and dead branches.</summary>
public sealed class FlowModelTests
{
    private static readonly ActivityRegistry Registry = ActivityRegistry.CreateDefault().Add<Step>();

    [Property(MaxTest = 3000)]
    public FsCheck.Property A_flowchart_does_what_the_model_does() =>
        Prop.ForAll(Cases().ToArbitrary(), example => CompareAsync(example).GetAwaiter().GetResult());

    private static async Task<FsCheck.Property> CompareAsync(FlowCase example)
    {
        var model = new FlowModel(example.Graph);
        model.Start();
        var definition = Definition(example.Graph);
        var compiled = await new WorkflowCompiler(Registry, new DefinitionCollection()).CompileAsync(definition);
        var runner = new WorkflowRunner(TimeProvider.System);
        var log = new List<string>();
        var state = Next(await runner.StartAsync(Runnable(compiled), new StartArguments(), Nothing.Services), log);
        foreach (var act in example.Acts)
        {
            if (model.Finished || !model.Log.SequenceEqual(log, StringComparer.Ordinal))
            {
                break;
            }

            var waiting = model.Waiting;
            if (act >= 0 && waiting.Count > 0)
            {
                var index = act % waiting.Count;
                model.Resume(index);
                state = Next(await runner.ResumeAsync(compiled, state, state.Bookmarks[index].Id, new BurstArguments(), Nothing.Services), log);
            }
            else if (act < 0)
            {
                var node = -act % example.Graph.Nodes.Count;
                var expected = model.Return(node);
                try
                {
                    state = Next(await runner.ReturnToAsync(compiled, state, example.Graph.Nodes[node].Id, new BurstArguments(), Nothing.Services), log);
                    if (!expected)
                    {
                        return false.Label("The engine returned where the model refuses.");
                    }
                }
                catch (WorkflowRefusedException e) when (e.Reason == RefusalReasons.NothingToReturnFrom)
                {
                    if (expected)
                    {
                        return false.Label("The engine refused a return that the model allows.");
                    }
                }
            }
        }

        if (state.Status == WorkflowStatus.Running && state.Bookmarks.Count == 0 && state.Incidents.Count == 0)
        {
            return false.Label($"The flow hangs: nothing waits, and no incident says why.\n{example}");
        }

        var same = model.Log.SequenceEqual(log, StringComparer.Ordinal) && model.Finished == (state.Status == WorkflowStatus.Finished);
        return same.Label($"model:  {string.Join(", ", model.Log)} {model.Finished}\nengine: {string.Join(", ", log)} {state.SubStatus}\n{example}");
    }

    /// <summary>The state goes through its JSON between any two bursts.</summary>
    private static WorkflowState Next(WorkflowBurst burst, List<string> log)
    {
        log.AddRange(burst.Journal.Where(x => x.ActivityId[0] == 'N').Select(x => $"{x.ActivityId} {x.EventName}"));
        return StateJson.Read(StateJson.Write(burst.State));
    }

    /// <summary>Random graphs may hold joins that are refused at publishing; here they run all the same.</summary>
    private static CompiledWorkflow Runnable(CompiledWorkflow compiled)
    {
        Assert.DoesNotContain(compiled.Problems, x => x.Severity == ProblemSeverity.Error && x.Code != ProblemCodes.JoinMayStarve);
        return compiled;
    }

    private static WorkflowDefinition Definition(ModelGraph graph)
    {
        var activities = new JsonArray([.. graph.Nodes.Select(Activity)]);
        var connections = new JsonArray([.. graph.Connections.Select(c => (JsonNode)new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = graph.Nodes[c.Source].Id, ["port"] = c.Port },
            ["target"] = new JsonObject { ["activity"] = graph.Nodes[c.Target].Id, ["port"] = "In" },
        })]);
        return WorkflowDefinition.Of(new JsonObject
        {
            ["definitionId"] = "random",
            ["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" },
            ["root"] = new JsonObject
            {
                ["id"] = "Flow",
                ["type"] = "Elsa.Flowchart",
                ["start"] = graph.Nodes[0].Id,
                ["activities"] = activities,
                ["connections"] = connections,
            },
        });
    }

    private static JsonObject Activity(ModelNode node)
    {
        var mode = node.Kind switch { NodeKind.JoinAll => "WaitAll", NodeKind.JoinAny => "WaitAny", NodeKind.JoinActive => "WaitAllActive", _ => null };
        return mode is null
            ? new JsonObject { ["id"] = node.Id, ["type"] = "Test.Step", ["plan"] = node.Plan, ["waits"] = node.Kind == NodeKind.Waiting }
            : new JsonObject
            {
                ["id"] = node.Id,
                ["type"] = "Elsa.FlowJoin",
                ["mode"] = new JsonObject { ["typeName"] = "FlowJoinMode", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = mode } },
            };
    }

    private static Gen<FlowCase> Cases() =>
        from size in Gen.Choose(2, 9)
        from kinds in Gen.Elements(NodeKind.Step, NodeKind.Step, NodeKind.Waiting, NodeKind.Waiting, NodeKind.JoinAll, NodeKind.JoinAny, NodeKind.JoinActive).ArrayOf(size)
        from plans in Gen.Elements("Done,Done,Done", "True,False,True", "False,True", "False,False,True", "True+False,True", "Done+True,False,Done", "True+False,True+False,Done").ArrayOf(size)
        from parents in Gen.Choose(0, 1000).ArrayOf(size)
        from ports in Gen.Elements("Done", "True", "False").ArrayOf(size)
        from extras in (from a in Gen.Choose(0, size - 1) from b in Gen.Choose(0, size - 1) from p in Gen.Elements("Done", "True", "False") select (a, b, p)).ListOf(Math.Min(size, 6))
        from acts in Gen.Frequency((6, Gen.Choose(0, 20)), (1, Gen.Choose(-20, -1))).ListOf(14)
        select Case(kinds, plans, parents, ports, [.. extras], [.. acts]);

    private static FlowCase Case(
        NodeKind[] kinds, string[] plans, int[] parents, string[] ports, List<(int From, int To, string Port)> extras, List<int> acts)
    {
        var nodes = kinds.Select((k, i) => new ModelNode($"N{i}", i == 0 ? NodeKind.Step : k, plans[i])).ToList();
        string Port(int source, string port) => nodes[source].Kind is NodeKind.Step or NodeKind.Waiting ? port : "Done";
        var connections = new List<ModelConnection>();
        for (var i = 1; i < nodes.Count; i++)
        {
            connections.Add(new ModelConnection(parents[i] % i, Port(parents[i] % i, ports[i]), i));
        }

        // A cycle of joins alone would run for ever: only steps, which have a plan, lead back.
        connections.AddRange(extras
            .Where(x => x.To > x.From || nodes[x.From].Kind is NodeKind.Step or NodeKind.Waiting)
            .Select(x => new ModelConnection(x.From, Port(x.From, x.Port), x.To)));
        return new FlowCase(new ModelGraph(nodes, [.. connections.Distinct()]), acts);
    }

    private sealed record FlowCase(ModelGraph Graph, IReadOnlyList<int> Acts)
    {
        public override string ToString() =>
            $"{string.Join(' ', Graph.Nodes.Select(x => $"{x.Id}:{x.Kind}({x.Plan})"))} | {string.Join(' ', Graph.Connections.Select(c => $"N{c.Source}.{c.Port}>N{c.Target}"))} | {string.Join(' ', Acts)}";
    }
}

/// <summary>No services.</summary>
internal sealed class Nothing : IServiceProvider
{
    public static readonly Nothing Services = new();

    public object? GetService(Type serviceType) => null;
}
