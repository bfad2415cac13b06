using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Documents;

/// <summary>
/// A document as issued: number, frozen HTML and model with their hash. Content never changes; the PDF is rendered from the
/// frozen HTML after the commit.
/// </summary>
public sealed class IssuedDocument
{
    /// <summary>Identity.</summary>
    public Id<IssuedDocument> Id { get; set; } = Id<IssuedDocument>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The procedure.</summary>
    public Id<Procedure>? ProcedureId { get; set; }

    /// <summary>Template key such as <c>dibao/confirmation-notice</c>.</summary>
    public string TemplateKey { get; set; } = "";

    /// <summary>Version of the template that was used.</summary>
    public int TemplateVersion { get; set; }

    /// <summary>Title, for example 最低生活保障确认通知书.</summary>
    public string Title { get; set; } = "";

    /// <summary>Official number 东民救〔2026〕12号; null for internal papers without one. Unique.</summary>
    public string? OfficialNumber { get; set; }

    /// <summary>Body code of the number series.</summary>
    public string? BodyCode { get; set; }

    /// <summary>Kind character of the number series.</summary>
    public string? NumberKind { get; set; }

    /// <summary>Year of the number series.</summary>
    public int? NumberYear { get; set; }

    /// <summary>Number within the series.</summary>
    public int? Number { get; set; }

    /// <summary>The issuing body.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>The frozen HTML; encrypted at rest.</summary>
    public string Html { get; set; } = "";

    /// <summary>The model that was rendered, as JSON; encrypted at rest.</summary>
    public string ModelJson { get; set; } = "{}";

    /// <summary>SHA-256 over the HTML's UTF-8 bytes, lower-case hex; printed in the QR check.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>Random code of the public check page.</summary>
    public string CheckCode { get; set; } = "";

    /// <summary>The day of issue.</summary>
    public DateOnly IssuedOn { get; set; }

    /// <summary>The moment of issue.</summary>
    public DateTimeOffset IssuedAt { get; set; }

    /// <summary>Whether the applicant may read and download it.</summary>
    public bool ForApplicant { get; set; }

    /// <summary>Content address of the PDF; null until it has been rendered.</summary>
    public string? PdfHash { get; set; }

    /// <summary>作废: when and why it was withdrawn; the number is never used again.</summary>
    public DateTimeOffset? VoidedAt { get; set; }

    /// <summary>Why it was withdrawn.</summary>
    public string? VoidReason { get; set; }

    /// <summary>Day on which it was served (送达); periods of the receiver run from it.</summary>
    public DateOnly? ServedOn { get; set; }

    /// <summary>How it was served: <c>direct</c>, <c>left</c>, <c>post</c>, <c>electronic</c>, <c>announcement</c>.</summary>
    public string? ServiceMethod { get; set; }

    /// <summary>Last day for administrative review, once served.</summary>
    public DateOnly? ReviewUntil { get; set; }
}

/// <summary>The last number drawn of one gapless series: body × kind × year.</summary>
public sealed class NumberSeries
{
    /// <summary>Body code, for example 东民.</summary>
    public string BodyCode { get; set; } = "";

    /// <summary>Kind, for example 救.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Year.</summary>
    public int Year { get; set; }

    /// <summary>The last number that was drawn; 0 if none.</summary>
    public int Last { get; set; }
}

/// <summary>One version of a template with the model that it may use.</summary>
public sealed class DocumentTemplate
{
    /// <summary>Identity.</summary>
    public Id<DocumentTemplate> Id { get; set; } = Id<DocumentTemplate>.New();

    /// <summary>Key such as <c>dibao/confirmation-notice</c>.</summary>
    public string Key { get; set; } = "";

    /// <summary>1, 2, 3 ... per key.</summary>
    public int Version { get; set; }

    /// <summary>Title.</summary>
    public string Title { get; set; } = "";

    /// <summary>Kind character for the number; null if it gets none.</summary>
    public string? NumberKind { get; set; }

    /// <summary>The Scriban text.</summary>
    public string Text { get; set; } = "";

    /// <summary>Declared model (fields, types, examples) as JSON.</summary>
    public string ModelJson { get; set; } = "{}";

    /// <summary>First day of use.</summary>
    public DateOnly ValidFrom { get; set; }

    /// <summary>State of publication.</summary>
    public CaseTypes.PublicationState State { get; set; }

    /// <summary>Who submitted it.</summary>
    public Id<Account>? SubmittedBy { get; set; }

    /// <summary>Who published it.</summary>
    public Id<Account>? PublishedBy { get; set; }
}
