using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Tests.Assessment;

/// <summary>The table of the domain document, section K: numbers in the names are its rows. Standards 600 / 410.</summary>
public class Dibao_amounts
{
    private static readonly DateOnly Decided = new(2026, 4, 2);
    private static readonly Month From = Month.Of(2026, 5);

    [Fact]
    public void K1_urban_single_with_other_income() => Grants(250, Urban(Adult(45) with { Income = [Other(350)] }));

    [Fact]
    public void K2_urban_couple_and_child_with_one_wage() =>
        Grants(820, Urban(Adult(40) with { Income = [Wage(1_300)] }, Adult(38), Adult(9)));

    [Fact]
    public void K3_rural_couple_of_73_with_the_central_pension_exempt()
    {
        MemberFacts Old() => Adult(73) with { Income = [Monthly(IncomeKind.CentralBasicPension, 93), Monthly(IncomeKind.NetTransfer, 20)] };
        var facts = Rural(Old() with { Income = [.. Old().Income, new IncomeItem(IncomeKind.NetBusiness, Money.FromYuan(2_400), "土地")] }, Old());
        var result = Assess(facts with { IncomeTo = Month.Of(2021, 8) }, new DateOnly(2021, 9, 10), Month.Of(2021, 10), 2021);
        Assert.Equal(Money.FromYuan(662), result.Amount);
    }

    [Fact]
    public void K4_grade_one_disabled_adult_alone_from_a_borderline_family()
    {
        var disabled = Adult(30) with { Conditions = [new ConditionItem(PersonConditionKind.Disability, 1, "limb")] };
        var facts = Urban(Adult(58) with { Income = [Other(1_560)] }, disabled) with { SinglePerson = disabled.PersonId };
        Grants(720, facts);
    }

    [Fact]
    public void K5_urban_couple_with_pension_and_self_paid_illness()
    {
        var ill = Adult(50) with
        {
            Income = [Monthly(IncomeKind.NetTransfer, 1_150), Monthly(IncomeKind.RigidExpenditure, 900)],
            Conditions = [new ConditionItem(PersonConditionKind.SeriousIllness)],
        };
        Grants(1_070, Urban(ill, Adult(49)));
    }

    [Fact]
    public void K6_rural_family_of_four_with_wages() =>
        Grants(522, Rural(Adult(40) with { Income = [new IncomeItem(IncomeKind.Wage, Money.FromYuan(18_000))] }, Adult(38), Adult(9), Adult(6)));

    [Fact]
    public void K7_above_the_standard_but_borderline()
    {
        var result = Assess(Urban(Adult(40) with { Income = [Other(1_900)] }, Adult(38), Adult(20)));
        Assert.Equal((false, "income", true, Money.Zero), (result.Eligible, result.RefusalGround, result.BorderlineOffered, result.Amount));
        Assert.Equal("≈633.33", result.PerCapitaIncome.ToString());
    }

    [Fact]
    public void K8_P1_exactly_the_standard_is_not_below_it()
    {
        var result = Assess(Urban(Adult(40) with { Income = [Other(1_200)] }, Adult(38)));
        Assert.Equal((false, "income"), (result.Eligible, result.RefusalGround));
        var oneFenBelow = Adult(40) with { Income = [new IncomeItem(IncomeKind.Other, new Money(1_440_000 - 1))] };
        Assert.True(Assess(Urban(oneFenBelow, Adult(38))).Eligible);
    }

    [Fact]
    public void K9_deposits_above_the_limit()
    {
        MemberFacts With(long yuan) => Adult(40) with { Income = [Other(300)], Property = [new PropertyItem(PropertyKind.FinancialAsset, Money.FromYuan(yuan))] };
        var result = Assess(Urban(With(46_000), Adult(38), Adult(20)));
        Assert.Equal((false, "property", Money.Zero), (result.Eligible, result.RefusalGround, result.Amount));
        Assert.True(Assess(Urban(With(43_200), Adult(38), Adult(20))).Eligible);
        Assert.False(Assess(Urban(With(43_201), Adult(38), Adult(20))).Eligible);
    }

    [Fact]
    public void K10_P11_rounded_once_per_household_from_twelve_months()
    {
        var result = Assess(Urban(Adult(40) with { Income = [new IncomeItem(IncomeKind.Other, Money.FromYuan(12_400))] }, Adult(38), Adult(20)));
        Assert.Equal(Money.FromYuan(767), result.Amount);
        Assert.False(result.MonthlyIncome.IsWholeFen);
        Assert.Equal(1_240_000, result.YearlyIncomeFen);
    }

    [Fact]
    public void K11_a_raise_is_paid_by_the_standard_of_each_month_with_arrears()
    {
        var facts = Urban(Adult(40) with { Income = [Other(640)] }, Adult(38)) with { IncomeTo = Month.Of(2021, 3) };
        Money Due(Month month) => AssessIn(facts, month).Amount;
        Assert.Equal(Money.FromYuan(460), AssessIn(facts, Month.Of(2021, 6)).Amount);
        Assert.Equal(Money.FromYuan(560), Due(Month.Of(2021, 9)));
        var arrears = BenefitCorrection.Between(Month.Of(2021, 7), Month.Of(2021, 8), _ => Money.FromYuan(460), Due);
        Assert.Equal([(Month.Of(2021, 7), Money.FromYuan(100)), (Month.Of(2021, 8), Money.FromYuan(100))], arrears);
    }

    [Fact]
    public void K12_a_death_told_late_is_recovered_by_month()
    {
        var earner = Adult(40) with { Income = [Other(500)] };
        var all = Rural(earner, Adult(38), Adult(65));
        var left = Rural(earner, Adult(38));
        Grants(730, all);
        Grants(320, left);
        var recovery = BenefitCorrection.Between(
            Month.Of(2026, 5), Month.Of(2026, 7), _ => Money.FromYuan(730), month => Money.FromYuan(month > Month.Of(2026, 5) ? 320 : 730));
        Assert.Equal([(Month.Of(2026, 6), Money.FromYuan(-410)), (Month.Of(2026, 7), Money.FromYuan(-410))], recovery);
    }

    [Fact]
    public void K13_the_standard_is_that_of_the_applicants_hukou_community() =>
        Grants(520, Rural(Adult(40) with { Income = [Other(300)] }, Adult(38)));

    [Fact]
    public void K14_P12_prisoner_out_student_in()
    {
        var facts = Urban(
            Adult(44) with { Income = [Wage(1_500)] },
            Adult(20) with { Conditions = [new ConditionItem(PersonConditionKind.FullTimeStudent)] },
            Adult(9),
            Adult(46) with { Counts = false, NotCountedReason = "服刑", Income = [Other(5_000)] });
        var result = Grants(660, facts);
        Assert.Equal(3, result.Members);
        Assert.Contains(result.Lines, line => line.Code == "member" && line.Reason == "服刑");
    }

    [Fact]
    public void K15_a_sons_duty_of_support_counts()
    {
        var facts = Urban(Adult(75));
        Grants(460, facts with { Obligors = [new ObligorFacts("儿子", Exact.Of(Money.FromYuan(4_000)), 3)] });
        Grants(660, facts with { Obligors = [new ObligorFacts("儿子", Exact.Of(Money.FromYuan(3_600)), 3)] });
        Grants(660, facts with { Obligors = [new ObligorFacts("儿子", Exact.Of(Money.FromYuan(9_000)), 3, IsRecipient: true)] });
    }

    [Fact]
    public void K16_work_lifts_the_income_and_the_last_amount_goes_on_for_six_months()
    {
        var now = Assess(Urban(Adult(40) with { Income = [Wage(2_600)] }, Adult(38), Adult(9)));
        Assert.Equal("≈693.33", now.PerCapitaIncome.ToString());
        Assert.Equal(
            new GradualExitDecision(GradualExitKind.KeepForATime, Money.FromYuan(820), Month.Of(2026, 5), Month.Of(2026, 10)),
            GradualExit.Decide(Shipped.Policy, now, Money.FromYuan(820), byEmployment: true, Decided));
        Assert.Equal(GradualExitKind.Stop, GradualExit.Decide(Shipped.Policy, now, Money.FromYuan(820), byEmployment: false, Decided).Kind);
        var far = Assess(Urban(Adult(40) with { Income = [Wage(3_375)] }, Adult(38), Adult(9)));
        Assert.Equal(GradualExitKind.Stop, GradualExit.Decide(Shipped.Policy, far, Money.FromYuan(820), byEmployment: true, Decided).Kind);
    }

    [Fact]
    public void P13_the_familys_income_only_serves_the_borderline_test()
    {
        var disabled = Adult(30) with { Conditions = [new ConditionItem(PersonConditionKind.Disability, 3, "mental")] };
        HouseholdFacts Family(long income) => Urban(Adult(58) with { Income = [Other(income)] }, disabled) with { SinglePerson = disabled.PersonId };
        Grants(720, Family(1_799));
        Assert.Equal("single-person", Assess(Family(1_800)).RefusalGround);
        var healthy = Adult(30);
        Assert.Equal("single-person", Assess(Urban(Adult(58), healthy) with { SinglePerson = healthy.PersonId }).RefusalGround);
        var limb3 = Adult(30) with { Conditions = [new ConditionItem(PersonConditionKind.Disability, 3, "limb")] };
        Assert.Equal("single-person", Assess(Urban(Adult(58), limb3) with { SinglePerson = limb3.PersonId }).RefusalGround);
    }

    [Fact]
    public void One_person_gets_the_highest_supplement_only()
    {
        var old = Adult(80) with { Conditions = [new ConditionItem(PersonConditionKind.SeriousIllness), new ConditionItem(PersonConditionKind.Disability, 2, "sight")] };
        var result = Grants(720, Urban(old));
        Assert.Single(result.Lines, line => line.Code == "supplement");
    }

    [Fact]
    public void Ages_are_those_of_the_first_day_of_the_benefit_month()
    {
        MemberFacts BornOn(int month, int day) => Adult(70) with { BirthDate = new DateOnly(1956, month, day) };
        Grants(660, Urban(BornOn(5, 1)));
        Grants(600, Urban(BornOn(5, 2)));
    }

    [Fact]
    public void The_central_pension_counts_for_the_months_after_its_exemption_ended()
    {
        // 12 months to March 2026: January to March 2026 are after 2025-12-31, so 3 of 12 × 93 = 23.25 a month counts.
        var facts = Urban(Adult(60) with { Income = [Monthly(IncomeKind.CentralBasicPension, 93)] }) with { IncomeTo = Month.Of(2026, 3) };
        Assert.Equal(Exact.Of(new Money(2_325)), Assess(facts).MonthlyIncome);
    }

    [Fact]
    public void Persons_paid_under_tekun_or_a_child_programme_do_not_count()
    {
        var result = Grants(1_200, Urban(Adult(40), Adult(38), Adult(9) with { PaidElsewhere = true, Income = [Other(1_100)] }));
        Assert.Equal(2, result.Members);
    }

    [Fact]
    public void Every_line_of_the_arithmetic_survives_its_storage()
    {
        var result = Assess(Urban(Adult(40) with { Income = [Wage(1_300)] }, Adult(38), Adult(9)));
        Assert.Equal(result.Lines, AssessmentResult.ReadLines(result.LinesJson()));
        Assert.Equal(Enumerable.Range(1, result.Lines.Count), result.Lines.Select(line => line.Number));
        Assert.Equal(Money.FromYuan(820), result.Lines[^1].Amount);
        Assert.Contains(result.Lines, line => line.Code == "deduction" && line.Amount == Money.FromYuan(-260));
    }

    [Theory]
    [InlineData(false, false, "A")]
    [InlineData(true, false, "B")]
    [InlineData(false, true, "B")]
    [InlineData(true, true, "B")]
    public void The_review_class_follows_from_income_and_ability_to_work(bool uncertain, bool able, string expected)
    {
        List<ConditionItem> conditions = [];
        if (uncertain)
        {
            conditions.Add(new ConditionItem(PersonConditionKind.UncertainIncome));
        }

        if (able)
        {
            conditions.Add(new ConditionItem(PersonConditionKind.AbleBodied));
        }

        Assert.Equal(expected, ReviewClassProposal.For(Shipped.Policy, [Adult(40) with { Conditions = conditions }], Decided).Class);
    }

    [Fact]
    public void Nobody_who_counts_is_a_ground_of_its_own() =>
        Assert.Equal("members", Assess(Urban(Adult(40) with { Counts = false })).RefusalGround);

    [Fact]
    public void Verification_tolerates_ten_per_cent_of_income_and_five_thousand_yuan_of_assets()
    {
        Assert.False(VerificationComparison.IncomeIsInconsistent(Shipped.Policy, Money.FromYuan(1_000), Money.FromYuan(1_100), Decided));
        Assert.True(VerificationComparison.IncomeIsInconsistent(Shipped.Policy, Money.FromYuan(1_000), new Money(110_001), Decided));
        Assert.False(VerificationComparison.AssetsAreInconsistent(Shipped.Policy, Money.FromYuan(1_000), Money.FromYuan(6_000), Decided));
        Assert.True(VerificationComparison.AssetsAreInconsistent(Shipped.Policy, Money.FromYuan(1_000), new Money(600_001), Decided));
    }

    private static AssessmentResult Grants(long yuan, HouseholdFacts facts)
    {
        var result = Assess(facts);
        Assert.True(result.Eligible, string.Join('\n', result.Lines));
        Assert.Equal(Money.FromYuan(yuan), result.Amount);
        return result;
    }

    private static AssessmentResult Assess(HouseholdFacts facts) => DibaoAssessment.Assess(Shipped.Policy, facts, Decided, From);

    private static AssessmentResult Assess(HouseholdFacts facts, DateOnly decided, Month from, int year)
    {
        Assert.Equal(year, decided.Year);
        var shifted = facts with { Members = [.. facts.Members.Select(member => member with { BirthDate = member.BirthDate.AddYears(year - 2026) })] };
        return DibaoAssessment.Assess(Shipped.Policy, shifted, decided, from);
    }

    private static AssessmentResult AssessIn(HouseholdFacts facts, Month month) =>
        DibaoAssessment.Assess(Early, facts, month.FirstDay, month);

    /// <summary>The shipped figures are in force since July 2021; row 11 looks at June too.</summary>
    private static PolicyBook Early { get; } = new(
        Shipped.Folder.Figures.Select(row => row.Key == PolicyKeys.DibaoStandard || row.ValidFrom != new DateOnly(2021, 7, 1)
            ? row
            : new PolicyFigure { Key = row.Key, AreaType = row.AreaType, Value = row.Value, Unit = row.Unit, ValidFrom = new DateOnly(2021, 1, 1), ValidTo = row.ValidTo }),
        []);

    private static HouseholdFacts Urban(params MemberFacts[] members) => new(AreaType.Urban, members, [], Month.Of(2025, 12));

    private static HouseholdFacts Rural(params MemberFacts[] members) => new(AreaType.Rural, members, [], Month.Of(2025, 12));

    private static MemberFacts Adult(int age) => new() { PersonId = Id<Person>.New(), Name = $"{age}岁", BirthDate = new DateOnly(2026 - age, 2, 1) };

    private static IncomeItem Wage(long yuan) => Monthly(IncomeKind.Wage, yuan);

    private static IncomeItem Other(long yuan) => Monthly(IncomeKind.Other, yuan);

    private static IncomeItem Monthly(IncomeKind kind, long yuan) => new(kind, Money.FromYuan(yuan * 12));
}
