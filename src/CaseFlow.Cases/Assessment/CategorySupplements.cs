using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// 分类施保 (SAR 12, Dibao-57 Art. 27; the rates are local choices): a part of the area's standard for the severely disabled,
/// the seriously ill, the elderly and minors; per person the highest only. Age is that on the first day of the benefit month.
/// </summary>
internal static class CategorySupplements
{
    public static Exact Of(PolicyBook policy, IReadOnlyList<MemberFacts> members, Money standard, Month month, AssessmentLines lines)
    {
        var sum = Exact.Zero;
        foreach (var member in members)
        {
            if (Highest(policy, member, month.FirstDay) is not { } best)
            {
                continue;
            }

            var amount = Exact.Of(standard).Permyriad(best.Rate);
            lines.Add("supplement", $"{member.Name}：分类施保", $"{best.Reason}，标准 {standard} × {best.Rate / 100m:0.##}%（同一人只取最高一项）", amount);
            sum += amount;
        }

        return sum;
    }

    private static (long Rate, string Reason)? Highest(PolicyBook policy, MemberFacts member, DateOnly day)
    {
        var age = member.AgeOn(day);
        var fitting = new List<(long Rate, string Reason)>();
        AddIf(member.IsSeverelyDisabled, PolicyKeys.SupplementSevereDisability, "重度残疾");
        AddIf(member.Has(PersonConditionKind.SeriousIllness), PolicyKeys.SupplementSeriousIllness, "重病");
        AddIf(age >= policy.Count(PolicyKeys.ElderlyAge, day), PolicyKeys.SupplementElderly, $"{age}周岁老年人");
        AddIf(age < policy.Count(PolicyKeys.MajorityAge, day), PolicyKeys.SupplementMinor, "未成年人");
        return fitting.Count == 0 ? null : fitting.MaxBy(item => item.Rate);

        void AddIf(bool fits, string key, string reason)
        {
            if (fits)
            {
                fitting.Add((policy.Permyriad(key, day), reason));
            }
        }
    }
}
