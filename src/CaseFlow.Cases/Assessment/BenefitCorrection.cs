using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// The difference between what was paid and what was due, month by month: arrears (补发) where too little was paid, recovery
/// (追回) where too much was. Each is an item of its own with its month; no paid month is edited (domain K).
/// </summary>
public static class BenefitCorrection
{
    /// <summary>Compares months. Months in which nothing was due and nothing paid, or which agree, give no item.</summary>
    /// <param name="from">First month.</param>
    /// <param name="to">Last month, inclusive.</param>
    /// <param name="paid">What was paid for a month.</param>
    /// <param name="due">What was due for it.</param>
    /// <returns>Items; positive for arrears, negative for recovery.</returns>
    public static IReadOnlyList<(Month Month, Money Difference)> Between(Month from, Month to, Func<Month, Money> paid, Func<Month, Money> due)
    {
        var items = new List<(Month Month, Money Difference)>();
        for (var month = from; month <= to; month = month.Plus(1))
        {
            var difference = due(month) - paid(month);
            if (difference != Money.Zero)
            {
                items.Add((month, difference));
            }
        }

        return items;
    }
}
