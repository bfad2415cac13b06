using System.Text.Json.Nodes;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Tests.Hosting;

/// <summary>Events, timers, children, and calls while a burst runs.</summary>
public sealed class EventAndTimerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_without_correlation_reaches_all_and_one_with_it_only_its_own()
    {
        var stage = new Stage(Make.Definition("listen", Make.Sequence(
            "S", Make.Activity("Elsa.Correlate", "Cor", ("correlationId", Make.Script("getInput('K')", "String"))), Wait("E", "Ping"), Make.Line("L", "'got'"))));
        var first = await stage.StartAsync("listen", new Dictionary<string, object?> { ["K"] = "1" });
        var second = await stage.StartAsync("listen", new Dictionary<string, object?> { ["K"] = "2" });
        Assert.Equal(1, await stage.Host.PublishEventAsync("Ping", correlationId: "2", cancellationToken: Token));
        Assert.Empty(stage.Lines(first));
        Assert.Equal(["got"], stage.Lines(second));
        Assert.Equal(1, await stage.Host.PublishEventAsync("Ping", cancellationToken: Token));
        Assert.Equal(["got"], stage.Lines(first));
    }

    [Fact]
    public async Task An_event_for_which_no_one_waits_is_not_kept()
    {
        var stage = new Stage(Make.Definition("later", Make.Sequence("S", Make.Task("T"), Wait("E", "Ping"), Make.Line("L", "'got'"))));
        var id = await stage.StartAsync("later");
        Assert.Equal(0, await stage.Host.PublishEventAsync("Ping", cancellationToken: Token));
        await stage.TaskAsync(id, "T");
        Assert.Equal("E", await stage.WaitsAsync(id));
    }

    [Fact]
    public async Task An_event_that_starts_an_instance_does_not_resume_its_next_wait()
    {
        var trigger = Wait("E", "Go");
        trigger["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        var stage = new Stage(Make.Definition("started", Make.Flowchart("F", "E>E2 E2>L", trigger, Wait("E2", "Go"), Make.Line("L", "'end'"))));
        Assert.Equal(1, await stage.Host.PublishEventAsync("Go", 5, cancellationToken: Token));
        var id = Assert.Single(stage.Store.InstanceIds);
        Assert.Equal("E2", await stage.WaitsAsync(id));
    }

    [Fact]
    public async Task A_timer_of_forty_days_fires_when_it_is_due()
    {
        var stage = new Stage(Make.Definition("delay", Make.Sequence(
            "S", Make.Activity("Elsa.Delay", "D", ("timeSpan", Make.Literal("40.00:00:00", "TimeSpan"))), Make.Line("L", "'due'"))));
        var id = await stage.StartAsync("delay");
        Assert.Equal(stage.Clock.Now.AddDays(40), (await stage.StateAsync(id)).Bookmarks[0].DueAt);
        stage.Clock.Now = stage.Clock.Now.AddDays(39);
        Assert.Equal(0, await stage.Host.RunDueTimersAsync(cancellationToken: Token));
        stage.Clock.Now = stage.Clock.Now.AddDays(1);
        Assert.Equal(1, await stage.Host.RunDueTimersAsync(cancellationToken: Token));
        Assert.Equal(["due"], stage.Lines(id));
    }

    [Fact]
    public async Task A_local_event_stays_in_its_instance()
    {
        var publish = Make.Activity("Elsa.PublishEvent", "P", ("eventName", Make.Literal("Ping", "String")), ("isLocalEvent", Make.Literal(true, "Boolean")));
        var stage = new Stage(
            Make.Definition("other", Make.Sequence("S", Wait("E", "Ping"))),
            Make.Definition("own", Make.Activity("Elsa.Parallel", "P0", ("activities", new JsonArray(Make.Sequence("A", Wait("E", "Ping"), Make.Line("L", "'mine'")), publish)))));
        var other = await stage.StartAsync("other");
        var own = await stage.StartAsync("own");
        Assert.Equal(["mine"], stage.Lines(own));
        Assert.Equal("E", await stage.WaitsAsync(other));
    }

    [Fact]
    public async Task Two_resumes_of_one_instance_at_once_both_count()
    {
        var stage = new Stage(Make.Definition("two", Make.Sequence(
            "S", Make.Activity("Elsa.Parallel", "P", ("activities", new JsonArray(Make.Task("A"), Make.Task("B")))), Make.Line("L", "'both'"))));
        for (var round = 0; round < 50; round++)
        {
            var id = await stage.StartAsync("two");
            await Task.WhenAll(Task.Run(() => stage.TaskAsync(id, "A"), Token), Task.Run(() => stage.TaskAsync(id, "B"), Token));
            Assert.Equal(WorkflowSubStatus.Finished, (await stage.StateAsync(id)).SubStatus);
        }
    }

    [Fact]
    public async Task End_in_an_inner_flowchart_cancels_what_waits_there_and_the_outer_goes_on()
    {
        var inner = Make.Flowchart("In", "S>W S>T T>E", Make.Activity("Elsa.Start", "S"), Make.Task("W"), Make.Task("T"), Make.Activity("Elsa.End", "E"));
        var stage = new Stage(Make.Definition("end", Make.Flowchart("Out", "In>After", inner, Make.Line("After", "'after'"))));
        var id = await stage.StartAsync("end");
        await stage.TaskAsync(id, "T");
        Assert.Equal(["after"], stage.Lines(id));
        Assert.Equal(WorkflowSubStatus.Finished, (await stage.StateAsync(id)).SubStatus);
    }

    private static JsonObject Wait(string id, string name) => Make.Activity("Elsa.Event", id, ("eventName", Make.Literal(name, "String")));
}
