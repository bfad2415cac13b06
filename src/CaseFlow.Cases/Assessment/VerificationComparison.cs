using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Assessment;

/// <summary>Whether what the verification platform found departs from what was declared by more than the tolerance (domain L; local choice).</summary>
public static class VerificationComparison
{
    /// <summary>Income: inconsistent if found exceeds declared by more than the tolerated part of declared.</summary>
    public static bool IncomeIsInconsistent(PolicyBook policy, Money declared, Money found, DateOnly day) =>
        found - declared > Exact.Of(declared).Permyriad(policy.Permyriad(PolicyKeys.ToleranceIncome, day));

    /// <summary>Assets: inconsistent if found exceeds declared by more than the tolerated amount.</summary>
    public static bool AssetsAreInconsistent(PolicyBook policy, Money declared, Money found, DateOnly day) =>
        found - declared > policy.Amount(PolicyKeys.ToleranceAssets, day);
}
