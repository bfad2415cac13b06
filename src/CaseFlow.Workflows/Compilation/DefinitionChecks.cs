using CaseFlow.Workflows.Activities;

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

        CheckVariables(root, problems);
        foreach (var child in root.Children)
        {
            Run(child, problems);
        }
    }

    /// <summary>What an activity assigns must be declared around it, or it becomes a variable that no one sees.</summary>
    private static void CheckVariables(ActivityNode node, List<DefinitionProblem> problems)
    {
        if (node.Activity is SetVariable { Variable: { } variable } && !IsInScope(node, variable.Id, variable.Name))
        {
            Add(problems, node, variable.Name);
        }

        foreach (var output in node.Outputs)
        {
            if (output.TargetId is { } target && !IsInScope(node, target, null))
            {
                Add(problems, node, target);
            }
        }
    }

    private static bool IsInScope(ActivityNode node, string id, string? name)
    {
        for (var scope = node.Parent; scope is not null; scope = scope.IsWorkflow ? null : scope.Parent)
        {
            if (scope.Variables.Any(x => x.Id == id || x.Name == name))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(List<DefinitionProblem> problems, ActivityNode node, string variable) =>
        problems.Add(new DefinitionProblem(
            ProblemSeverity.Warning, ProblemCodes.UnknownVariable, node.ActivityId, node.NodeId, $"No variable '{variable}' is declared around this activity."));
}
