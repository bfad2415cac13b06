using CaseFlow.Cases.CaseTypes;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using System.Collections.Concurrent;

namespace CaseFlow.Activities.Engine;

/// <summary>Compiled definitions of procedures; a published version never changes, so each is compiled once a process.</summary>
internal sealed class CaseDefinitionCache(ActivityRegistry registry)
{
    public ConcurrentDictionary<string, CompiledWorkflow> Compiled { get; } = new(StringComparer.Ordinal);

    public ActivityRegistry Registry { get; } = registry;
}

/// <summary>Finds the definition to which a procedure is pinned.</summary>
internal sealed class CaseDefinitions(WorkflowVersions versions, CaseDefinitionCache cache) : IWorkflowDefinitionSource
{
    /// <summary>The compiled version.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<CompiledWorkflow> FindAsync(string versionId, CancellationToken cancellationToken)
    {
        if (cache.Compiled.TryGetValue(versionId, out var known))
        {
            return known;
        }

        var row = await versions.FindAsync(versionId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no workflow version {versionId}.");
        var compiler = new WorkflowCompiler(cache.Registry, this);
        var compiled = await compiler.CompileAsync(WorkflowDefinition.Parse(row.Json), cancellationToken);
        compiled.ThrowIfInvalid();
        if (row.IsPublished)
        {
            cache.Compiled[versionId] = compiled;
        }

        return compiled;
    }

    /// <inheritdoc/>
    public async ValueTask<WorkflowDefinition?> FindAsync(WorkflowDefinitionHandle handle, CancellationToken cancellationToken)
    {
        var row = handle.VersionId is { } id
            ? await versions.FindAsync(id, cancellationToken)
            : await versions.FindAsync(handle.DefinitionId ?? "", handle.Version, handle.Latest, cancellationToken);
        return row is null ? null : WorkflowDefinition.Parse(row.Json);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkflowDefinition>> ListPublishedAsync(CancellationToken cancellationToken) =>
    [
        .. (await versions.PublishedAsync(cancellationToken)).Select(d => WorkflowDefinition.Parse(d.Json)),
    ];
}
