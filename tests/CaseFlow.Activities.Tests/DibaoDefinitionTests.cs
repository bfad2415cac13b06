using CaseFlow.Activities.Tests.Support;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Activities.Tests;

public sealed class DibaoDefinitionTests
{
    [Theory]
    [InlineData("spine")]
    [InlineData("application")]
    [InlineData("review")]
    [InlineData("change-or-stop")]
    public async Task What_is_shipped_compiles_without_any_problem(string kind)
    {
        var registry = ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(StaffTask).Assembly);
        var text = await File.ReadAllTextAsync(Path.Combine(DibaoHost.Root, "workflows", "dibao", kind + ".workflow.json"), DibaoHost.Stop);
        var compiled = await new WorkflowCompiler(registry, new NoOtherDefinitions()).CompileAsync(WorkflowDefinition.Parse(text), DibaoHost.Stop);
        Assert.Empty(compiled.Problems);
    }

    private sealed class NoOtherDefinitions : IWorkflowDefinitionSource
    {
        public ValueTask<WorkflowDefinition?> FindAsync(WorkflowDefinitionHandle handle, CancellationToken cancellationToken) => new((WorkflowDefinition?)null);

        public ValueTask<IReadOnlyList<WorkflowDefinition>> ListPublishedAsync(CancellationToken cancellationToken) => new((IReadOnlyList<WorkflowDefinition>)[]);
    }
}
