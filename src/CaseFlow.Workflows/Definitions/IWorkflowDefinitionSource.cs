namespace CaseFlow.Workflows.Definitions;

/// <summary>Where definitions come from.</summary>
public interface IWorkflowDefinitionSource
{
    /// <summary>Finds one version of a definition; null where there is none.</summary>
    ValueTask<WorkflowDefinition?> FindAsync(WorkflowDefinitionHandle handle, CancellationToken cancellationToken);

    /// <summary>All published definitions: for triggers, and for definitions that are used as activities.</summary>
    ValueTask<IReadOnlyList<WorkflowDefinition>> ListPublishedAsync(CancellationToken cancellationToken);
}

/// <summary>Which version of which definition.</summary>
public readonly record struct WorkflowDefinitionHandle
{
    /// <summary>The id of the definition; null where the version id says it all.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>The id of one version.</summary>
    public string? VersionId { get; init; }

    /// <summary>The number of a version.</summary>
    public int? Version { get; init; }

    /// <summary>Whether the latest version is meant, published or not; otherwise the published one.</summary>
    public bool Latest { get; init; }

    /// <summary>The published version.</summary>
    public static WorkflowDefinitionHandle Published(string definitionId) => new() { DefinitionId = definitionId };

    /// <summary>The latest version.</summary>
    public static WorkflowDefinitionHandle LatestOf(string definitionId) => new() { DefinitionId = definitionId, Latest = true };

    /// <summary>A version by its number.</summary>
    public static WorkflowDefinitionHandle Numbered(string definitionId, int version) => new() { DefinitionId = definitionId, Version = version };

    /// <summary>A version by its id.</summary>
    public static WorkflowDefinitionHandle ByVersionId(string versionId) => new() { VersionId = versionId };
}
