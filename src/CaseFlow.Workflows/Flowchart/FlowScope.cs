namespace CaseFlow.Workflows.Flowchart;

/// <summary>The tokens of one run of a flowchart; see <c>docs/workflow-semantics.md</c>.</summary>
internal sealed class FlowScope(FlowGraph graph, int nodeCount)
{
    /// <summary>How many runs of an activity are scheduled, running or faulted.</summary>
    public int[] Live { get; } = new int[nodeCount];

    /// <summary>How many there are in all.</summary>
    public int LiveTotal { get; set; }

    /// <summary>How many tokens wait on a connection; only connections into merges hold any.</summary>
    public int[] Tokens { get; } = new int[graph.Connections.Length];

    /// <summary>Whether a connection brought something to the last run of the merge that it leads to.</summary>
    public bool[] Used { get; } = new bool[graph.Connections.Length];

    /// <summary>Whether a connection counts as arrived for the next run, because the flow went back behind a merge it had passed.</summary>
    public bool[] Credit { get; } = new bool[graph.Connections.Length];

    /// <summary>Whether an activity has been skipped over in the walk that runs now.</summary>
    public int[] SkippedIn { get; } = new int[nodeCount];

    public int Walk { get; set; }

    public int TokenTotal { get; set; }

    public bool HasTokens(int node)
    {
        foreach (var c in graph.ForwardInbound[node])
        {
            if (Tokens[c.Index] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
