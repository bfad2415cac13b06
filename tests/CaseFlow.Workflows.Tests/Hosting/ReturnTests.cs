using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Workflows.Tests.Hosting;

/// <summary>Returning to an activity from outside of the drawn connections.</summary>
public sealed class ReturnTests
{
    private static readonly Stage Forked = new(Make.Definition("forked", Make.Flowchart(
        "Flow", "Intake>Survey Intake>Verify Survey>Join Verify>Join Join>Review",
        Make.Task("Intake"), Make.Task("Survey"), Make.Task("Verify"),
        Make.Activity("Elsa.FlowJoin", "Join", ("mode", Make.Literal("WaitAll", "FlowJoinMode"))), Make.Task("Review"))));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_a_fork_everything_behind_is_done_again()
    {
        var id = await Forked.StartAsync("forked");
        await Forked.TaskAsync(id, "Intake");
        await Forked.TaskAsync(id, "Survey");
        await Forked.Host.ReturnToAsync(id, "Intake", cancellationToken: Token);
        Assert.Equal("Intake", await Forked.WaitsAsync(id));
        await Forked.TaskAsync(id, "Intake");
        Assert.Equal("Survey Verify", await Forked.WaitsAsync(id));
        await Forked.TaskAsync(id, "Survey");
        await Forked.TaskAsync(id, "Verify");
        Assert.Equal("Review", await Forked.WaitsAsync(id));
    }

    [Fact]
    public async Task Into_a_branch_leaves_its_sibling_alone()
    {
        var id = await Forked.StartAsync("forked");
        await Forked.TaskAsync(id, "Intake");
        await Forked.TaskAsync(id, "Survey");
        await Forked.Host.ReturnToAsync(id, "Survey", cancellationToken: Token);
        Assert.Equal("Verify Survey", await Forked.WaitsAsync(id));
        await Forked.TaskAsync(id, "Verify");
        Assert.Equal("Survey", await Forked.WaitsAsync(id));
        await Forked.TaskAsync(id, "Survey");
        Assert.Equal("Review", await Forked.WaitsAsync(id));
    }

    [Fact]
    public async Task From_behind_the_join_into_a_branch_the_other_branch_stays_done()
    {
        var id = await Forked.StartAsync("forked");
        await Forked.TaskAsync(id, "Intake");
        await Forked.TaskAsync(id, "Survey");
        await Forked.TaskAsync(id, "Verify");
        await Forked.Host.ReturnToAsync(id, "Survey", cancellationToken: Token);
        Assert.Equal("Survey", await Forked.WaitsAsync(id));
        await Forked.TaskAsync(id, "Survey");
        Assert.Equal("Review", await Forked.WaitsAsync(id));
        await Forked.TaskAsync(id, "Review");
        Assert.Equal(WorkflowSubStatus.Finished, (await Forked.StateAsync(id)).SubStatus);
    }

    [Theory]
    [InlineData("Review", RefusalReasons.NothingToReturnFrom)]
    [InlineData("Nobody", RefusalReasons.ActivityNotFound)]
    public async Task What_cannot_be_is_refused_with_a_reason_and_changes_nothing(string target, string reason)
    {
        var id = await Forked.StartAsync("forked");
        var refused = await Assert.ThrowsAsync<WorkflowRefusedException>(() => Forked.Host.ReturnToAsync(id, target, cancellationToken: Token));
        Assert.Equal(reason, refused.Reason);
        Assert.Equal("Intake", await Forked.WaitsAsync(id));
    }

    [Fact]
    public async Task An_ended_instance_refuses()
    {
        var id = await Forked.StartAsync("forked");
        await Forked.Host.CancelAsync(id, Token);
        var refused = await Assert.ThrowsAsync<WorkflowRefusedException>(() => Forked.Host.ReturnToAsync(id, "Intake", cancellationToken: Token));
        Assert.Equal(RefusalReasons.InstanceEnded, refused.Reason);
    }

    [Fact]
    public async Task In_a_sequence_one_goes_back_but_not_forward()
    {
        var stage = new Stage(Make.Definition("seq", Make.Sequence("S", Make.Task("A"), Make.Task("B"), Make.Task("C"))));
        var id = await stage.StartAsync("seq");
        await stage.TaskAsync(id, "A");
        await stage.Host.ReturnToAsync(id, "A", cancellationToken: Token);
        Assert.Equal("A", await stage.WaitsAsync(id));
        var refused = await Assert.ThrowsAsync<WorkflowRefusedException>(() => stage.Host.ReturnToAsync(id, "C", cancellationToken: Token));
        Assert.Equal(RefusalReasons.NothingToReturnFrom, refused.Reason);
    }

    [Fact]
    public async Task Into_a_container_that_does_not_run_is_refused()
    {
        var stage = new Stage(Make.Definition("nested", Make.Sequence("S", Make.Sequence("Inner", Make.Task("A")), Make.Task("B"))));
        var id = await stage.StartAsync("nested");
        await stage.TaskAsync(id, "A");
        var refused = await Assert.ThrowsAsync<WorkflowRefusedException>(() => stage.Host.ReturnToAsync(id, "A", cancellationToken: Token));
        Assert.Equal(RefusalReasons.RegionNotRunning, refused.Reason);
        await stage.Host.ReturnToAsync(id, "Inner", cancellationToken: Token);
        Assert.Equal("A", await stage.WaitsAsync(id));
    }
}
