using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.CaseTypes;

/// <summary>Where a submitted version stands.</summary>
public enum PublicationState
{
    /// <summary>Being edited.</summary>
    Draft,

    /// <summary>Waits for the second person.</summary>
    Submitted,

    /// <summary>In force for procedures that start from now on; immutable.</summary>
    Published,

    /// <summary>Was published once; running procedures may still be pinned to it.</summary>
    Superseded,

    /// <summary>Sent back by the second person.</summary>
    Rejected,
}

/// <summary>
/// One immutable version of a case type: workflows, form, materials, stages. Its hash is over the canonical form, without
/// what Studio changes by merely looking. Procedures and tasks pin it.
/// </summary>
public sealed class CaseTypeVersion
{
    /// <summary>Identity.</summary>
    public Id<CaseTypeVersion> Id { get; set; } = Id<CaseTypeVersion>.New();

    /// <summary>Code: <c>dibao</c>.</summary>
    public string CaseType { get; set; } = "";

    /// <summary>1, 2, 3 ... per case type.</summary>
    public int Number { get; set; }

    /// <summary>SHA-256 over the canonical form, lower-case hex.</summary>
    public string Hash { get; set; } = "";

    /// <summary>State.</summary>
    public PublicationState State { get; set; }

    /// <summary><c>case-type.json</c>: names, stages with citizen names, kinds of procedure, reviews.</summary>
    public string ManifestJson { get; set; } = "{}";

    /// <summary><c>form.schema.json</c>.</summary>
    public string FormSchemaJson { get; set; } = "{}";

    /// <summary><c>materials.json</c>.</summary>
    public string MaterialsJson { get; set; } = "[]";

    /// <summary>Procedure kind → id of the pinned workflow definition version, as JSON object.</summary>
    public string WorkflowsJson { get; set; } = "{}";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who submitted it; null for the import of an empty database.</summary>
    public Id<Account>? SubmittedBy { get; set; }

    /// <summary>Who published it.</summary>
    public Id<Account>? PublishedBy { get; set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>What was changed, in words.</summary>
    public string Note { get; set; } = "";
}

/// <summary>One version of a workflow definition as Studio edits it. Published versions are immutable.</summary>
public sealed class WorkflowDefinitionVersion
{
    /// <summary>The version's id, Elsa's <c>id</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>The stable id, Elsa's <c>definitionId</c>, for example <c>dibao-application</c>.</summary>
    public string DefinitionId { get; set; } = "";

    /// <summary>1, 2, 3 ... per definition.</summary>
    public int Version { get; set; }

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The whole Elsa 3 JSON, losslessly.</summary>
    public string Json { get; set; } = "{}";

    /// <summary>Hash of the canonical form.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>The newest version.</summary>
    public bool IsLatest { get; set; }

    /// <summary>The published version.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Waits for the second person.</summary>
    public bool IsSubmitted { get; set; }

    /// <summary>Case type that it belongs to; null for one that is tied to no case.</summary>
    public string? CaseType { get; set; }

    /// <summary>Kind of procedure within the case type: <c>spine</c>, <c>application</c>, <c>review</c> ...</summary>
    public string? ProcedureKind { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who submitted it.</summary>
    public Id<Account>? SubmittedBy { get; set; }

    /// <summary>When it was first published. A version that was ever published never changes again; instances may be pinned to it.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Who saved it last.</summary>
    public Id<Account>? SavedBy { get; set; }

    /// <summary>Raised by each save of a draft.</summary>
    public int Revision { get; set; }
}
