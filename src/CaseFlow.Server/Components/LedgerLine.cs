using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Components;

/// <summary>A line of a <see cref="Ledger"/>.</summary>
/// <param name="Number">Its number; null for sums.</param>
/// <param name="Item">What it is.</param>
/// <param name="Amount">How much, in yuan.</param>
/// <param name="Why">Where it comes from or how it was worked out.</param>
/// <param name="Kind">Plain line, sum, or the result.</param>
/// <param name="AmountText">Words in the amount's place, for example <c>1,440.00 元</c>.</param>
public sealed record LedgerLine(
    int? Number,
    string Item,
    Money? Amount,
    string? Why = null,
    LedgerLineKind Kind = LedgerLineKind.Line,
    string? AmountText = null);

/// <summary>What a line of a ledger is.</summary>
public enum LedgerLineKind
{
    /// <summary>One item.</summary>
    Line,

    /// <summary>A sum of those above.</summary>
    Sum,

    /// <summary>The result.</summary>
    Total,
}
