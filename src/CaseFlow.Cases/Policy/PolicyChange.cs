using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Policy;

/// <summary>
/// A change of figures, wordings, delegation table, calendar or templates: drafted and submitted by one person, published by
/// another (domain H, four eyes). Only publication writes the rows; before that nothing in force knows of it.
/// </summary>
public sealed class PolicyChange
{
    /// <summary>Identity.</summary>
    public Id<PolicyChange> Id { get; set; } = Id<PolicyChange>.New();

    /// <summary>What it is about, for lists: 城市低保标准, D1 ...</summary>
    public string Title { get; set; } = "";

    /// <summary>The rows: <see cref="PolicyContent"/> as JSON.</summary>
    public string ContentJson { get; set; } = "{}";

    /// <summary>Draft, submitted, published, or sent back (which may be edited and submitted again).</summary>
    public PublicationState State { get; set; }

    /// <summary>Who drafts and submits it; null for what came with a new release of the system.</summary>
    public Id<Account>? SubmittedBy { get; set; }

    /// <summary>Why, in the submitter's words.</summary>
    public string Note { get; set; } = "";

    /// <summary>Who published it or sent it back.</summary>
    public Id<Account>? DecidedBy { get; set; }

    /// <summary>The second person's opinion.</summary>
    public string Opinion { get; set; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was last submitted.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Raised by each change; a stale write is refused.</summary>
    public int Revision { get; set; }

    /// <summary>The rows.</summary>
    public PolicyContent Content() => PolicyContent.Parse(ContentJson);
}
