using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Payments;

/// <summary>The comparison with the month before, in words: 新增, 增 220.00, 停发：死亡, 补发 2026-05, 扣回 200.00（余 620.00）.</summary>
internal static class PaymentWords
{
    /// <summary>The words of a line.</summary>
    public static string Of(PaymentLine line, PaymentSource source, Money deducted, Month month)
    {
        var words = new List<string>();
        if (Comparison(line, source) is { } comparison)
        {
            words.Add(comparison);
        }

        var again = source.Items.Where(e => e.Kind is BenefitEntryKind.Regular && e.Month < month).ToList();
        if (again.Count > 0)
        {
            words.Add($"退回重发 {string.Join('、', again.Select(e => e.Month).Order())}　{again.Aggregate(Money.Zero, (sum, e) => sum + e.Amount)}");
        }
        else if (source.Failed is not null)
        {
            words.Add("退回后重发");
        }

        var arrears = source.Items.Where(e => e.Kind is BenefitEntryKind.Arrears).ToList();
        if (arrears.Count > 0)
        {
            var months = arrears.Select(e => e.Month).Distinct().Order().Select(m => m.ToString());
            words.Add($"补发 {string.Join('、', months)}　{arrears.Aggregate(Money.Zero, (sum, e) => sum + e.Amount)}");
        }

        if (deducted > Money.Zero)
        {
            var left = source.Recoveries.Aggregate(Money.Zero, (sum, r) => sum + r.Left) - deducted;
            words.Add($"扣回 {deducted}（余 {left}）");
        }

        return words.Count > 0 ? string.Join('；', words) : "不变";
    }

    private static string? Comparison(PaymentLine line, PaymentSource source)
    {
        var before = source.Previous ?? Money.Zero;
        return line.Change switch
        {
            PaymentChange.New => "新增",
            PaymentChange.Raised => $"增 {line.Regular - before}",
            PaymentChange.Lowered => $"减 {before - line.Regular}",
            PaymentChange.Stopped => $"停发：{source.EndReason ?? "见停发决定"}",
            _ => null,
        };
    }
}
