using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// Property limits (Dibao-57 Art. 14; the limits are local choices): financial assets up to a number of months of the urban
/// standard per member, one dwelling, no vehicle except for disability or livelihood, no operating company. Indicators such
/// as school fees or travel abroad are never a refusal by themselves and are not asked here.
/// </summary>
internal static class PropertyAssessment
{
    public static bool IsWithinLimits(PolicyBook policy, IReadOnlyList<MemberFacts> members, DateOnly day, AssessmentLines lines)
    {
        var items = members.SelectMany(member => member.Property).Where(item => !item.Exempt).ToList();
        return FinancialAssets(policy, items, members.Count, day, lines)
            & Number(items, PropertyKind.Dwelling, "住房", "套", policy.Count(PolicyKeys.Dwellings, day), lines)
            & Number(items, PropertyKind.MotorVehicle, "机动车辆", "辆", 0, lines)
            & Number(items, PropertyKind.Company, "经营性企业", "家", 0, lines);
    }

    private static bool FinancialAssets(PolicyBook policy, List<PropertyItem> items, int members, DateOnly day, AssessmentLines lines)
    {
        var sum = items.Where(item => item.Kind == PropertyKind.FinancialAsset).Aggregate(Money.Zero, (total, item) => total + item.Amount);
        var months = policy.Count(PolicyKeys.FinancialAssetMonths, day);
        var urban = policy.Amount(PolicyKeys.DibaoStandard, day, AreaType.Urban);
        var limit = urban * months * members;
        lines.Add("property", "金融资产", $"上限 {months} × 城市标准 {urban} × {members} 人 = {limit}，{(sum <= limit ? "符合" : "超过")}", sum);
        return sum <= limit;
    }

    private static bool Number(List<PropertyItem> items, PropertyKind kind, string name, string unit, int limit, AssessmentLines lines)
    {
        var count = items.Where(item => item.Kind == kind).Sum(item => item.Count);
        if (count > 0)
        {
            lines.Add("property", name, $"{count}{unit}，上限{limit}{unit}，{(count <= limit ? "符合" : "超过")}");
        }

        return count <= limit;
    }
}
