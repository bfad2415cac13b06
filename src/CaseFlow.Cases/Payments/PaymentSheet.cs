using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Payments;

/// <summary>All that is known of one household when its line is worked out.</summary>
public sealed record PaymentSource
{
    /// <summary>The case.</summary>
    public required Id<Case> CaseId { get; init; }

    /// <summary>Who is paid.</summary>
    public required Id<Person> BeneficiaryId { get; init; }

    /// <summary>The beneficiary's name.</summary>
    public required string Name { get; init; }

    /// <summary>Community or village.</summary>
    public Id<OrganisationUnit>? CommunityId { get; init; }

    /// <summary>Persons that the amount is for.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Supplements in the regular amount, as last worked out.</summary>
    public Money Supplements { get; init; }

    /// <summary>Items of the list, whole.</summary>
    public IReadOnlyList<BenefitEntry> Items { get; init; } = [];

    /// <summary>Recoveries that are not yet settled, with what is left of each (zero or more).</summary>
    public IReadOnlyList<OpenRecovery> Recoveries { get; init; } = [];

    /// <summary>The regular amount of the month before; null if the household had none.</summary>
    public Money? Previous { get; init; }

    /// <summary>Keyed hash of the account; null without one.</summary>
    public string? AccountIndex { get; init; }

    /// <summary>Last four digits of the account.</summary>
    public string AccountTail { get; init; } = "";

    /// <summary>The last line of the household that the bank sent back, if nothing has been paid since.</summary>
    public PaymentLine? Failed { get; init; }

    /// <summary>Day of death of the beneficiary, once known.</summary>
    public DateOnly? DiedOn { get; init; }

    /// <summary>Why the benefit ended, in words, if it did.</summary>
    public string? EndReason { get; init; }
}

/// <summary>A recovery and what is left of it.</summary>
/// <param name="Entry">The item.</param>
/// <param name="Left">What is still to be kept back; more than zero.</param>
public sealed record OpenRecovery(BenefitEntry Entry, Money Left);

/// <summary>A line with the items that stand on it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Items">Its items.</param>
public sealed record PaymentSheetLine(PaymentLine Line, IReadOnlyList<PaymentLineItem> Items);

/// <summary>A household that is not paid with this list; its items wait for a later one (暂缓发放).</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Name">The beneficiary.</param>
/// <param name="Amount">What it would get.</param>
/// <param name="Code"><c>no-account</c>, <c>account-unchanged</c> or <c>died</c>.</param>
/// <param name="Reason">Why, in Chinese.</param>
public sealed record PaymentHold(Id<Case> CaseId, string Name, Money Amount, string Code, string Reason);

/// <summary>One check of a list.</summary>
/// <param name="Code">Identifier.</param>
/// <param name="Holds">Whether all is well.</param>
/// <param name="Stops">Whether the list cannot be frozen while it is not.</param>
/// <param name="Text">In Chinese.</param>
public sealed record PaymentCheck(string Code, bool Holds, bool Stops, string Text);

/// <summary>A worked-out list: lines, households that wait, checks.</summary>
/// <param name="Lines">The lines in their order.</param>
/// <param name="Holds">Who waits, and why.</param>
/// <param name="Checks">The checks.</param>
public sealed record PaymentSheet(IReadOnlyList<PaymentSheetLine> Lines, IReadOnlyList<PaymentHold> Holds, IReadOnlyList<PaymentCheck> Checks)
{
    /// <summary>Sum of the list.</summary>
    public Money Total => Sum(l => l.Amount);

    /// <summary>Households with money.</summary>
    public int Households => Lines.Count(l => l.Line.Amount > Money.Zero);

    /// <summary>Persons in them.</summary>
    public int Persons => Lines.Where(l => l.Line.Amount > Money.Zero).Sum(l => l.Line.Members);

    /// <summary>A sum over the lines.</summary>
    public Money Sum(Func<PaymentLine, Money> amount) => Lines.Aggregate(Money.Zero, (sum, l) => sum + amount(l.Line));

    /// <summary>SHA-256 over what the list pays to whom for which items, as lower-case hex.</summary>
    public string HashFor(PaymentBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Fingerprint(batch, Lines);
    }

    /// <summary>The hash of lines as they were stored.</summary>
    public static string Fingerprint(PaymentBatch batch, IEnumerable<PaymentSheetLine> lines)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(lines);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{batch.Number}|{batch.Programme}|{batch.OrganisationId}|{batch.Month}\n");
        foreach (var (line, items) in lines.OrderBy(l => l.Line.Sequence))
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Sequence}|{line.CaseId}|{line.BeneficiaryId}|{line.Name}|{line.Members}|{line.AccountIndex}|");
            text.Append(CultureInfo.InvariantCulture, $"{line.Regular.Fen}|{line.Adjustment.Fen}|{line.Deducted.Fen}|{line.Amount.Fen}");
            foreach (var item in items.OrderBy(i => i.EntryId.Value))
            {
                text.Append(CultureInfo.InvariantCulture, $"|{item.EntryId}={item.Amount.Fen}");
            }

            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
