using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Notices;

/// <summary>Where a public notice stands.</summary>
public enum PublicNoticeState
{
    /// <summary>Posted.</summary>
    Running,

    /// <summary>Its period ended without an open objection.</summary>
    Ended,

    /// <summary>Interrupted by an objection or a change; a new one starts anew.</summary>
    Interrupted,
}

/// <summary>公示 with an objection period. Only what domain I allows is shown; the web shows masked names and ends with the period.</summary>
public sealed class PublicNotice
{
    /// <summary>Identity.</summary>
    public Id<PublicNotice> Id { get; set; } = Id<PublicNotice>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The procedure.</summary>
    public Id<Procedure> ProcedureId { get; set; }

    /// <summary>Community where it hangs.</summary>
    public Id<OrganisationUnit>? CommunityId { get; set; }

    /// <summary>Township that issued it.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>The document on the board.</summary>
    public Id<IssuedDocument>? DocumentId { get; set; }

    /// <summary>Programme name shown (最低生活保障).</summary>
    public string Programme { get; set; } = "";

    /// <summary>Name as the web shows it, masked: 张*国.</summary>
    public string MaskedName { get; set; } = "";

    /// <summary>Number of members, the applicant included; 0 where the notice does not show it.</summary>
    public int Members { get; set; }

    /// <summary>Proposed monthly amount.</summary>
    public Money? ProposedAmount { get; set; }

    /// <summary>The day of posting; it does not count.</summary>
    public DateOnly PostedOn { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly EndsOn { get; set; }

    /// <summary>State.</summary>
    public PublicNoticeState State { get; set; }

    /// <summary>Content address of the photograph of the first day.</summary>
    public string? StartPhotoHash { get; set; }

    /// <summary>Content address of the photograph of the last day.</summary>
    public string? EndPhotoHash { get; set; }

    /// <summary>Telephone for objections.</summary>
    public string ReportingPhone { get; set; } = "";
}

/// <summary>异议 to a public notice. The objector is hidden from applicant and village; an anonymous one is a lead.</summary>
public sealed class Objection
{
    /// <summary>Identity.</summary>
    public Id<Objection> Id { get; set; } = Id<Objection>.New();

    /// <summary>The notice.</summary>
    public Id<PublicNotice> NoticeId { get; set; }

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Receipt number given to the objector; unique and not guessable.</summary>
    public string ReceiptNumber { get; set; } = "";

    /// <summary>What is objected; encrypted.</summary>
    public string Text { get; set; } = "";

    /// <summary>Name, if given; encrypted.</summary>
    public string? ObjectorName { get; set; }

    /// <summary>How to reach the objector, if given; encrypted.</summary>
    public string? ObjectorContact { get; set; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Result once settled: <c>Upheld</c> or <c>Dismissed</c>.</summary>
    public string? Result { get; set; }

    /// <summary>The written answer.</summary>
    public Id<IssuedDocument>? AnswerId { get; set; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; set; }
}
