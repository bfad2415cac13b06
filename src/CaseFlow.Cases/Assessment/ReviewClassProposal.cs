using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// The class of periodic review that the facts suggest (Dibao-57 Art. 31): A for stable income, B for uncertain income or
/// able-bodied members, C (an older, stricter local practice) where both meet and the policy switches it on. People decide.
/// </summary>
public static class ReviewClassProposal
{
    /// <summary>Proposes a class.</summary>
    public static (string Class, string Reason) For(PolicyBook policy, IEnumerable<MemberFacts> members, DateOnly day)
    {
        var assessed = members.Where(member => member.IsAssessed).ToList();
        var uncertain = assessed.Any(member => member.Has(PersonConditionKind.UncertainIncome));
        var able = assessed.Any(member => member.Has(PersonConditionKind.AbleBodied));
        return (uncertain, able) switch
        {
            (true, true) when policy.IsOn(PolicyKeys.ReviewProposeC, day) => ("C", "有劳动能力且收入不稳定"),
            (true, _) => ("B", "收入来源不固定"),
            (_, true) => ("B", "家庭成员有劳动能力"),
            _ => ("A", "收入相对稳定"),
        };
    }
}
