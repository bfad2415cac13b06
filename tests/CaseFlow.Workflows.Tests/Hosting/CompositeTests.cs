using System.Text.Json.Nodes;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Tests.Hosting;

/// <summary>Definitions used as activities.</summary>
public sealed class CompositeTests
{
    [Fact]
    public async Task A_composite_does_not_see_the_variables_of_its_consumer()
    {
        var inner = Make.Definition("Inner", Make.Line("L", "String(getVariable('Secret'))"));
        var outer = Make.Definition("outer", Make.Sequence("S", Set("Secret", "x"), Use("Inner", "C"), Make.Line("L2", "getSecret()")), "Secret");
        var stage = new Stage(inner, outer);
        var id = await stage.StartAsync("outer");
        Assert.Equal(["null", "x"], stage.Lines(id));
    }

    [Fact]
    public async Task Without_Complete_the_outcome_is_Done()
    {
        var inner = Make.Definition("Inner", Make.Sequence("Q", Make.Task("T")));
        var outer = Make.Definition("outer", Make.Flowchart("F", "C>L", Use("Inner", "C"), Make.Line("L", "'on'")));
        var stage = new Stage(inner, outer);
        var id = await stage.StartAsync("outer");
        await stage.TaskAsync(id, "T");
        Assert.Equal(["on"], stage.Lines(id));
    }

    [Fact]
    public async Task Outcomes_of_Complete_in_a_root_flowchart_are_kept()
    {
        var complete = Make.Activity("Elsa.Complete", "C", ("outcomes", Make.Expression("Object", "[\"A\", \"B\"]", "Object")));
        var stage = new Stage(Make.Definition("root", Make.Flowchart("F", "S>C", Make.Activity("Elsa.Start", "S"), complete)));
        var id = await stage.StartAsync("root");
        Assert.Equal(["A", "B"], stage.Store.Records(id)[0].Outcomes);
    }

    [Fact]
    public async Task Composites_nest_and_number_their_workflows()
    {
        var innermost = Make.Definition("A", Make.Task("T"));
        var middle = Make.Definition("B", Make.Sequence("Q", Use("A", "UseA")));
        var outer = Make.Definition("outer", Make.Sequence("S", Use("B", "UseB")));
        var stage = new Stage(innermost, middle, outer);
        var id = await stage.StartAsync("outer");
        Assert.Equal("Workflow3:S:UseB:Workflow2:Q:UseA:Workflow1:T", (await stage.StateAsync(id)).Bookmarks[0].NodeId);
        await stage.TaskAsync(id, "T");
        Assert.Equal(WorkflowSubStatus.Finished, (await stage.StateAsync(id)).SubStatus);
    }

    [Fact]
    public async Task Two_uses_side_by_side_keep_their_inputs_apart()
    {
        var inner = WithInput(Make.Definition("Inner", Make.Sequence("Q", Make.Task("T"), Make.Line("L", "getInput('Who') + getWho()"))));
        var outer = Make.Definition("outer", Make.Activity("Elsa.Parallel", "P", ("activities", new JsonArray(UseFor("C1", "a"), UseFor("C2", "b")))));
        var stage = new Stage(inner, outer);
        var id = await stage.StartAsync("outer");
        await stage.TaskAsync(id, "T");
        await stage.TaskAsync(id, "T");
        Assert.Equal(["aa", "bb"], stage.Lines(id));
    }

    [Fact]
    public async Task A_definition_that_uses_itself_is_refused_with_the_node_named()
    {
        var stage = new Stage(Make.Definition("Loop", Make.Sequence("S", Use("Loop", "Me"))));
        var refused = await Assert.ThrowsAsync<CaseFlow.Workflows.Hosting.WorkflowRefusedException>(() => stage.StartAsync("Loop"));
        Assert.Contains(":Me:", refused.Message + ":", StringComparison.Ordinal);
    }

    private static JsonObject Use(string name, string id) => Make.Activity(name, id, ("workflowDefinitionId", name));

    private static JsonObject UseFor(string id, string who) =>
        Make.Activity("Inner", id, ("workflowDefinitionId", "Inner"), ("who", Make.Literal(who, "String")));

    private static CaseFlow.Workflows.Definitions.WorkflowDefinition WithInput(CaseFlow.Workflows.Definitions.WorkflowDefinition definition)
    {
        var json = definition.ToJsonObject();
        json["inputs"] = new JsonArray(new JsonObject { ["name"] = "Who", ["type"] = "String" });
        return CaseFlow.Workflows.Definitions.WorkflowDefinition.Of(json);
    }

    private static JsonObject Set(string variable, string value) => Make.Activity(
        "Elsa.SetVariable", $"Set{variable}", ("variable", new JsonObject { ["id"] = variable, ["name"] = variable }), ("value", Make.Literal(value)));
}
