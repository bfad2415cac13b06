using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Payments;

/// <summary>How a household's regular amount compares with the month before.</summary>
public enum PaymentChange
{
    /// <summary>As the month before.</summary>
    Unchanged,

    /// <summary>新增: on the list for the first time, or again.</summary>
    New,

    /// <summary>增: more than the month before.</summary>
    Raised,

    /// <summary>减: less than the month before.</summary>
    Lowered,

    /// <summary>停发: was paid the month before and gets nothing regular now.</summary>
    Stopped,
}

/// <summary>What the bank said of a line.</summary>
public enum PaymentLineState
{
    /// <summary>Not yet answered.</summary>
    Pending,

    /// <summary>On the account.</summary>
    Paid,

    /// <summary>Sent back; its items go into a later list once the account has been mended.</summary>
    Failed,

    /// <summary>Nothing to pay: the line only tells that the household was on the list before.</summary>
    Nothing,
}

/// <summary>A household's line of a frozen list. It never changes, but for the bank's answer.</summary>
public sealed class PaymentLine
{
    /// <summary>Identity.</summary>
    public Id<PaymentLine> Id { get; set; } = Id<PaymentLine>.New();

    /// <summary>The list.</summary>
    public Id<PaymentBatch> BatchId { get; set; }

    /// <summary>Place on the list, from 1.</summary>
    public int Sequence { get; set; }

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Who is paid.</summary>
    public Id<Person> BeneficiaryId { get; set; }

    /// <summary>The beneficiary's name when the list was frozen.</summary>
    public string Name { get; set; } = "";

    /// <summary>Community or village.</summary>
    public Id<OrganisationUnit>? CommunityId { get; set; }

    /// <summary>Persons that the amount is for.</summary>
    public int Members { get; set; }

    /// <summary>The regular amount of the month.</summary>
    public Money Regular { get; set; }

    /// <summary>Part of <see cref="Regular"/> that is supplements (分类施保).</summary>
    public Money Supplements { get; set; }

    /// <summary>Arrears less what was taken back before it was paid.</summary>
    public Money Adjustment { get; set; }

    /// <summary>Kept back for a recovery; zero or more.</summary>
    public Money Deducted { get; set; }

    /// <summary>What goes to the account: regular + adjustment − deducted.</summary>
    public Money Amount { get; set; }

    /// <summary>Keyed hash of the account number that the bank was given.</summary>
    public string AccountIndex { get; set; } = "";

    /// <summary>Last four digits of the account.</summary>
    public string AccountTail { get; set; } = "";

    /// <summary>Comparison with the month before.</summary>
    public PaymentChange Change { get; set; }

    /// <summary>The comparison in words, in Chinese.</summary>
    public string Words { get; set; } = "";

    /// <summary>What the bank said.</summary>
    public PaymentLineState State { get; set; }

    /// <summary>Why the bank sent it back.</summary>
    public string? FailureReason { get; set; }

    /// <summary>When the bank's answer was read in.</summary>
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>
/// An item of the ledger on a line. Regular items, arrears and reversals stand on a line whole; a recovery may be spread
/// over several lists, each keeping back a part.
/// </summary>
public sealed class PaymentLineItem
{
    /// <summary>The line.</summary>
    public Id<PaymentLine> LineId { get; set; }

    /// <summary>The item.</summary>
    public Id<BenefitEntry> EntryId { get; set; }

    /// <summary>Its case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>What of the item stands on the line; negative for a reversal or recovery.</summary>
    public Money Amount { get; set; }
}
