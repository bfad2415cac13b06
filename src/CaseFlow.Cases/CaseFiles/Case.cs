using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.CaseFiles;

/// <summary>Where a case stands as a whole. The finer stage is data of the case type.</summary>
public enum CaseStatus
{
    /// <summary>Being filled in; no number yet drawn, no clock runs.</summary>
    Draft,

    /// <summary>A procedure is under way before any grant.</summary>
    Open,

    /// <summary>Granted and in force (在保).</summary>
    InForce,

    /// <summary>Ended without a grant: refused, not accepted, terminated, withdrawn.</summary>
    ClosedWithoutGrant,

    /// <summary>Ended after a grant: stopped, moved away, died.</summary>
    Ended,
}

/// <summary>
/// 办件: one application and its life, from the application to the last review. It is not a workflow instance: a small
/// spine lives with it for years and starts procedures, each pinned to the version published when it starts.
/// </summary>
public sealed class Case
{
    /// <summary>Identity.</summary>
    public Id<Case> Id { get; set; } = Id<Case>.New();

    /// <summary>Number such as <c>DB-220502-2026-000123</c>; unique.</summary>
    public string Number { get; set; } = "";

    /// <summary>Code of the case type: <c>dibao</c>, <c>relief</c> ...</summary>
    public string CaseType { get; set; } = "";

    /// <summary>The applicant.</summary>
    public Id<Person> ApplicantId { get; set; }

    /// <summary>The applicant's name when the case was opened, for lists; the registry is in <see cref="Person"/>.</summary>
    public string ApplicantName { get; set; } = "";

    /// <summary>The household; none for organisations.</summary>
    public Id<Household>? HouseholdId { get; set; }

    /// <summary>The township or street in charge now.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>The community or village.</summary>
    public Id<OrganisationUnit>? CommunityId { get; set; }

    /// <summary>Urban or rural, as the applicant's hukou community says.</summary>
    public AreaType AreaType { get; set; }

    /// <summary>Identifier of the stage (glossary: <c>Submitted</c>, <c>Investigating</c> ...); its names are data of the case type.</summary>
    public string Stage { get; set; } = "";

    /// <summary>Status.</summary>
    public CaseStatus Status { get; set; }

    /// <summary>近亲属备案: a close relative of a handler or a committee member; registered, never refused.</summary>
    public bool OfficerRelative { get; set; }

    /// <summary>An open complaint exists; forces the district's visit.</summary>
    public bool HasComplaint { get; set; }

    /// <summary>Children's and other restricted cases.</summary>
    public bool Sensitive { get; set; }

    /// <summary>Review class A, B or C, once granted.</summary>
    public string? ReviewClass { get; set; }

    /// <summary>Monthly amount in force; null before a grant.</summary>
    public Money? MonthlyAmount { get; set; }

    /// <summary>First month of the benefit.</summary>
    public Month? BenefitFrom { get; set; }

    /// <summary>Last month of the benefit, once stopped.</summary>
    public Month? BenefitTo { get; set; }

    /// <summary>Raised by what a person would mind: household, income, status, amount, move, death.</summary>
    public int FactsRevision { get; set; } = 1;

    /// <summary>How it came in: <c>online</c>, <c>counter</c>, <c>stock</c>.</summary>
    public string Channel { get; set; } = "online";

    /// <summary>Account that filed it (citizen, or clerk at the counter).</summary>
    public Id<Account>? FiledBy { get; set; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>Day of acceptance; starts the legal clock.</summary>
    public DateOnly? AcceptedOn { get; set; }

    /// <summary>Last day of the running total period.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The instance of the spine.</summary>
    public string? SpineInstanceId { get; set; }

    /// <summary>The version of the case type that was published when the case was opened; procedures pin their own.</summary>
    public Id<CaseTypeVersion> CaseTypeVersionId { get; set; }
}

/// <summary>The form as submitted: a snapshot for the file. No domain query looks into it.</summary>
public sealed class FormSnapshot
{
    /// <summary>Identity.</summary>
    public Id<FormSnapshot> Id { get; set; } = Id<FormSnapshot>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Which form: <c>application</c>, <c>change-report</c> ...</summary>
    public string Form { get; set; } = "";

    /// <summary>The data as JSON without identity numbers (they are replaced by references).</summary>
    public string DataJson { get; set; } = "{}";

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>By whom.</summary>
    public Id<Account>? SubmittedBy { get; set; }
}

/// <summary>材料: a required or additional paper of a case, or its absence.</summary>
public sealed class Material
{
    /// <summary>Code of the photographs of a visit: the office's own, never shown to the applicant.</summary>
    public const string SurveyPhoto = "survey-photo";

    /// <summary>Identity.</summary>
    public Id<Material> Id { get; set; } = Id<Material>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Code in the case type's list.</summary>
    public string Code { get; set; } = "";

    /// <summary>Name, as the list said when it was handed in.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether it is there; a missing one stands in the correction notice.</summary>
    public bool Received { get; set; }

    /// <summary>Content address of the upload, if it is electronic.</summary>
    public string? BlobHash { get; set; }

    /// <summary>File name as uploaded.</summary>
    public string? FileName { get; set; }

    /// <summary>MIME type found from the content.</summary>
    public string? ContentType { get; set; }

    /// <summary>What must be corrected, in words; null if nothing.</summary>
    public string? CorrectionRequest { get; set; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }
}

/// <summary>A draft of an application or a form: it saves itself and is never part of a case.</summary>
public sealed class FormDraft
{
    /// <summary>Identity.</summary>
    public Id<FormDraft> Id { get; set; } = Id<FormDraft>.New();

    /// <summary>Whose.</summary>
    public Id<Account> AccountId { get; set; }

    /// <summary>Purpose: <c>apply:dibao</c>, <c>task:{id}</c> ...; one per account and purpose.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>The data as encrypted JSON (it may hold identity numbers until it is submitted).</summary>
    public string ProtectedJson { get; set; } = "";

    /// <summary>When it was last saved (machine time).</summary>
    public DateTimeOffset SavedAt { get; set; }
}
