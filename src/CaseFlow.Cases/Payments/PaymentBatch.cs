using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Payments;

/// <summary>Where a payment list stands.</summary>
public enum PaymentBatchState
{
    /// <summary>Its month is closed; the lines are still worked out anew each time somebody looks.</summary>
    Draft,

    /// <summary>Lines and sum are fixed with a hash; waits for the second person.</summary>
    Frozen,

    /// <summary>The second person has signed.</summary>
    Signed,

    /// <summary>The bank's file was made; the bank's answer is awaited.</summary>
    Exported,

    /// <summary>The bank has answered for every line.</summary>
    Settled,
}

/// <summary>
/// 发放名单: what one township's households of one programme get for a month. Which items of the ledger belong to it is
/// settled when the month closes; a later decision goes into the next list as arrears or recovery (domain K).
/// </summary>
public sealed class PaymentBatch
{
    /// <summary>Identity.</summary>
    public Id<PaymentBatch> Id { get; set; } = Id<PaymentBatch>.New();

    /// <summary>Number, for example <c>FF-DIBAO-220502004-2026-07</c>; unique.</summary>
    public string Number { get; set; } = "";

    /// <summary>Programme: <c>dibao</c> ...</summary>
    public string Programme { get; set; } = "";

    /// <summary>The township or street whose households it pays.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>The month that it pays.</summary>
    public Month Month { get; set; }

    /// <summary>State.</summary>
    public PaymentBatchState State { get; set; }

    /// <summary>When the month was closed.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>Households with money on the list; zero while it is a draft.</summary>
    public int Households { get; set; }

    /// <summary>Persons in these households.</summary>
    public int Persons { get; set; }

    /// <summary>Sum of the list.</summary>
    public Money Total { get; set; }

    /// <summary>SHA-256 over the lines, as lower-case hex; null while it is a draft.</summary>
    public string? Hash { get; set; }

    /// <summary>Who froze it: they can never sign it.</summary>
    public Id<Account>? FrozenBy { get; set; }

    /// <summary>Name and post of whoever froze it.</summary>
    public string? FrozenByName { get; set; }

    /// <summary>When it was frozen.</summary>
    public DateTimeOffset? FrozenAt { get; set; }

    /// <summary>The second person.</summary>
    public Id<Account>? SignedBy { get; set; }

    /// <summary>Name and post of the second person.</summary>
    public string? SignedByName { get; set; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>Name and post of whoever made the bank's file first.</summary>
    public string? ExportedByName { get; set; }

    /// <summary>When the bank's file was first made.</summary>
    public DateTimeOffset? ExportedAt { get; set; }

    /// <summary>When the bank had answered for every line.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Why it was last reopened; null if never.</summary>
    public string? ReopenReason { get; set; }

    /// <summary>Raised by each change; a stale one is a conflict.</summary>
    public int Revision { get; set; }

    /// <summary>The number of a list.</summary>
    /// <param name="programme">Programme.</param>
    /// <param name="organisationCode">Administrative code of the township.</param>
    /// <param name="month">The month it pays.</param>
    public static string NumberOf(string programme, string organisationCode, Month month) =>
        $"FF-{programme.ToUpperInvariant()}-{organisationCode}-{month}";
}
