using System.Collections;

namespace CaseFlow.Workflows.Flowchart;

/// <summary>A connection of a flowchart, by the positions of its ends among the flowchart's activities.</summary>
internal sealed class FlowConnection
{
    public required int Index { get; init; }

    public required int Source { get; init; }

    public required string Port { get; init; }

    public required int Target { get; init; }

    /// <summary>The key under which saved states name the connection.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the connection leads back to where the flow already was.</summary>
    public bool IsBackward { get; set; }
}

/// <summary>How a node with several inbound connections brings its branches together.</summary>
internal enum MergeRule
{
    /// <summary>Waits for everything that can still arrive, and runs once with what came.</summary>
    Active,

    /// <summary>Runs with the first arrival and cancels the others.</summary>
    First,

    /// <summary>Needs an arrival on every connection.</summary>
    All,
}

/// <summary>
/// The immutable graph of a flowchart. A connection is backward when it leads to an activity that is on the path from the start
/// to its source; only the others are waited for.
/// </summary>
internal sealed class FlowGraph
{
    private readonly int nodeCount;
    private readonly BitArray?[] forwardReach;
    private readonly BitArray?[] fullReach;

    public FlowGraph(int nodeCount, FlowConnection[] connections, int start, IReadOnlyList<int> starts)
    {
        this.nodeCount = nodeCount;
        Connections = connections;
        Start = start;
        Outbound = Group(c => c.Source);
        MarkBackward(start, starts);
        var inbound = Group(c => c.Target);
        ForwardInbound = new FlowConnection[nodeCount][];
        for (var i = 0; i < nodeCount; i++)
        {
            ForwardInbound[i] = [.. inbound[i].Where(c => !c.IsBackward)];
        }

        Merges = [.. Enumerable.Range(0, nodeCount).Where(i => ForwardInbound[i].Length > 1)];
        forwardReach = new BitArray?[nodeCount];
        fullReach = new BitArray?[nodeCount];
        LeadsToMerge = new bool[nodeCount];
        for (var i = 0; i < nodeCount && Merges.Length > 0; i++)
        {
            LeadsToMerge[i] = Merges.Any(m => ForwardInbound[m].Any(c => ReachesForward(i, c)));
        }
    }

    public FlowConnection[] Connections { get; }

    /// <summary>The activity at which the flowchart starts; -1 where it is empty.</summary>
    public int Start { get; }

    public FlowConnection[][] Outbound { get; }

    public FlowConnection[][] ForwardInbound { get; }

    /// <summary>The activities with several inbound connections that are not backward.</summary>
    public int[] Merges { get; }

    /// <summary>Whether a merge lies behind an activity.</summary>
    public bool[] LeadsToMerge { get; }

    /// <summary>Whether a token at an activity can come to a connection without going backward.</summary>
    public bool ReachesForward(int node, FlowConnection connection) =>
        (forwardReach[node] ??= Reach(node, forwardOnly: true))[connection.Index];

    /// <summary>Whether a token at an activity can come to a connection in any way.</summary>
    public bool Reaches(int node, FlowConnection connection) =>
        (fullReach[node] ??= Reach(node, forwardOnly: false))[connection.Index];

    /// <summary>The activities behind an activity, itself included, without going backward.</summary>
    public bool[] Region(int node)
    {
        var result = new bool[nodeCount];
        var open = new Stack<int>();
        open.Push(node);
        result[node] = true;
        while (open.TryPop(out var current))
        {
            foreach (var c in Outbound[current])
            {
                if (!c.IsBackward && !result[c.Target])
                {
                    result[c.Target] = true;
                    open.Push(c.Target);
                }
            }
        }

        return result;
    }

    /// <summary>The activities from which an activity can be reached without going backward, itself excluded.</summary>
    public bool[] Ancestors(int node)
    {
        var result = new bool[nodeCount];
        for (var i = 0; i < nodeCount; i++)
        {
            result[i] = i != node && ForwardInbound[node].Any(c => ReachesForward(i, c));
        }

        return result;
    }

    private FlowConnection[][] Group(Func<FlowConnection, int> by)
    {
        var result = new FlowConnection[nodeCount][];
        for (var i = 0; i < nodeCount; i++)
        {
            result[i] = [.. Connections.Where(c => by(c) == i)];
        }

        return result;
    }

    private BitArray Reach(int node, bool forwardOnly)
    {
        var result = new BitArray(Connections.Length);
        var seen = new bool[nodeCount];
        var open = new Stack<int>();
        open.Push(node);
        seen[node] = true;
        while (open.TryPop(out var current))
        {
            foreach (var c in Outbound[current])
            {
                if (forwardOnly && c.IsBackward)
                {
                    continue;
                }

                result[c.Index] = true;
                if (!seen[c.Target])
                {
                    seen[c.Target] = true;
                    open.Push(c.Target);
                }
            }
        }

        return result;
    }

    /// <summary>Marks the connections that close a cycle, found depth first from the start in the order of the connections.</summary>
    private void MarkBackward(int start, IReadOnlyList<int> starts)
    {
        var state = new byte[nodeCount];
        if (start >= 0)
        {
            Visit(start, state);
        }

        foreach (var other in starts)
        {
            Visit(other, state);
        }

        for (var i = 0; i < nodeCount; i++)
        {
            Visit(i, state);
        }
    }

    private void Visit(int root, byte[] state)
    {
        if (state[root] != 0)
        {
            return;
        }

        var path = new Stack<(int Node, int Next)>();
        path.Push((root, 0));
        state[root] = 1;
        while (path.TryPop(out var top))
        {
            if (top.Next >= Outbound[top.Node].Length)
            {
                state[top.Node] = 2;
                continue;
            }

            path.Push((top.Node, top.Next + 1));
            var connection = Outbound[top.Node][top.Next];
            if (state[connection.Target] == 1)
            {
                connection.IsBackward = true;
            }
            else if (state[connection.Target] == 0)
            {
                state[connection.Target] = 1;
                path.Push((connection.Target, 0));
            }
        }
    }
}
