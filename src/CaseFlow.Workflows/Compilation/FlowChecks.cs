using CaseFlow.Workflows.Activities;
using CaseFlow.Workflows.Flowchart;

namespace CaseFlow.Workflows.Compilation;

/// <summary>Checks of the connections of a flowchart.</summary>
internal static class FlowChecks
{
    public static void Run(ActivityNode flowchart, FlowGraph graph, List<DefinitionProblem> problems)
    {
        if (graph.Start < 0)
        {
            return;
        }

        var reached = graph.Region(graph.Start);
        foreach (var start in flowchart.Children.Where(x => x.Activity.CanStartWorkflow == true))
        {
            var region = graph.Region(start.Position);
            for (var i = 0; i < reached.Length; i++)
            {
                reached[i] |= region[i];
            }
        }

        foreach (var child in flowchart.Children)
        {
            if (!reached[child.Position])
            {
                Add(problems, child, ProblemSeverity.Warning, ProblemCodes.Unreachable, "No connection leads here from the start.");
            }
            else if (IsWaitAll(child))
            {
                CheckJoin(flowchart, graph, child, reached, problems);
            }
        }
    }

    private static void CheckJoin(ActivityNode flowchart, FlowGraph graph, ActivityNode join, bool[] reached, List<DefinitionProblem> problems)
    {
        var inbound = graph.ForwardInbound[join.Position];
        foreach (var c in inbound.Where(c => !reached[c.Source]))
        {
            Add(problems, join, ProblemSeverity.Error, ProblemCodes.JoinMayStarve, $"The join waits for '{flowchart.Children[c.Source].ActivityId}', which is never reached.");
        }

        // Two ways out of one decision can never both arrive.
        foreach (var decision in flowchart.Children.Where(x => x.Activity is FlowDecision or FlowSwitch))
        {
            var arms = graph.Outbound[decision.Position].Where(c => !c.IsBackward).GroupBy(c => c.Port, StringComparer.Ordinal).ToList();
            if (arms.Count < 2 || inbound.Length < 2)
            {
                continue;
            }

            foreach (var c in inbound)
            {
                var arm = arms.Where(a => a.Any(x => Leads(graph, x, c))).ToList();
                var other = inbound.Where(x => !ReferenceEquals(x, c)).Any(x => arms.Any(a => arm.Count == 1 && !ReferenceEquals(a, arm[0]) && a.Any(y => Leads(graph, y, x))));
                if (arm.Count == 1 && other && OnlyBehind(graph, decision.Position, c))
                {
                    Add(problems, join, ProblemSeverity.Warning, ProblemCodes.JoinMayStarve,
                        $"The join waits for all branches, but '{decision.ActivityId}' takes only one of those that lead here.");
                    return;
                }
            }
        }
    }

    private static bool Leads(FlowGraph graph, FlowConnection from, FlowConnection to) =>
        ReferenceEquals(from, to) || graph.ReachesForward(from.Target, to);

    /// <summary>Whether every way to a connection goes through a node.</summary>
    private static bool OnlyBehind(FlowGraph graph, int node, FlowConnection connection)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([graph.Start]);
        while (open.TryPop(out var current))
        {
            if (current == node || !seen.Add(current))
            {
                continue;
            }

            foreach (var c in graph.Outbound[current].Where(c => !c.IsBackward))
            {
                if (ReferenceEquals(c, connection))
                {
                    return false;
                }

                open.Push(c.Target);
            }
        }

        return true;
    }

    private static bool IsWaitAll(ActivityNode node) =>
        node.Activity is FlowJoin { Mode: { } mode } && mode.Slot >= 0
        && node.Inputs[mode.Slot].Evaluator is { IsConstant: true } evaluator && evaluator.Evaluate(null!) is FlowJoinMode.WaitAll;

    private static void Add(List<DefinitionProblem> problems, ActivityNode node, ProblemSeverity severity, string code, string message) =>
        problems.Add(new DefinitionProblem(severity, code, node.ActivityId, node.NodeId, message));
}
