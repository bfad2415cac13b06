namespace CaseFlow.Workflows.Tests.Flow;

/// <summary>
/// A second, plain reading of <c>docs/workflow-semantics.md</c>: sets of tokens, and <see cref="ModelWays"/> asked anew for every
/// question. It shares no code with the engine.
/// </summary>
internal sealed class FlowModel(ModelGraph graph)
{
    private readonly ModelWays ways = new(graph);
    private readonly List<int> tokens = [];
    private readonly HashSet<int> used = [];
    private readonly HashSet<int> credit = [];
    private readonly List<Run> runs = [];
    private readonly Queue<Run> pending = new();
    private readonly Dictionary<int, int> visits = [];

    public List<string> Log { get; } = [];

    public bool Finished { get; private set; }

    /// <summary>The ids of waiting activities, oldest first.</summary>
    public IReadOnlyList<string> Waiting => [.. runs.Where(x => x.State == RunState.Waiting).OrderBy(x => x.WaitingSince).Select(x => graph.Nodes[x.Node].Id)];

    public void Start()
    {
        Add(0, null);
        Drain();
    }

    public void Resume(int index)
    {
        var run = runs.Where(x => x.State == RunState.Waiting).OrderBy(x => x.WaitingSince).ElementAt(index);
        Log.Add($"{graph.Nodes[run.Node].Id} Resumed");
        Complete(run);
        Drain();
    }

    /// <summary>Returns to a node; false where that is refused.</summary>
    public bool Return(int node)
    {
        var region = ways.ForwardFrom(node);
        var behind = runs.Where(x => region.Contains(x.Node)).ToList();
        var parked = tokens.Where(c => region.Contains(graph.Connections[c].Source)).ToList();
        if (behind.Count == 0 && parked.Count == 0)
        {
            return false;
        }

        foreach (var run in behind)
        {
            Cancel(run);
        }

        tokens.RemoveAll(c => region.Contains(graph.Connections[c].Source));
        KeepRights(node);
        Add(node, null);
        Drain();
        return true;
    }

    private int clock;

    private void Drain()
    {
        while (!Finished && pending.TryDequeue(out var run))
        {
            if (run.State != RunState.Pending)
            {
                continue;
            }

            Log.Add($"{graph.Nodes[run.Node].Id} Started");
            if (run.Missing is not null)
            {
                run.State = RunState.Faulted;
                Log.Add($"{graph.Nodes[run.Node].Id} Faulted");
                continue;
            }

            run.State = RunState.Running;
            switch (graph.Nodes[run.Node].Kind)
            {
                case NodeKind.Waiting:
                    run.State = RunState.Waiting;
                    run.WaitingSince = ++clock;
                    Log.Add($"{graph.Nodes[run.Node].Id} Suspended");
                    break;
                case NodeKind.JoinAny:
                    CancelRivals(run.Node);
                    Complete(run);
                    if (!Finished)
                    {
                        Reconsider();
                        EndIfIdle();
                    }

                    break;
                default:
                    Complete(run);
                    break;
            }
        }
    }

    private void Complete(Run run)
    {
        var node = graph.Nodes[run.Node];
        var visit = visits.GetValueOrDefault(run.Node);
        visits[run.Node] = visit + 1;
        var outcomes = node.Kind is NodeKind.Step or NodeKind.Waiting ? Step.Outcomes(node.Plan, visit) : ["Done"];
        runs.Remove(run);
        Log.Add($"{node.Id} Completed");
        var outbound = Enumerable.Range(0, graph.Connections.Count).Where(c => graph.Connections[c].Source == run.Node).ToList();
        var skipped = new HashSet<int>();
        for (var i = 0; i < outbound.Count; i++)
        {
            var c = outbound[i];
            var open = outbound.Skip(i + 1).Where(x => !ways.IsBackward(x) || outcomes.Contains(graph.Connections[x].Port)).ToList();
            var followed = outcomes.Contains(graph.Connections[c].Port);
            var target = graph.Connections[c].Target;
            if (ways.IsBackward(c))
            {
                if (followed)
                {
                    KeepRights(target);
                    Add(target, null);
                }
            }
            else if (!followed)
            {
                Skip(c, open, skipped);
            }
            else if (ways.Inbound(target).Count < 2)
            {
                Add(target, null);
            }
            else
            {
                tokens.Add(c);
                Consider(target, open);
            }
        }

        EndIfIdle();
    }

    private void EndIfIdle()
    {
        if (runs.Count == 0 && tokens.Count > 0)
        {
            Reconsider();
            for (var node = 0; node < graph.Nodes.Count && runs.Count == 0; node++)
            {
                if (ways.Inbound(node).Count > 1)
                {
                    Consider(node, [], noneCanGoBack: true);
                }
            }
        }

        if (runs.Count == 0 && tokens.Count == 0)
        {
            Finished = true;
        }
    }

    private void Skip(int connection, List<int> open, HashSet<int> skipped)
    {
        var node = graph.Connections[connection].Target;
        if (ways.Inbound(node).Count > 1 && ways.Inbound(node).Any(tokens.Contains))
        {
            Consider(node, open);
            return;
        }

        if (runs.Any(x => x.Node == node) || !skipped.Add(node))
        {
            return;
        }

        foreach (var next in ways.Outbound(node))
        {
            Skip(next, open, skipped);
        }
    }

    private void Reconsider()
    {
        for (var node = 0; node < graph.Nodes.Count; node++)
        {
            if (ways.Inbound(node).Count > 1)
            {
                Consider(node, []);
            }
        }
    }

    private void Consider(int node, List<int> open, bool noneCanGoBack = false)
    {
        var inbound = ways.Inbound(node);
        if (!inbound.Any(tokens.Contains))
        {
            return;
        }

        var kind = graph.Nodes[node].Kind;
        if (kind == NodeKind.JoinAny)
        {
            if (runs.All(x => x.Node != node))
            {
                Add(node, null);
            }

            return;
        }

        var all = kind == NodeKind.JoinAll;
        var missing = inbound.Where(c => !tokens.Contains(c) && !(all && credit.Contains(c))).ToList();
        var lost = missing.Where(c => !MayStillCome(node, c, open, all && !noneCanGoBack)).ToList();
        if (all && lost.Exists(c => !used.Contains(c)))
        {
            tokens.RemoveAll(inbound.Contains);
            Add(node, lost.Find(c => !used.Contains(c)));
            return;
        }

        if (lost.Count < missing.Count)
        {
            return;
        }

        if (all && lost.Count > 0)
        {
            tokens.RemoveAll(inbound.Contains);
            return;
        }

        foreach (var c in inbound)
        {
            if (tokens.Contains(c) || credit.Contains(c))
            {
                used.Add(c);
            }
            else
            {
                used.Remove(c);
            }

            credit.Remove(c);
            tokens.Remove(c);
        }

        Add(node, null);
    }

    private bool MayStillCome(int merge, int connection, List<int> open, bool backwardToo)
    {
        if (open.Any(c => c == connection || ways.Leads(graph.Connections[c].Target, connection, backwardToo)))
        {
            return true;
        }

        var alive = runs.Select(x => x.Node).Concat(tokens.Select(c => graph.Connections[c].Target).Where(x => x != merge)).ToHashSet();
        return alive.Any(x => ways.Leads(x, connection, backwardToo));
    }

    private void KeepRights(int target)
    {
        var region = ways.ForwardFrom(target);
        foreach (var node in region.Where(x => x != target && ways.Inbound(x).Count > 1))
        {
            foreach (var c in ways.Inbound(node))
            {
                if (used.Remove(c) && !region.Contains(graph.Connections[c].Source))
                {
                    credit.Add(c);
                }
            }
        }
    }

    private void CancelRivals(int join)
    {
        var rivals = Enumerable.Range(0, graph.Nodes.Count).Where(n => n != join && ways.Inbound(join).Any(c => ways.Leads(n, c, backwardToo: false))).ToHashSet();
        foreach (var run in runs.Where(x => rivals.Contains(x.Node)).ToList())
        {
            Cancel(run);
        }

        tokens.RemoveAll(c => graph.Connections[c].Target == join || rivals.Contains(graph.Connections[c].Target));
    }

    private void Cancel(Run run)
    {
        if (run.State != RunState.Pending)
        {
            Log.Add($"{graph.Nodes[run.Node].Id} Canceled");
        }

        run.State = RunState.Canceled;
        runs.Remove(run);
    }

    private void Add(int node, int? missing)
    {
        var run = new Run { Node = node, Missing = missing };
        runs.Add(run);
        pending.Enqueue(run);
    }

    private enum RunState
    {
        Pending,
        Running,
        Waiting,
        Faulted,
        Canceled,
    }

    private sealed class Run
    {
        public int Node { get; init; }

        public int? Missing { get; init; }

        public RunState State { get; set; }

        public int WaitingSince { get; set; }
    }
}
