using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using CaseFlow.Workflows.Tests.Flow;

namespace CaseFlow.Workflows.Tests.Hosting;

/// <summary>Faults, retries, skips.</summary>
public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_burst_that_is_to_throw_tells_node_input_and_cause_and_leaves_the_state_as_it_was()
    {
        var stage = new Stage(Make.Definition("d", Make.Sequence(
            "S", Make.Task("T"), Make.Activity("Elsa.Fault", "F", ("code", Make.Literal("E1", "String")), ("message", Make.Literal("no", "String"))))));
        var workflow = await stage.Compiler.CompileAsync((await stage.Definitions.FindAsync(CaseFlow.Workflows.Definitions.WorkflowDefinitionHandle.Published("d"), Token))!, Token);
        var runner = new WorkflowRunner(stage.Clock);
        var state = (await runner.StartAsync(workflow, new StartArguments { Faults = FaultHandling.Throw }, Nothing.Services, Token)).State;
        var before = StateJson.Write(state);
        var thrown = await Assert.ThrowsAsync<ActivityFaultException>(async () =>
            await runner.ResumeAsync(workflow, state, state.Bookmarks[0].Id, new BurstArguments { Faults = FaultHandling.Throw }, Nothing.Services, Token));
        Assert.Equal("Workflow1:S:F", thrown.Incident.NodeId);
        Assert.Equal("E1", thrown.ActivityInput!["Code"]);
        Assert.Equal(before, StateJson.Write(state));
    }

    [Fact]
    public async Task A_skip_completes_the_activity_with_the_given_outcome_and_the_reason_is_recorded()
    {
        var flow = Make.Flowchart(
            "F", "Bad.Left>L Bad.Right>R", Make.Activity("Elsa.Fault", "Bad", ("message", Make.Literal("no", "String"))), Make.Line("L", "'left'"), Make.Line("R", "'right'"));
        var stage = new Stage(Make.Definition("d", flow));
        var id = await stage.StartAsync("d");
        Assert.Equal(WorkflowSubStatus.Faulted, (await stage.StateAsync(id)).SubStatus);
        await stage.Host.RetryAsync(id, skips: [new SkipOverride("Workflow1:F:Bad", "Right", "agreed by phone")], cancellationToken: Token);
        Assert.Equal(["right"], stage.Lines(id));
        Assert.Equal("agreed by phone", stage.Store.Records(id).Last(x => x.ActivityId == "Bad").JournalData!["Skipped"]);
        Assert.Empty((await stage.StateAsync(id)).Incidents);
    }

    [Fact]
    public async Task A_faulted_instance_ignores_tasks_and_goes_on_after_a_retry()
    {
        var stage = new Stage(Make.Definition("d", Make.Flowchart(
            "F", "S>A S>B A>J B>J", Make.Activity("Elsa.Start", "S"), Make.Task("A"),
            Make.Line("B", "if (getVariable('Ok') === undefined || getVariable('Ok') === null) throw new Error('not yet'); 'b'"), Make.Line("J", "'joined'"))));
        var id = await stage.StartAsync("d");
        var refused = await Assert.ThrowsAsync<WorkflowRefusedException>(() => stage.TaskAsync(id, "A"));
        Assert.Equal(RefusalReasons.InstanceEnded, refused.Reason);
        await stage.Host.RetryAsync(id, skips: [new SkipOverride("Workflow1:F:B", null, "test")], cancellationToken: Token);
        await stage.TaskAsync(id, "A");
        Assert.Equal(["joined"], stage.Lines(id));
    }

    [Fact]
    public async Task Starting_a_definition_that_is_not_there_is_an_incident_of_the_activity()
    {
        var stage = new Stage(Make.Definition("d", Make.Activity("Elsa.DispatchWorkflow", "D", ("workflowDefinitionId", Make.Literal("nobody", "String")))));
        var state = await stage.StateAsync(await stage.StartAsync("d"));
        Assert.Contains("nobody", Assert.Single(state.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_that_never_ends_is_an_incident()
    {
        var stage = new Stage(Make.Definition("d", Make.Activity("Elsa.While", "W", ("condition", Make.Literal(true, "Boolean")), ("body", Make.Activity("Elsa.Start", "S")))));
        var state = await stage.StateAsync(await stage.StartAsync("d"));
        Assert.Equal(WorkflowSubStatus.Faulted, state.SubStatus);
    }

    [Fact]
    public async Task A_definition_with_an_unknown_activity_is_refused_with_the_node_named()
    {
        var stage = new Stage(Make.Definition("d", Make.Sequence("S", Make.Activity("Acme.Nothing", "X"))));
        var refused = await Assert.ThrowsAsync<WorkflowRefusedException>(() => stage.StartAsync("d"));
        Assert.Equal(RefusalReasons.DefinitionInvalid, refused.Reason);
        Assert.Contains("Workflow1:S:X", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_join_that_may_starve_is_warned_of_and_one_that_must_is_refused()
    {
        var join = () => Make.Activity("Elsa.FlowJoin", "J", ("mode", Make.Literal("WaitAll", "FlowJoinMode")));
        var stage = new Stage(
            Make.Definition("may", Make.Flowchart("F", "D.True>A D.False>B A>J B>J", Make.Activity("Elsa.FlowDecision", "D"), Make.Line("A", "1"), Make.Line("B", "2"), join())),
            Make.Definition("must", Make.Flowchart("F", "S>A A>J Lost>J", Make.Activity("Elsa.Start", "S"), Make.Line("A", "1"), Make.Line("Lost", "2"), join())));
        Assert.Equal([ProblemSeverity.Warning], await ProblemsAsync(stage, "may"));
        Assert.Contains(ProblemSeverity.Error, await ProblemsAsync(stage, "must"));
    }

    [Fact]
    public async Task Assigning_what_is_not_declared_is_warned_of()
    {
        var set = Make.Activity(
            "Elsa.SetVariable", "S", ("variable", new System.Text.Json.Nodes.JsonObject { ["id"] = "nope", ["name"] = "Nope" }), ("value", Make.Literal(1)));
        var stage = new Stage(Make.Definition("d", Make.Sequence("Q", set, Make.Task("T", "gone"), Make.Task("U", "V")), "V"));
        var definition = await stage.Definitions.FindAsync(CaseFlow.Workflows.Definitions.WorkflowDefinitionHandle.Published("d"), Token);
        var problems = (await stage.Compiler.CompileAsync(definition!, Token)).Problems.Where(x => x.Code == ProblemCodes.UnknownVariable);
        Assert.Equal(["S", "T"], problems.Select(x => x.ActivityId));
    }

    private static async Task<IEnumerable<ProblemSeverity>> ProblemsAsync(Stage stage, string name)
    {
        var definition = await stage.Definitions.FindAsync(CaseFlow.Workflows.Definitions.WorkflowDefinitionHandle.Published(name), Token);
        return (await stage.Compiler.CompileAsync(definition!, Token)).Problems.Where(x => x.Code == ProblemCodes.JoinMayStarve).Select(x => x.Severity);
    }
}
