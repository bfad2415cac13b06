using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Procedures;

/// <summary>Where a procedure stands.</summary>
public enum ProcedureState
{
    /// <summary>Running.</summary>
    Open,

    /// <summary>Ended by its workflow.</summary>
    Finished,

    /// <summary>Ended from outside (termination, withdrawal).</summary>
    Cancelled,
}

/// <summary>
/// A run through one workflow of a case: application, review, change or stop, recovery. It pins the version that was
/// published when it started. At most one open procedure per case and kind (unique index).
/// </summary>
public sealed class Procedure
{
    /// <summary>Identity; the workflow instance has the same id as text.</summary>
    public Id<Procedure> Id { get; set; } = Id<Procedure>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Kind: <c>spine</c>, <c>application</c>, <c>review</c>, <c>change-or-stop</c> ...</summary>
    public string Kind { get; set; } = "";

    /// <summary>The case type version that it is pinned to.</summary>
    public Id<CaseTypeVersion> CaseTypeVersionId { get; set; }

    /// <summary>The workflow definition version that it runs.</summary>
    public string DefinitionVersionId { get; set; } = "";

    /// <summary>State.</summary>
    public ProcedureState State { get; set; }

    /// <summary>Result identifier once finished (<c>Granted</c>, <c>Refused</c> ...).</summary>
    public string? Result { get; set; }

    /// <summary>Why it was started, for example a change report's id or the due month of a review.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Start.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>End.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How often the procedure came back to an earlier step.</summary>
    public int Returns { get; set; }
}
