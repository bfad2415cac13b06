using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// Monthly income of a household (Dibao-57 Art. 13): yearly sums of what is counted less deductions, divided by twelve
/// without rounding, never below zero. Shared by every programme that is means-tested.
/// </summary>
internal static class IncomeAssessment
{
    public static Exact Of(PolicyBook policy, HouseholdFacts facts, IEnumerable<MemberFacts> members, DateOnly day, AssessmentLines lines)
    {
        var sum = Exact.Zero;
        foreach (var member in members)
        {
            foreach (var item in member.Income)
            {
                sum += Item(policy, facts, member, item, day, lines);
            }
        }

        foreach (var obligor in facts.Obligors)
        {
            sum += Support(policy, facts, obligor, day, lines);
        }

        return Exact.Max(sum, Exact.Zero);
    }

    private static Exact Item(PolicyBook policy, HouseholdFacts facts, MemberFacts member, IncomeItem item, DateOnly day, AssessmentLines lines)
    {
        var monthly = Exact.Of(item.YearlyAmount) / 12;
        var name = $"{member.Name}：{NameOf(item.Kind)}{(item.Note.Length > 0 ? $"（{item.Note}）" : "")}";
        switch (item.Kind)
        {
            case IncomeKind.Exempt:
                lines.Add("exempt", name, $"按规定不计入收入（月均{monthly}元）", Exact.Zero);
                return Exact.Zero;
            case IncomeKind.RigidExpenditure:
                lines.Add("deduction", name, $"12个月自负 {item.YearlyAmount} ÷ 12，扣减", -monthly);
                return -monthly;
            case IncomeKind.CentralBasicPension:
                return CentralPension(policy, facts, item, name, lines);
            case IncomeKind.Wage:
                lines.Add("income", name, $"12个月合计 {item.YearlyAmount} ÷ 12", monthly);
                var rate = policy.Permyriad(PolicyKeys.EmploymentDeduction, day);
                var cost = monthly.Permyriad(rate);
                lines.Add("deduction", $"{member.Name}：就业成本", $"工资性收入的{Percent(rate)}，扣减", -cost);
                return monthly - cost;
            default:
                lines.Add("income", name, $"12个月合计 {item.YearlyAmount} ÷ 12", monthly);
                return monthly;
        }
    }

    private static Exact CentralPension(PolicyBook policy, HouseholdFacts facts, IncomeItem item, string name, AssessmentLines lines)
    {
        var counted = Enumerable.Range(0, 12).Count(back => !policy.IsOn(PolicyKeys.CentralPensionExempt, facts.IncomeTo.Plus(-back).FirstDay));
        var monthly = Exact.Of(item.YearlyAmount) * counted / 144;
        var reason = counted switch
        {
            0 => $"按规定不计入收入（12个月合计 {item.YearlyAmount}）",
            12 => $"免计规定已到期，12个月合计 {item.YearlyAmount} ÷ 12",
            _ => $"12个月中有{counted}个月免计规定已到期：{item.YearlyAmount} × {counted}/12 ÷ 12",
        };
        lines.Add(counted == 0 ? "exempt" : "income", name, reason, monthly);
        return monthly;
    }

    private static Exact Support(PolicyBook policy, HouseholdFacts facts, ObligorFacts obligor, DateOnly day, AssessmentLines lines)
    {
        if (obligor.IsRecipient)
        {
            lines.Add("support", $"{obligor.Name}：赡养、抚养、扶养费", "义务人是特困、低保或低保边缘家庭，不计", Exact.Zero);
            return Exact.Zero;
        }

        var standard = policy.Amount(PolicyKeys.DibaoStandard, day, facts.AreaType);
        var factor = policy.Permyriad(PolicyKeys.ObligorFactor, day);
        var rate = policy.Permyriad(PolicyKeys.ObligorRate, day);
        var kept = Exact.Of(standard * obligor.HouseholdMembers).Permyriad(factor);
        var owed = Exact.Max(obligor.HouseholdMonthlyIncome - kept, Exact.Zero).Permyriad(rate) / obligor.PersonsToSupport * obligor.SupportedHere;
        lines.Add(
            "support",
            $"{obligor.Name}：赡养、抚养、扶养费",
            $"（{obligor.HouseholdMonthlyIncome} − {kept}）× {Percent(rate)} ÷ {obligor.PersonsToSupport} 人 × 本户 {obligor.SupportedHere} 人，低于零按零计",
            owed);
        return owed;
    }

    private static string Percent(long permyriad) => $"{permyriad / 100m:0.##}%";

    private static string NameOf(IncomeKind kind) => kind switch
    {
        IncomeKind.Wage => "工资性收入",
        IncomeKind.NetBusiness => "经营净收入",
        IncomeKind.NetProperty => "财产净收入",
        IncomeKind.NetTransfer => "转移净收入",
        IncomeKind.Support => "赡养、抚养、扶养费",
        IncomeKind.CentralBasicPension => "中央基础养老金",
        IncomeKind.Exempt => "不计入的收入",
        IncomeKind.RigidExpenditure => "刚性支出",
        _ => "其他收入",
    };
}
