using System.Text.Json.Nodes;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using CaseFlow.Workflows.Tests.Hosting;

namespace CaseFlow.Workflows.Tests.Authoring;

/// <summary>Activities that were compiled against the documented surface alone run as their authors expect.</summary>
public sealed class StrangersActivityTests
{
    private readonly InMemoryWorkflowStore store = new();
    private readonly DefinitionCollection definitions = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_documented_member_is_there_and_does_what_it_says()
    {
        var host = await HostAsync(WithNumber(Make.Definition(
            "d",
            Make.Flowchart("F", "E.同意>Yes E.退回>No", Of("EveryMember", "E", ("body", Make.Line("B", "'body ' + getVariable('N')")), ("text", Make.Literal("hi", "String"))),
                Make.Line("Yes", "'yes ' + getOutputFrom('E', 'Answer') + ' ' + getResultFromE().n"), Make.Line("No", "'no'")),
            "N")));
        var state = (await host.StartAsync("d", new StartArguments { Input = Map(("Given", "input")) }, Token))!;
        Assert.Equal("", string.Join('\n', state.Incidents.Select(x => x.StackTrace)));
        var bookmark = Assert.Single(state.Bookmarks);
        Assert.Equal(("Strangers.EveryMember", "\"go\""), (bookmark.Name, bookmark.Payload));
        Assert.Equal(1, await host.SendAsync("Strangers.EveryMember", "go", cancellationToken: Token));

        state = (await store.LoadAsync(state.InstanceId, Token))!;
        Assert.Equal(WorkflowSubStatus.Finished, state.SubStatus);
        Assert.Equal(["body 7", "yes hi! 6"], store.Lines(state.InstanceId));
        Assert.Equal("out", state.Output["Seen"]);
        Assert.Equal(1, state.Properties["Kept"]);
        Assert.Equal("seen", store.Records(state.InstanceId).Single(x => x.ActivityId == "E").JournalData!["d"]);
    }

    [Fact]
    public async Task Values_are_converted_to_the_types_of_inputs_and_plain_properties()
    {
        var state = await RunAsync(Make.Sequence("S",
            Of("Total", "T", ("amounts", Make.Script("['1.5', 2, 3]")), ("bonus", Make.Literal("0.25")), ("level", "High"), ("tags", new JsonArray("a", "b")), ("result", To("R")), ("label", To("L"))),
            Of("Describe", "D",
                ("where", Make.Expression("Object", """{"street":"团结路","numbers":[1,2]}""", "Object")), ("when", Make.Literal("2026-06-15T00:00:00Z")),
                ("more", Make.Script("({ k: 'v' })")), ("result", To("X"))),
            Of("Lazily", "Z", ("count", Make.Script("getN() || 10")), ("secret", Make.Literal("geheim")), ("result", To("Y"))),
            Of("Check", "C1", ("result", To("C"))),
            Make.Line("Out", "[getR(), getL(), getX(), getY(), getC()].join('|')")));
        Assert.Equal(["6.75|High:a+b|团结路 3 2026-06-15 5 none v|10 11 6|old"], store.Lines(state.InstanceId));
        Assert.False(store.Records(state.InstanceId).Single(x => x.ActivityId == "Z").State!.ContainsKey("Secret"));
        Assert.Equal(6.75m, store.Records(state.InstanceId).Single(x => x.ActivityId == "T").JournalData!["Sum"]);
    }

    [Fact]
    public async Task A_definition_gets_the_version_of_an_activity_that_it_names_and_the_newest_where_it_names_none()
    {
        var second = Of("Check", "B", ("result", To("Y")));
        second["version"] = 2;
        var newest = Of("Check", "C", ("result", To("R")));
        newest.Remove("version");
        var state = await RunAsync(Make.Sequence("S", Of("Check", "A", ("result", To("X"))), second, newest, Make.Line("Out", "getX() + getY() + getR()")));
        Assert.Equal(["oldnewnew"], store.Lines(state.InstanceId));
    }

    [Fact]
    public async Task An_activity_may_wait_for_several_things_and_forget_the_others()
    {
        var doors = Of("Doors", "D", ("numbers", Make.Script("['1', '2']")), ("opened", To("X")));
        var host = await HostAsync(Make.Definition("d", Make.Flowchart("F", "D.Opened>O D.GaveUp>G", doors, Make.Line("O", "'opened ' + getX()"), Make.Line("G", "'gave up'")), "X"));
        var first = (await host.StartAsync("d", cancellationToken: Token))!;
        Assert.Equal(3, first.Bookmarks.Count);
        Assert.Equal(0, await host.SendAsync("Strangers.Doors", new { Number = "3" }, cancellationToken: Token));
        Assert.Equal(1, await host.SendAsync("Strangers.Doors", new { Number = "2" }, input: Map(("Number", "2")), cancellationToken: Token));
        Assert.Equal(["opened 2"], store.Lines(first.InstanceId));
        Assert.Equal(WorkflowSubStatus.Finished, (await store.LoadAsync(first.InstanceId, Token))!.SubStatus);

        var second = (await host.StartAsync("d", cancellationToken: Token))!;
        Assert.Equal(1, await host.SendAsync("Strangers.GiveUp", "now", instanceId: second.InstanceId, cancellationToken: Token));
        Assert.Equal(["gave up"], store.Lines(second.InstanceId));
    }

    [Fact]
    public async Task A_bookmark_that_does_not_burn_is_resumed_again_and_properties_are_kept()
    {
        var host = await HostAsync(Make.Definition("d", Make.Sequence("S", Of("Knocks", "K", ("enough", Make.Literal(3))), Make.Line("Out", "'in'"))));
        var id = (await host.StartAsync("d", cancellationToken: Token))!.InstanceId;
        for (var i = 1; i <= 3; i++)
        {
            Assert.Empty(store.Lines(id));
            Assert.Equal(1, await host.SendAsync("Strangers.Knocks", "knock", cancellationToken: Token));
        }

        Assert.Equal(["in"], store.Lines(id));
        Assert.Equal(3, store.Records(id).Single(x => x.ActivityId == "K").JournalData!["Count"]);
        Assert.Equal(0, await host.SendAsync("Strangers.Knocks", "knock", cancellationToken: Token));
    }

    [Fact]
    public async Task A_resume_completes_by_itself_without_callback_and_a_callback_may_wait_again()
    {
        var host = await HostAsync(Make.Definition("d", Make.Sequence("S", Of("Pause", "P"), Of("Stages", "T"), Make.Line("Out", "getStage()")), "Stage"));
        var state = (await host.StartAsync("d", cancellationToken: Token))!;
        await host.ResumeAsync(state.InstanceId, Assert.Single(state.Bookmarks).Id, cancellationToken: Token);
        Assert.Equal(1, await host.SendAsync("Strangers.Stages", "first", cancellationToken: Token));
        Assert.Equal(1, await host.SendAsync("Strangers.Stages", "second", cancellationToken: Token));
        Assert.Equal(["second"], store.Lines(state.InstanceId));
    }

    [Fact]
    public async Task A_trigger_starts_a_definition_and_waits_in_the_middle_of_another()
    {
        var trigger = Of("Bell", "B", ("tone", Make.Literal("high")), ("result", To("X")));
        trigger["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        var host = await HostAsync(
            Make.Definition("started", Make.Flowchart("F", "B>L", trigger, Make.Line("L", "'started ' + getX()")), "X"),
            Make.Definition("middle", Make.Sequence("S", Make.Line("A", "'a'"), Of("Bell", "B", ("result", To("X"))), Make.Line("L", "'middle ' + getX()")), "X"));
        var middle = (await host.StartAsync("middle", cancellationToken: Token))!.InstanceId;
        Assert.Equal(2, await host.SendAsync("Strangers.Bell", new { Number = "bell" }, input: Map(("Rung", "ding")), cancellationToken: Token));

        Assert.Equal(["a", "middle ding"], store.Lines(middle));
        var started = Assert.Single(store.InstanceIds, x => x != middle);
        Assert.Equal(["started ding"], store.Lines(started));
    }

    [Fact]
    public async Task An_activity_that_may_not_run_yet_is_asked_again_in_the_next_burst()
    {
        var host = await HostAsync(Make.Definition(
            "d", Make.Flowchart("F", "S>G S>T T>O O>U", Make.Line("S", "'s'"), Of("Gate", "G"), Make.Task("T"), Make.Task("U"), Make.Activity("Elsa.SetVariable", "O", ("variable", new JsonObject { ["id"] = "Open", ["name"] = "Open" }), ("value", Make.Literal(true)))), "Open"));
        var state = (await host.StartAsync("d", cancellationToken: Token))!;
        await host.ResumeAsync(state.InstanceId, Assert.Single(state.Bookmarks).Id, WorkflowHost.TaskResult("x"), Token);
        Assert.Equal(WorkflowStatus.Running, (await store.LoadAsync(state.InstanceId, Token))!.Status);
        Assert.Equal(ActivityStatus.Pending, store.Records(state.InstanceId).Single(x => x.ActivityId == "G").Status);

        var again = (await store.LoadAsync(state.InstanceId, Token))!.Bookmarks;
        await host.ResumeAsync(state.InstanceId, Assert.Single(again).Id, WorkflowHost.TaskResult("x"), Token);
        Assert.Equal(WorkflowSubStatus.Finished, (await store.LoadAsync(state.InstanceId, Token))!.SubStatus);
    }

    [Fact]
    public async Task Ports_are_scheduled_with_callbacks_that_survive_a_suspension()
    {
        var both = Of("Both", "P", ("left", Make.Task("A")), ("right", Make.Line("B", "'b'")), ("order", To("X")));
        var host = await HostAsync(Make.Definition(
            "d",
            Make.Flowchart("F", "P.Both>T P.Done>No T>Out", both, Of("Times", "T", ("count", Make.Script("3")), ("body", Make.Line("Tick", "'tick'"))), Make.Line("Out", "getX()"), Make.Line("No", "'no'")),
            "X"));
        var state = (await host.StartAsync("d", cancellationToken: Token))!;
        await host.ResumeAsync(state.InstanceId, Assert.Single(state.Bookmarks).Id, WorkflowHost.TaskResult("x"), Token);
        Assert.Equal(["b", "tick", "tick", "tick", "BA"], store.Lines(state.InstanceId));
    }

    [Fact]
    public async Task Composites_are_completed_activities_cancelled_and_faults_recorded()
    {
        var left = await RunAsync(Make.Sequence("S", Make.Sequence("In", Of("Leave", "L", ("by", Make.Literal("Early")))), Make.Line("Never", "'never'")));
        Assert.Equal(WorkflowSubStatus.Finished, left.SubStatus);
        Assert.Equal(["Early", "Also"], store.Records(left.InstanceId).Single(x => x.ActivityId == "Workflow1").Outcomes);

        var given = await RunAsync(Make.Sequence("S", Of("GiveUp", "G"), Make.Line("After", "'after'")));
        Assert.Equal(["after"], store.Lines(given.InstanceId));
        Assert.Equal(ActivityStatus.Canceled, store.Records(given.InstanceId).Single(x => x.ActivityId == "G").Status);

        foreach (var (told, type, message) in new[] { (true, "System.TimeoutException", "told"), (false, "System.NotSupportedException", "thrown") })
        {
            var failed = await RunAsync(Make.Sequence("S", Of("Fail", "X", ("told", Make.Literal(told))), Make.Line("Never", "'never'")));
            var incident = Assert.Single(failed.Incidents);
            Assert.Equal((WorkflowSubStatus.Faulted, "X", type, message), (failed.SubStatus, incident.ActivityId, incident.ExceptionType, incident.ExceptionMessage));
        }
    }

    [Fact]
    public async Task The_designer_is_told_of_them()
    {
        var registry = ActivityRegistry.CreateDefault().AddActivitiesFrom(await StrangersActivities.LoadAsync());
        var every = registry.Find("Strangers.EveryMember")!;
        Assert.Equal(("Documents", "Every member", "Uses everything"), (every.Category, every.DisplayName, every.Description));
        Assert.Equal(["Body", "同意", "退回"], every.Ports.Select(x => x.Name));
        var text = every.Inputs.Single(x => x.Name == "Text");
        Assert.Equal(("multiline", "a", "Literal", 1.5f), (text.UIHint, text.DefaultValue, text.DefaultSyntax, text.Order));
        Assert.NotNull(registry.Find("Strangers.NamedByConstructor"));
        Assert.Equal(ActivityKind.Trigger, registry.Find("Strangers.Bell")!.Kind);
    }

    private static WorkflowDefinition WithNumber(WorkflowDefinition definition)
    {
        var json = definition.ToJsonObject();
        json["variables"]![0]!["typeName"] = "Int32";
        json["variables"]![0]!["value"] = "5";
        return WorkflowDefinition.Of(json);
    }

    private static JsonObject Of(string type, string id, params (string Name, JsonNode? Value)[] members) => Make.Activity($"Strangers.{type}", id, members);

    private static JsonObject To(string variable) => new() { ["memoryReference"] = new JsonObject { ["id"] = variable } };

    private static Dictionary<string, object?> Map(params (string Key, object? Value)[] pairs) => pairs.ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal);

    private async Task<WorkflowState> RunAsync(JsonObject root)
    {
        var id = $"d{definitions.GetHashCode()}-{store.InstanceIds.Count}";
        var host = await HostAsync(Make.Definition(id, root, "N", "R", "L", "X", "Y", "C"));
        return (await host.StartAsync(id, cancellationToken: Token))!;
    }

    private async Task<WorkflowHost> HostAsync(params WorkflowDefinition[] some)
    {
        foreach (var definition in some)
        {
            definitions.Add(definition);
        }

        var registry = ActivityRegistry.CreateDefault().AddActivitiesFrom(await StrangersActivities.LoadAsync());
        return new WorkflowHost(definitions, new WorkflowCompiler(registry, definitions), store, new ClockOnly(), TimeProvider.System);
    }

    private sealed class ClockOnly : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? TimeProvider.System : null;
    }
}
