using CaseFlow.Workflows.Activities;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Execution;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Flowchart;

/// <summary>
/// Moves the tokens of a flowchart. The connections of a completed activity are walked in their order; those not followed are
/// walked through as skipped, so that merges behind them learn that nothing will come.
/// </summary>
internal static class FlowWalk
{
    public static void Begin(ActivityExecutionContext flowchart, int start) => Schedule(flowchart, start);

    /// <summary>A child has completed: its token goes on by the connections of its outcomes.</summary>
    public static void Leave(ActivityExecutionContext flowchart, ActivityExecutionContext child, string[] outcomes)
    {
        var graph = flowchart.Node.Flow!;
        var scope = flowchart.Flow!;
        var node = child.Node.Position;
        Withdraw(flowchart, child);
        var outbound = graph.Outbound[node];
        scope.Walk++;
        for (var i = 0; i < outbound.Length; i++)
        {
            var connection = outbound[i];
            var open = new ReadOnlySpan<FlowConnection>(outbound, i + 1, outbound.Length - i - 1);
            if (!Follows(connection, outcomes))
            {
                if (!connection.IsBackward)
                {
                    Skip(flowchart, connection, open, outcomes);
                }
            }
            else if (connection.IsBackward)
            {
                GoBack(flowchart, connection.Target);
                Schedule(flowchart, connection.Target);
            }
            else
            {
                Arrive(flowchart, connection, open, outcomes);
            }
        }
    }

    /// <summary>A run of a child is over without anything to follow.</summary>
    public static void Withdraw(ActivityExecutionContext flowchart, ActivityExecutionContext child)
    {
        var scope = flowchart.Flow!;
        scope.Live[child.Node.Position]--;
        scope.LiveTotal--;
    }

    /// <summary>Looks at every merge again, after something was cancelled.</summary>
    public static void Sweep(ActivityExecutionContext flowchart)
    {
        foreach (var merge in flowchart.Node.Flow!.Merges)
        {
            Check(flowchart, merge, [], [], byAnyWay: true);
        }
    }

    /// <summary>
    /// Nothing lives any more, and tokens wait. Merges that can run do; otherwise no one is left who could go back, and the
    /// first join that waits in vain is stranded.
    /// </summary>
    public static void Settle(ActivityExecutionContext flowchart)
    {
        Sweep(flowchart);
        foreach (var merge in flowchart.Node.Flow!.Merges)
        {
            if (flowchart.Flow!.LiveTotal > 0)
            {
                return;
            }

            Check(flowchart, merge, [], [], byAnyWay: false);
        }
    }

    /// <summary>
    /// The flow goes back to an activity: merges behind it that had run keep what had come to them from outside of the part
    /// that is now done again.
    /// </summary>
    public static void GoBack(ActivityExecutionContext flowchart, int target)
    {
        var graph = flowchart.Node.Flow!;
        if (graph.Merges.Length == 0)
        {
            return;
        }

        var scope = flowchart.Flow!;
        var region = graph.Region(target);
        foreach (var merge in graph.Merges)
        {
            if (!region[merge] || merge == target)
            {
                continue;
            }

            foreach (var c in graph.ForwardInbound[merge])
            {
                if (scope.Used[c.Index] && !region[c.Source])
                {
                    scope.Credit[c.Index] = true;
                }

                scope.Used[c.Index] = false;
            }
        }
    }

    /// <summary>
    /// Cancels what lives behind an activity and takes away the tokens that it left, so that the activity can be done again.
    /// Returns whether there was anything.
    /// </summary>
    public static async ValueTask<bool> ClearRegionAsync(ActivityExecutionContext flowchart, int target)
    {
        var graph = flowchart.Node.Flow!;
        var scope = flowchart.Flow!;
        var region = graph.Region(target);
        var found = false;
        foreach (var child in (flowchart.Children ?? []).ToArray())
        {
            if (region[child.Node.Position])
            {
                found = true;
                await flowchart.WorkflowExecutionContext.CancelAsync(child);
                Withdraw(flowchart, child);
            }
        }

        foreach (var c in graph.Connections)
        {
            if (region[c.Source] && scope.Tokens[c.Index] > 0)
            {
                found = true;
                scope.TokenTotal -= scope.Tokens[c.Index];
                scope.Tokens[c.Index] = 0;
            }
        }

        return found;
    }

    /// <summary>The first arrival at a WaitAny join: cancels whatever could still arrive, and forgets what has arrived.</summary>
    public static async ValueTask CancelRivalsAsync(ActivityExecutionContext flowchart, int join)
    {
        var graph = flowchart.Node.Flow!;
        var scope = flowchart.Flow!;
        var rivals = graph.Ancestors(join);
        foreach (var child in (flowchart.Children ?? []).ToArray())
        {
            if (rivals[child.Node.Position] && child.IsLive)
            {
                await flowchart.WorkflowExecutionContext.CancelAsync(child);
                Withdraw(flowchart, child);
            }
        }

        foreach (var c in graph.Connections)
        {
            if (scope.Tokens[c.Index] > 0 && (c.Target == join || rivals[c.Target]))
            {
                scope.TokenTotal -= scope.Tokens[c.Index];
                scope.Tokens[c.Index] = 0;
            }
        }
    }

    public static void Schedule(ActivityExecutionContext flowchart, int node)
    {
        var scope = flowchart.Flow!;
        scope.Live[node]++;
        scope.LiveTotal++;
        flowchart.ScheduleChild(flowchart.Node.Children[node]);
    }

    private static bool Follows(FlowConnection connection, string[] outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (string.Equals(connection.Port, outcome, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void Arrive(
        ActivityExecutionContext flowchart, FlowConnection connection, ReadOnlySpan<FlowConnection> open, string[] outcomes)
    {
        var graph = flowchart.Node.Flow!;
        if (graph.ForwardInbound[connection.Target].Length <= 1)
        {
            Schedule(flowchart, connection.Target);
            return;
        }

        var scope = flowchart.Flow!;
        scope.Tokens[connection.Index]++;
        scope.TokenTotal++;
        Check(flowchart, connection.Target, open, outcomes, byAnyWay: true);
    }

    private static void Skip(
        ActivityExecutionContext flowchart, FlowConnection connection, ReadOnlySpan<FlowConnection> open, string[] outcomes)
    {
        var graph = flowchart.Node.Flow!;
        var scope = flowchart.Flow!;
        var node = connection.Target;
        if (graph.ForwardInbound[node].Length > 1)
        {
            if (scope.HasTokens(node))
            {
                Check(flowchart, node, open, outcomes, byAnyWay: true);
                return;
            }
        }

        if (!graph.LeadsToMerge[node] || scope.Live[node] > 0 || scope.SkippedIn[node] == scope.Walk)
        {
            return;
        }

        scope.SkippedIn[node] = scope.Walk;
        foreach (var next in graph.Outbound[node])
        {
            if (!next.IsBackward)
            {
                Skip(flowchart, next, open, outcomes);
            }
        }
    }

    /// <summary>
    /// Lets a merge run if it can, or records that it never will. What is missing may have served the last run of the join,
    /// with nothing gone back since: then the arrival is left over from a branch that was drawn to run twice, and is absorbed.
    /// </summary>
    private static void Check(
        ActivityExecutionContext flowchart, int node, ReadOnlySpan<FlowConnection> open, string[] outcomes, bool byAnyWay)
    {
        var graph = flowchart.Node.Flow!;
        var scope = flowchart.Flow!;
        if (!scope.HasTokens(node))
        {
            return;
        }

        var rule = RuleOf(flowchart, node);
        if (rule == MergeRule.First)
        {
            if (scope.Live[node] == 0)
            {
                Schedule(flowchart, node);
            }

            return;
        }

        var all = rule == MergeRule.All;
        var waits = false;
        var leftOver = false;
        foreach (var c in graph.ForwardInbound[node])
        {
            if (scope.Tokens[c.Index] > 0 || (all && scope.Credit[c.Index]))
            {
                continue;
            }

            if (CanArrive(graph, scope, node, c, open, outcomes, byAnyWay && all))
            {
                waits = true;
            }
            else if (all && !scope.Used[c.Index])
            {
                Strand(flowchart, node, c);
                return;
            }
            else
            {
                leftOver |= all;
            }
        }

        if (waits)
        {
            return;
        }

        if (leftOver)
        {
            Absorb(flowchart, node);
            return;
        }

        Fire(flowchart, node);
    }

    private static bool CanArrive(
        FlowGraph graph, FlowScope scope, int merge, FlowConnection missing, ReadOnlySpan<FlowConnection> open, string[] outcomes, bool byAnyWay)
    {
        foreach (var c in open)
        {
            if (c.IsBackward && !Follows(c, outcomes))
            {
                continue;
            }

            if (ReferenceEquals(c, missing) || Reaches(graph, c.Target, missing, byAnyWay))
            {
                return true;
            }
        }

        for (var i = 0; i < scope.Live.Length; i++)
        {
            var alive = scope.Live[i] > 0 || (i != merge && graph.ForwardInbound[i].Length > 1 && scope.HasTokens(i));
            if (alive && Reaches(graph, i, missing, byAnyWay))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Reaches(FlowGraph graph, int node, FlowConnection connection, bool byAnyWay) =>
        byAnyWay ? graph.Reaches(node, connection) : graph.ReachesForward(node, connection);

    private static void Fire(ActivityExecutionContext flowchart, int node)
    {
        var scope = flowchart.Flow!;
        foreach (var c in flowchart.Node.Flow!.ForwardInbound[node])
        {
            scope.Used[c.Index] = scope.Tokens[c.Index] > 0 || scope.Credit[c.Index];
            scope.Credit[c.Index] = false;
            if (scope.Tokens[c.Index] > 0)
            {
                scope.Tokens[c.Index]--;
                scope.TokenTotal--;
            }
        }

        Schedule(flowchart, node);
    }

    /// <summary>Takes the tokens of a merge without running it.</summary>
    private static void Absorb(ActivityExecutionContext flowchart, int node)
    {
        var scope = flowchart.Flow!;
        foreach (var c in flowchart.Node.Flow!.ForwardInbound[node])
        {
            scope.TokenTotal -= scope.Tokens[c.Index];
            scope.Tokens[c.Index] = 0;
        }
    }

    /// <summary>A WaitAll join can never run: an incident at the join says which branch is missing.</summary>
    private static void Strand(ActivityExecutionContext flowchart, int node, FlowConnection missing)
    {
        var scope = flowchart.Flow!;
        Absorb(flowchart, node);
        scope.Live[node]++;
        scope.LiveTotal++;
        var source = flowchart.Node.Children[missing.Source];
        flowchart.ScheduleChild(flowchart.Node.Children[node], tag: StrandedJoinException.Tag(source.ActivityId, missing.Port));
    }

    private static MergeRule RuleOf(ActivityExecutionContext flowchart, int node)
    {
        var child = flowchart.Node.Children[node];
        if (child.Activity is not FlowJoin join)
        {
            return MergeRule.Active;
        }

        var evaluator = join.Mode is null ? null : child.Inputs[join.Mode.Slot].Evaluator;
        var mode = evaluator is null ? FlowJoinMode.WaitAny : ValueConversion.To<FlowJoinMode?>(evaluator.Evaluate(flowchart)) ?? FlowJoinMode.WaitAny;
        return mode switch
        {
            FlowJoinMode.WaitAll => MergeRule.All,
            FlowJoinMode.WaitAllActive => MergeRule.Active,
            _ => MergeRule.First,
        };
    }
}
