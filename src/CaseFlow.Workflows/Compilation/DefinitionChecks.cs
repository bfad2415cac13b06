namespace CaseFlow.Workflows.Compilation;

/// <summary>What can be seen to go wrong before a definition runs.</summary>
internal static class DefinitionChecks
{
    public static void Run(ActivityNode root, List<DefinitionProblem> problems)
    {
        if (root.Flow is { } graph)
        {
            FlowChecks.Run(root, graph, problems);
        }

        foreach (var child in root.Children)
        {
            Run(child, problems);
        }
    }
}
