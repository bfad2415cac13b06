using System.Collections.Concurrent;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Execution;

namespace CaseFlow.Workflows.Hosting;

/// <summary>A trigger of a published definition.</summary>
internal sealed record IndexedTrigger(string DefinitionVersionId, string ActivityId, string Hash);

/// <summary>Knows which published definitions are started by which stimulus.</summary>
internal sealed class TriggerIndex(IWorkflowDefinitionSource definitions, WorkflowCompiler compiler, IServiceProvider services, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<IndexedTrigger>> byVersion = new(StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<IndexedTrigger>> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var result = new List<IndexedTrigger>();
        foreach (var definition in await definitions.ListPublishedAsync(cancellationToken))
        {
            var key = $"{definition.VersionId}|{definition.ContentHash}";
            if (!byVersion.TryGetValue(key, out var triggers))
            {
                byVersion[key] = triggers = await IndexAsync(definition, cancellationToken);
            }

            result.AddRange(triggers.Where(x => string.Equals(x.Hash, hash, StringComparison.Ordinal)));
        }

        return result;
    }

    private async ValueTask<IReadOnlyList<IndexedTrigger>> IndexAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var compiled = await compiler.CompileAsync(definition, cancellationToken);
        if (!compiled.IsValid)
        {
            return [];
        }

        var result = new List<IndexedTrigger>();
        var workflow = new WorkflowExecutionContext(compiled, "", services, clock, cancellationToken);
        foreach (var node in compiled.Nodes)
        {
            if (node.Activity is Trigger { CanStartWorkflow: true } trigger && ReferenceEquals(node.Definition, compiled.Definition))
            {
                var context = ContextOf(workflow, node);
                var indexing = new TriggerIndexingContext(context) { TriggerName = node.TypeName };
                try
                {
                    var payload = trigger.TriggerPayload(indexing);
                    result.Add(new IndexedTrigger(definition.VersionId, node.NodeId, BookmarkHash.Compute(indexing.TriggerName, payload)));
                }
                catch (InputEvaluationException)
                {
                    // A trigger whose name cannot be computed without an instance starts nothing.
                }
            }
        }

        return result;
    }

    private static ActivityExecutionContext ContextOf(WorkflowExecutionContext workflow, ActivityNode node) =>
        new(workflow, node, node.Parent is { } parent ? ContextOf(workflow, parent) : null)
        {
            VariableValues = [.. node.Variables.Select(x => x.Fresh())],
        };
}
