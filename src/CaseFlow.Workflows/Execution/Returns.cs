using CaseFlow.Workflows.Activities;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Flowchart;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Workflows.Execution;

/// <summary>Going back to an activity from outside of the drawn connections.</summary>
internal static class Returns
{
    public static async ValueTask ToAsync(WorkflowExecutionContext workflow, ActivityNode target)
    {
        var container = ContainerOf(workflow, target);
        switch (container.Node.Activity)
        {
            case Activities.Flowchart:
                await InFlowchartAsync(container, target);
                break;
            case Sequence:
                await InSequenceAsync(container, target);
                break;
            default:
                throw new WorkflowRefusedException(
                    RefusalReasons.ReturnNotPossible,
                    $"'{target.ActivityId}' is in '{container.Node.ActivityId}' ({container.Node.TypeName}); a return is possible in flowcharts and sequences.");
        }
    }

    private static ActivityExecutionContext ContainerOf(WorkflowExecutionContext workflow, ActivityNode target)
    {
        var live = workflow.Live().Where(x => x.Status == ActivityStatus.Running && ReferenceEquals(x.Node, target.Parent)).ToList();
        return live.Count switch
        {
            1 => live[0],
            0 => throw new WorkflowRefusedException(
                RefusalReasons.RegionNotRunning, $"'{target.Parent?.ActivityId ?? target.ActivityId}', which holds '{target.ActivityId}', is not running."),
            _ => throw new WorkflowRefusedException(
                RefusalReasons.ReturnNotPossible, $"'{target.Parent!.ActivityId}', which holds '{target.ActivityId}', is running more than once."),
        };
    }

    private static async ValueTask InFlowchartAsync(ActivityExecutionContext flowchart, ActivityNode target)
    {
        if (!await FlowWalk.ClearRegionAsync(flowchart, target.Position))
        {
            throw new WorkflowRefusedException(
                RefusalReasons.NothingToReturnFrom, $"Nothing runs at or behind '{target.ActivityId}' that could go back to it.");
        }

        FlowWalk.GoBack(flowchart, target.Position);
        FlowWalk.Schedule(flowchart, target.Position);
    }

    private static async ValueTask InSequenceAsync(ActivityExecutionContext sequence, ActivityNode target)
    {
        var current = sequence.Children?.FirstOrDefault();
        if (current is null || current.Node.Position < target.Position)
        {
            throw new WorkflowRefusedException(
                RefusalReasons.NothingToReturnFrom, $"Nothing runs at or behind '{target.ActivityId}' that could go back to it.");
        }

        await sequence.WorkflowExecutionContext.CancelAsync(current);
        sequence.ScheduleChild(target);
    }
}
