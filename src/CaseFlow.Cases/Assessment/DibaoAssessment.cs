using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// 低保 eligibility and amount (SAR 9, Dibao-57 Art. 7, 8, 13, 14, 23): income strictly below the standard and property
/// within limits on the day of decision; 补差 by the standard of the benefit month, rounded up once per household.
/// </summary>
public static class DibaoAssessment
{
    /// <summary>Assesses a household.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="facts">The household.</param>
    /// <param name="decisionDay">Day of the decision; eligibility is by its standard.</param>
    /// <param name="benefitMonth">First benefit month; the amount is by its standard, ages by its first day.</param>
    /// <param name="agesAt">
    /// Month whose first day gives ages and rates of the supplements, if not <paramref name="benefitMonth"/>: a raise changes the
    /// standard alone, and takes over all else from the calculation on which the benefit rests.
    /// </param>
    /// <exception cref="RefusedException">A figure is missing.</exception>
    public static AssessmentResult Assess(PolicyBook policy, HouseholdFacts facts, DateOnly decisionDay, Month benefitMonth, Month? agesAt = null)
    {
        var lines = new AssessmentLines();
        var context = new Context(policy, facts, decisionDay, benefitMonth, agesAt ?? benefitMonth, lines);
        var family = Members(facts, lines);
        if (facts.SinglePerson is not { } single)
        {
            return family.Count == 0 ? context.Refuse("members", family, Exact.Zero) : context.Household(family);
        }

        // Clergy who have been away for years are no members of the family, and yet may apply alone (Art. 7 and 8).
        var alone = facts.Members.Where(member => member.PersonId == single && !member.PaidElsewhere && (member.Counts || member.IsClergy)).ToList();
        family = alone.Count == 1 && !family.Contains(alone[0]) ? [.. family, alone[0]] : family;
        return alone.Count == 1 ? context.Alone(family, alone) : context.Refuse("members", family, Exact.Zero);
    }

    private static List<MemberFacts> Members(HouseholdFacts facts, AssessmentLines lines)
    {
        foreach (var member in facts.Members.Where(member => !member.IsAssessed))
        {
            lines.Add("member", $"{member.Name}：不计入", member.PaidElsewhere ? "已由特困或儿童保障供养" : member.NotCountedReason ?? "不属于共同生活的家庭成员");
        }

        return [.. facts.Members.Where(member => member.IsAssessed)];
    }

    private sealed record Context(PolicyBook Policy, HouseholdFacts Facts, DateOnly DecisionDay, Month BenefitMonth, Month AgesAt, AssessmentLines Lines)
    {
        private Money Standard => Policy.Amount(PolicyKeys.DibaoStandard, DecisionDay, Facts.AreaType);

        private Money BenefitStandard => Policy.Amount(PolicyKeys.DibaoStandard, BenefitMonth.FirstDay, Facts.AreaType);

        public AssessmentResult Household(List<MemberFacts> members)
        {
            var income = Income(members);
            var within = PropertyAssessment.IsWithinLimits(Policy, members, DecisionDay, Lines);
            if (!(income < Standard * members.Count))
            {
                return Refuse("income", members, income, within && IsBorderline(income, members.Count));
            }

            return within ? Grant(members, income) : Refuse("property", members, income);
        }

        /// <summary>Art. 8: the family's income serves the borderline test alone; the amount is by the person's own income.</summary>
        public AssessmentResult Alone(List<MemberFacts> family, List<MemberFacts> alone)
        {
            var familyIncome = Income(family);
            var within = PropertyAssessment.IsWithinLimits(Policy, family, DecisionDay, Lines);
            var qualifies = alone[0].IsSeverelyDisabled || alone[0].Has(PersonConditionKind.SeriousIllness) || alone[0].IsClergy;
            Lines.Add("single-person", $"{alone[0].Name}：单独申请", qualifies ? "重度残疾、重病或宗教教职人员，符合单独申请的身份" : "不属于可以单独申请的人员");
            if (!qualifies || !IsBorderline(familyIncome, family.Count))
            {
                return Refuse("single-person", family, familyIncome);
            }

            if (!within)
            {
                return Refuse("property", family, familyIncome);
            }

            var own = Exact.Max(IncomeAssessment.Of(Policy, Facts with { Obligors = [] }, alone, DecisionDay, Lines), Exact.Zero);
            Lines.Add("total-income", "本人月收入", "单独申请只计本人收入", own);
            return own < Standard ? Grant(alone, own) : Refuse("income", alone, own);
        }

        public AssessmentResult Refuse(string ground, List<MemberFacts> members, Exact income, bool borderline = false) => new()
        {
            Eligible = false,
            RefusalGround = ground,
            BorderlineOffered = borderline,
            Amount = Money.Zero,
            Members = members.Count,
            MonthlyIncome = income,
            PerCapitaIncome = members.Count == 0 ? Exact.Zero : income / members.Count,
            Standard = Standard,
            BenefitStandard = BenefitStandard,
            Supplements = Money.Zero,
            Lines = Lines.All,
        };

        private Exact Income(List<MemberFacts> members)
        {
            var income = IncomeAssessment.Of(Policy, Facts, members, DecisionDay, Lines);
            Lines.Add("total-income", "家庭月收入", "计入项目合计减扣减项目，不取整", income);
            var perCapita = income / members.Count;
            var below = income < Standard * members.Count;
            Lines.Add("per-capita", "月人均收入", $"{income} ÷ {members.Count} 人，{(below ? "低于" : "不低于")}标准 {Standard}", perCapita);
            return income;
        }

        private bool IsBorderline(Exact income, int members) =>
            income < Exact.Of(Standard * members).Permyriad(Policy.Permyriad(PolicyKeys.BorderlineFactor, DecisionDay));

        private AssessmentResult Grant(List<MemberFacts> members, Exact income)
        {
            var row = Policy.Get(PolicyKeys.DibaoStandard, BenefitMonth.FirstDay, Facts.AreaType);
            var total = BenefitStandard * members.Count;
            Lines.Add("standard", "保障标准", $"{BenefitMonth} 标准 {BenefitStandard} × {members.Count} 人（{row.Source}）", total);
            var difference = Exact.Max(total - income, Exact.Zero);
            Lines.Add("base", "补差", $"{total} − {income}", difference);
            var supplements = CategorySupplements.Of(Policy, members, BenefitStandard, AgesAt, Lines);
            var amount = (difference + supplements).CeilToYuan();
            Lines.Add("amount", "月保障金额", $"{difference} + {supplements}，按户一次见角进元", amount);
            return new AssessmentResult
            {
                Eligible = true,
                Amount = amount,
                Members = members.Count,
                MonthlyIncome = income,
                PerCapitaIncome = income / members.Count,
                Standard = Standard,
                BenefitStandard = BenefitStandard,
                Supplements = supplements.RoundToFen(),
                Lines = Lines.All,
            };
        }
    }
}
