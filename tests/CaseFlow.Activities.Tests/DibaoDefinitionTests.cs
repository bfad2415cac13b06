using System.Text.Json.Nodes;
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
    [InlineData("gradual-exit")]
    [InlineData("suspension")]
    public async Task What_is_shipped_compiles_without_any_problem(string kind)
    {
        var registry = ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(StaffTask).Assembly);
        var text = await File.ReadAllTextAsync(Path.Combine(DibaoHost.Root, "workflows", "dibao", kind + ".workflow.json"), DibaoHost.Stop);
        var compiled = await new WorkflowCompiler(registry, new NoOtherDefinitions()).CompileAsync(WorkflowDefinition.Parse(text), DibaoHost.Stop);
        Assert.Empty(compiled.Problems);
    }

    /// <summary>The designer shows about 1,800 points at its smallest scale on an office screen; <c>scripts/lay-out</c> keeps to it.</summary>
    [Fact]
    public async Task What_is_shipped_can_be_read_in_the_designer()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(DibaoHost.Root, "workflows", "dibao"), "*.workflow.json"))
        {
            var boxes = JsonNode.Parse(await File.ReadAllTextAsync(file, DibaoHost.Stop))!["root"]!["activities"]!.AsArray()
                .Select(a => a!["metadata"]!["designer"]!["position"]!)
                .Select(p => (X: p["x"]!.GetValue<double>(), Y: p["y"]!.GetValue<double>()))
                .ToList();
            Assert.True(boxes.TrueForAll(b => b.X is >= 0 and <= 1600 && b.Y >= 0), $"{Path.GetFileName(file)} is wider than a screen.");
            Assert.False(
                boxes.Exists(a => boxes.Count(b => Math.Abs(a.X - b.X) < 220 && Math.Abs(a.Y - b.Y) < 70) > 1), $"Boxes of {Path.GetFileName(file)} overlap.");
        }
    }

    private sealed class NoOtherDefinitions : IWorkflowDefinitionSource
    {
        public ValueTask<WorkflowDefinition?> FindAsync(WorkflowDefinitionHandle handle, CancellationToken cancellationToken) => new((WorkflowDefinition?)null);

        public ValueTask<IReadOnlyList<WorkflowDefinition>> ListPublishedAsync(CancellationToken cancellationToken) => new((IReadOnlyList<WorkflowDefinition>)[]);
    }
}
