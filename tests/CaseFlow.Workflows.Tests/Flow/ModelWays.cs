namespace CaseFlow.Workflows.Tests.Flow;

/// <summary>Which connections of a graph go back, and what leads where; searched anew for every question.</summary>
internal sealed class ModelWays
{
    private readonly ModelGraph graph;
    private readonly HashSet<int> backward = [];
    private readonly HashSet<int> seen = [];

    public ModelWays(ModelGraph graph)
    {
        this.graph = graph;
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            FindBackward(i, []);
        }
    }

    public bool IsBackward(int connection) => backward.Contains(connection);

    /// <summary>Whether a way leads from a node over a connection.</summary>
    public bool Leads(int from, int connection, bool backwardToo)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>([from]);
        while (open.TryPop(out var node))
        {
            if (!found.Add(node))
            {
                continue;
            }

            for (var c = 0; c < graph.Connections.Count; c++)
            {
                if (graph.Connections[c].Source == node && (backwardToo || !backward.Contains(c)))
                {
                    if (c == connection)
                    {
                        return true;
                    }

                    open.Push(graph.Connections[c].Target);
                }
            }
        }

        return false;
    }

    /// <summary>The node and all that forward connections reach from it.</summary>
    public HashSet<int> ForwardFrom(int node)
    {
        var region = new HashSet<int>();
        var open = new Stack<int>([node]);
        while (open.TryPop(out var current))
        {
            if (region.Add(current))
            {
                Outbound(current).ForEach(c => open.Push(graph.Connections[c].Target));
            }
        }

        return region;
    }

    /// <summary>The forward connections to a node.</summary>
    public List<int> Inbound(int node) => [.. Enumerable.Range(0, graph.Connections.Count).Where(c => graph.Connections[c].Target == node && !backward.Contains(c))];

    /// <summary>The forward connections from a node.</summary>
    public List<int> Outbound(int node) => [.. Enumerable.Range(0, graph.Connections.Count).Where(c => graph.Connections[c].Source == node && !backward.Contains(c))];

    private void FindBackward(int node, HashSet<int> path)
    {
        if (!seen.Add(node))
        {
            return;
        }

        path.Add(node);
        for (var c = 0; c < graph.Connections.Count; c++)
        {
            if (graph.Connections[c].Source == node)
            {
                if (path.Contains(graph.Connections[c].Target))
                {
                    backward.Add(c);
                }
                else
                {
                    FindBackward(graph.Connections[c].Target, path);
                }
            }
        }

        path.Remove(node);
    }
}
