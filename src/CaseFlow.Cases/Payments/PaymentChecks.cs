using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Payments;

/// <summary>The checks that whoever freezes and whoever signs sees beside a list.</summary>
internal static class PaymentChecks
{
    /// <summary>All checks of a draft.</summary>
    public static IReadOnlyList<PaymentCheck> Of(
        IReadOnlyList<PaymentSheetLine> lines, IReadOnlyList<PaymentHold> holds, IReadOnlyList<string> undecided, Month month) =>
    [
        .. OfFrozen(lines, holds, month),
        new("decisions", undecided.Count == 0, true, undecided.Count == 0 ? "新增的户都有确认通知书" : $"这些新增户没有确认通知书：{string.Join('、', undecided)}"),
    ];

    /// <summary>The checks of a stored list; those on waiting households only where it is known who waits.</summary>
    public static IReadOnlyList<PaymentCheck> OfFrozen(IReadOnlyList<PaymentSheetLine> lines, IReadOnlyList<PaymentHold>? holds, Month month)
    {
        var total = lines.Aggregate(Money.Zero, (sum, l) => sum + l.Line.Amount);
        var items = lines.SelectMany(l => l.Items).Aggregate(Money.Zero, (sum, i) => sum + i.Amount);
        var twice = lines.GroupBy(l => l.Line.BeneficiaryId).Count(g => g.Count(l => l.Line.Amount > Money.Zero) > 1);
        var accounts = lines.Where(l => l.Line is { Amount.Fen: > 0, AccountIndex.Length: > 0 }).GroupBy(l => l.Line.AccountIndex)
            .Where(g => g.Count() > 1).SelectMany(g => g.Select(l => l.Line.Name)).ToList();
        return
        [
            new("sum", total == items, true, $"逐户相加 {total} 元，台账 {items} 元，差 {total - items}"),
            new("once", twice == 0, true, twice == 0 ? $"{month} 没有重复发放的户" : $"{twice} 人在名单上出现两次"),
            new("accounts", accounts.Count == 0, false, accounts.Count == 0 ? "没有重复账户" : $"这些户用同一账户：{string.Join('、', accounts)}"),
            .. holds is null ? [] : OfWaiting(holds),
        ];
    }

    private static IEnumerable<PaymentCheck> OfWaiting(IReadOnlyList<PaymentHold> holds)
    {
        var died = holds.Count(h => h.Code == "died");
        var waiting = holds.Count - died;
        yield return new("deaths", died == 0, false, died == 0 ? "死亡信息已比对，无疑点" : $"{died} 户受益人已死亡，暂缓发放");
        yield return new("held", waiting == 0, false, waiting == 0 ? "没有因账户暂缓的户" : $"{waiting} 户因账户问题暂缓发放");
    }
}
