namespace CaseFlow.Cases.Assessment;

/// <summary>Keys of the figures that the domain itself asks for. Their values, sources and dates stand in <c>policy/</c>.</summary>
public static class PolicyKeys
{
    /// <summary>Monthly standard per person, by area.</summary>
    public const string DibaoStandard = "dibao.standard";

    /// <summary>Part of wages deducted as employment cost.</summary>
    public const string EmploymentDeduction = "dibao.employmentDeduction";

    /// <summary>Whether the centrally set basic pension is exempt, by the month in which it arose.</summary>
    public const string CentralPensionExempt = "dibao.exempt.centralBasicPension";

    /// <summary>Factor of the standard below which a household is borderline.</summary>
    public const string BorderlineFactor = "dibao.borderline.factor";

    /// <summary>Months of the urban standard per member that financial assets may reach.</summary>
    public const string FinancialAssetMonths = "dibao.property.financialAssetMonths";

    /// <summary>Dwellings that a household may own.</summary>
    public const string Dwellings = "dibao.property.dwellings";

    /// <summary>Multiple of the standard per member that an obligor's household keeps.</summary>
    public const string ObligorFactor = "dibao.obligor.factor";

    /// <summary>Part of the rest that counts as support.</summary>
    public const string ObligorRate = "dibao.obligor.rate";

    /// <summary>Supplement for severe disability.</summary>
    public const string SupplementSevereDisability = "dibao.supplement.severeDisability";

    /// <summary>Supplement for serious illness.</summary>
    public const string SupplementSeriousIllness = "dibao.supplement.seriousIllness";

    /// <summary>Supplement for the elderly.</summary>
    public const string SupplementElderly = "dibao.supplement.elderly";

    /// <summary>Supplement for minors.</summary>
    public const string SupplementMinor = "dibao.supplement.minor";

    /// <summary>Age from which a person is elderly for the supplement.</summary>
    public const string ElderlyAge = "dibao.supplement.elderlyAge";

    /// <summary>Age from which a person is no longer a minor.</summary>
    public const string MajorityAge = "person.majorityAge";

    /// <summary>Months of the gradual exit period.</summary>
    public const string GradualExitMonths = "dibao.gradualExit.months";

    /// <summary>Longest suspension of payment, in months.</summary>
    public const string SuspensionMaxMonths = "dibao.suspension.maxMonths";

    /// <summary>Whether class C may be proposed.</summary>
    public const string ReviewProposeC = "review.proposeC";

    /// <summary>Over how many days of the due month reviews start.</summary>
    public const string ReviewStartSpread = "review.startSpreadDays";

    /// <summary>Highest deviation of income between declared and found that needs no explanation.</summary>
    public const string ToleranceIncome = "verification.tolerance.income";

    /// <summary>Highest deviation of assets between declared and found that needs no explanation.</summary>
    public const string ToleranceAssets = "verification.tolerance.assets";

    /// <summary>Interval of a review class (<c>A</c>, <c>B</c>, <c>C</c>), in months.</summary>
    public static string ReviewInterval(string reviewClass) => $"review.interval.{reviewClass}";
}
