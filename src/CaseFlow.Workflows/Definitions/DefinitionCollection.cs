using System.Collections.Concurrent;

namespace CaseFlow.Workflows.Definitions;

/// <summary>Definitions in memory, such as those of one folder.</summary>
public sealed class DefinitionCollection : IWorkflowDefinitionSource
{
    private readonly ConcurrentDictionary<string, WorkflowDefinition> byVersionId = new(StringComparer.Ordinal);

    /// <summary>Adds a definition, replacing one with the same version id.</summary>
    public DefinitionCollection Add(WorkflowDefinition definition)
    {
        byVersionId[definition.VersionId] = definition;
        return this;
    }

    /// <inheritdoc />
    public ValueTask<WorkflowDefinition?> FindAsync(WorkflowDefinitionHandle handle, CancellationToken cancellationToken)
    {
        if (handle.VersionId is { } versionId)
        {
            return ValueTask.FromResult(byVersionId.GetValueOrDefault(versionId));
        }

        var versions = byVersionId.Values
            .Where(x => string.Equals(x.DefinitionId, handle.DefinitionId, StringComparison.Ordinal))
            .OrderByDescending(x => x.Version);
        return ValueTask.FromResult(
            handle.Version is { } number ? versions.FirstOrDefault(x => x.Version == number)
            : handle.Latest ? versions.FirstOrDefault()
            : versions.FirstOrDefault(x => x.IsPublished));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<WorkflowDefinition>> ListPublishedAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<WorkflowDefinition>>(
            [.. byVersionId.Values.Where(x => x.IsPublished)
                .GroupBy(x => x.DefinitionId, StringComparer.Ordinal)
                .Select(g => g.MaxBy(x => x.Version)!)
                .OrderBy(x => x.DefinitionId, StringComparer.Ordinal)]);
}
