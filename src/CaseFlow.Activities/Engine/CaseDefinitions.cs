using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using Microsoft.EntityFrameworkCore;
using System.Collections.Concurrent;

namespace CaseFlow.Activities.Engine;

/// <summary>Compiled definitions of procedures; a published version never changes, so each is compiled once a process.</summary>
internal sealed class CaseDefinitionCache(ActivityRegistry registry)
{
    public ConcurrentDictionary<string, CompiledWorkflow> Compiled { get; } = new(StringComparer.Ordinal);

    public ActivityRegistry Registry { get; } = registry;
}

/// <summary>Finds the definition to which a procedure is pinned.</summary>
internal sealed class CaseDefinitions(IUnitOfWork work, CaseDefinitionCache cache) : IWorkflowDefinitionSource
{
    /// <summary>The compiled version.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<CompiledWorkflow> FindAsync(string versionId, CancellationToken cancellationToken)
    {
        if (cache.Compiled.TryGetValue(versionId, out var known))
        {
            return known;
        }

        var row = await work.Set<WorkflowDefinitionVersion>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == versionId, cancellationToken)
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
        var versions = work.Set<WorkflowDefinitionVersion>().AsNoTracking();
        var row = handle.VersionId is { } id
            ? await versions.FirstOrDefaultAsync(d => d.Id == id, cancellationToken)
            : await versions
                .Where(d => d.DefinitionId == handle.DefinitionId)
                .Where(d => handle.Version == null ? (handle.Latest ? d.IsLatest : d.IsPublished) : d.Version == handle.Version)
                .FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : WorkflowDefinition.Parse(row.Json);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkflowDefinition>> ListPublishedAsync(CancellationToken cancellationToken) =>
    [
        .. (await work.Set<WorkflowDefinitionVersion>().AsNoTracking().Where(d => d.IsPublished).ToListAsync(cancellationToken))
            .Select(d => WorkflowDefinition.Parse(d.Json)),
    ];
}
