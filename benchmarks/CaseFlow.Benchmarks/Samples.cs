using CaseFlow.Workflows.Definitions;

namespace CaseFlow.Benchmarks;

/// <summary>Finds the definitions that are measured.</summary>
internal static class Samples
{
    /// <summary>The six-activity flowchart with one task that Elsa was measured with.</summary>
    public static WorkflowDefinition Bench6 { get; } = WorkflowDefinition.Parse(
        File.ReadAllText(Path.Combine(Root(), "tests", "samples", "elsa", "definitions", "bench6.json")));

    /// <summary>The folder that holds the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("CaseFlow.sln was not found above the program.");
    }
}

/// <summary>Knows one definition.</summary>
internal sealed class OneDefinition(WorkflowDefinition definition) : IWorkflowDefinitionSource
{
    /// <inheritdoc/>
    public ValueTask<WorkflowDefinition?> FindAsync(WorkflowDefinitionHandle handle, CancellationToken cancellationToken) => new(definition);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkflowDefinition>> ListPublishedAsync(CancellationToken cancellationToken) => new([definition]);
}
