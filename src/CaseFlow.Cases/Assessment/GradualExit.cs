using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Assessment;

/// <summary>
/// 渐退期 (Dibao-57 Art. 33; months and factor are local choices): where employment lifts income to or above the standard, the
/// last amount is kept for a time if income per head stays below the borderline factor; else the benefit stops.
/// </summary>
public static class GradualExit
{
    /// <summary>Decides on a household that was entitled and no longer is.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="now">The new assessment.</param>
    /// <param name="lastAmount">The amount of the last benefit month.</param>
    /// <param name="byEmployment">Whether employment is what lifted the income.</param>
    /// <param name="decisionDay">Day of the decision.</param>
    public static GradualExitDecision Decide(PolicyBook policy, AssessmentResult now, Money lastAmount, bool byEmployment, DateOnly decisionDay)
    {
        var effective = Month.Of(decisionDay).Plus(1);
        if (now.Eligible)
        {
            return new GradualExitDecision(GradualExitKind.StillEntitled, now.Amount, effective, null);
        }

        if (!byEmployment || now is not { RefusalGround: "income", BorderlineOffered: true })
        {
            return new GradualExitDecision(GradualExitKind.Stop, Money.Zero, effective, null);
        }

        var months = policy.Months(PolicyKeys.GradualExitMonths, decisionDay);
        return new GradualExitDecision(GradualExitKind.KeepForATime, lastAmount, effective, effective.Plus(months - 1));
    }
}

/// <summary>What becomes of the benefit.</summary>
public enum GradualExitKind
{
    /// <summary>Still entitled: no exit at all.</summary>
    StillEntitled,

    /// <summary>The last amount for some months, then stop.</summary>
    KeepForATime,

    /// <summary>Stop from the month after the decision.</summary>
    Stop,
}

/// <summary>The decision.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Amount">Monthly amount from <paramref name="From"/>.</param>
/// <param name="From">First month: the one after the decision.</param>
/// <param name="To">Last month of the period; null where there is none.</param>
public sealed record GradualExitDecision(GradualExitKind Kind, Money Amount, Month From, Month? To);
