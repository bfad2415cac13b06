using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseTypes;

/// <summary>Reads versions of workflow definitions; a published one never changes.</summary>
public sealed class WorkflowVersions(IUnitOfWork work)
{
    /// <summary>A version by its id; null if there is none.</summary>
    public Task<WorkflowDefinitionVersion?> FindAsync(string versionId, CancellationToken cancellationToken) =>
        work.Set<WorkflowDefinitionVersion>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == versionId, cancellationToken);

    /// <summary>A version of a definition: that of a number, or the latest, or the published one.</summary>
    public Task<WorkflowDefinitionVersion?> FindAsync(string definitionId, int? version, bool latest, CancellationToken cancellationToken) =>
        work.Set<WorkflowDefinitionVersion>().AsNoTracking()
            .Where(d => d.DefinitionId == definitionId)
            .Where(d => version == null ? (latest ? d.IsLatest : d.IsPublished) : d.Version == version)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>All that are published.</summary>
    public async Task<IReadOnlyList<WorkflowDefinitionVersion>> PublishedAsync(CancellationToken cancellationToken) =>
        await work.Set<WorkflowDefinitionVersion>().AsNoTracking().Where(d => d.IsPublished).ToListAsync(cancellationToken);
}
