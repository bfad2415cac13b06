using System.Globalization;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Tests.Authority;

/// <summary>Section H of the domain document on the table as we ship it.</summary>
public class Delegation_table
{
    private static readonly Id<Person> Zhang = Id<Person>.New();

    [Theory]
    [InlineData("2026-04-02", 100_000, 1, "T1")]
    [InlineData("2026-04-02", 100_001, 1, "T2")]
    [InlineData("2026-04-02", 300_000, 3, "T1")]
    [InlineData("2026-04-02", 300_001, 3, "T2")]
    [InlineData("2026-04-02", 0, 1, "T1")]
    [InlineData("2021-03-16", 100_000, 1, "T1")]
    [InlineData("2021-03-15", 100_000, 1, "T0")]
    public void Emergency_relief_up_to_1000_yuan_per_person_stays_at_the_township(string day, long fen, int persons, string rule) =>
        Assert.Equal(rule, Decide(Relief(ReliefKind.Emergency, day, fen, persons)).Code);

    [Theory]
    [InlineData("2026-04-02", 360_000, 1, "T3")]
    [InlineData("2026-04-02", 360_001, 1, "T4")]
    [InlineData("2021-07-01", 360_000, 1, "T3")]
    [InlineData("2021-06-30", 330_000, 1, "T3")]
    [InlineData("2021-06-30", 330_001, 1, "T4")]
    [InlineData("2021-06-30", 360_000, 1, "T4")]
    [InlineData("2021-03-16", 330_000, 1, "T3")]
    [InlineData("2021-03-15", 1, 1, "T0")]
    [InlineData("2026-04-02", 720_000, 2, "T3")]
    [InlineData("2026-04-02", 720_001, 2, "T4")]
    public void Expenditure_relief_up_to_six_standards_of_the_decision_day_stays_at_the_township(string day, long fen, int persons, string rule) =>
        Assert.Equal(rule, Decide(Relief(ReliefKind.Expenditure, day, fen, persons)).Code);

    [Theory]
    [InlineData(60_000, 40_000, "T1")]
    [InlineData(60_001, 40_000, "T6")]
    [InlineData(60_000, 100_001, "T2")]
    public void Splitting_a_need_does_not_help(long before, long now, string rule) =>
        Assert.Equal(rule, Decide(Relief(ReliefKind.Emergency, "2026-04-02", now, 1, Had(before, before, 1))).Code);

    [Theory]
    [InlineData(360_000, 360_000, "T6")]
    [InlineData(359_999, 360_000, "T6")]
    [InlineData(0, 360_000, "T3")]
    public void The_window_counts_for_expenditure_relief_too(long before, long now, string rule) =>
        Assert.Equal(rule, Decide(Relief(ReliefKind.Expenditure, "2026-04-02", now, 1, Had(before, before, 1))).Code);

    [Fact]
    public void The_third_grant_of_a_year_goes_to_the_district()
    {
        Assert.Equal("T1", Decide(Relief(ReliefKind.Emergency, "2026-04-02", 100, 1, Had(100, 100, 1))).Code);
        Assert.Equal("T6", Decide(Relief(ReliefKind.Emergency, "2026-04-02", 100, 1, Had(200, 200, 2))).Code);
    }

    [Theory]
    [InlineData(360_000, 360_000, "T6")]
    [InlineData(360_001, 360_000, "T7")]
    public void More_than_twelve_standards_in_a_year_goes_to_the_director(long before, long now, string rule)
    {
        var decision = Decide(Relief(ReliefKind.Expenditure, "2026-04-02", now, 1, Had(before, before, 1)));
        Assert.Equal(rule, decision.Code);
        Assert.Equal(rule == "T7", decision.Route.Minutes);
    }

    [Fact]
    public void A_flag_or_a_complaint_lifts_relief_to_the_district_but_the_year_total_comes_first()
    {
        Assert.Equal("T5", Decide(Relief(ReliefKind.Emergency, "2026-04-02", 100, 1) with { OfficerRelative = true }).Code);
        Assert.Equal("T5", Decide(Relief(ReliefKind.Emergency, "2026-04-02", 100, 1) with { OpenComplaint = true }).Code);
        Assert.Equal("T7", Decide(Relief(ReliefKind.Emergency, "2026-04-02", 1, 1, Had(0, 720_000, 1)) with { OfficerRelative = true }).Code);
    }

    [Theory]
    [InlineData(ReliefKind.Emergency, 100_000, 99_999, "T2")]
    [InlineData(ReliefKind.Emergency, 100_000, 100_000, "T1")]
    [InlineData(ReliefKind.Expenditure, 360_000, 359_999, "T4")]
    public void A_reserve_that_is_too_small_takes_the_decision_to_the_district(ReliefKind kind, long fen, long balance, string rule) =>
        Assert.Equal(rule, Decide(Relief(kind, "2026-04-02", fen, 1) with { ReserveBalance = new Money(balance) }).Code);

    [Fact]
    public void Dibao_is_confirmed_by_the_district_leader_and_flagged_cases_by_the_director_after_a_visit()
    {
        var plain = Decide(Dibao());
        Assert.Equal(("D1", new RoutePost(OrganisationLevel.District, PostKind.LeaderInCharge), false), (plain.Code, plain.Route.Approve, plain.Route.DistrictVisit));
        Assert.Equal(2, Assert.Single(plain.Route.Verify).Count);
        foreach (var facts in new[] { Dibao() with { OfficerRelative = true }, Dibao() with { OpenComplaint = true } })
        {
            var flagged = Decide(facts);
            Assert.Equal(("D2", new RoutePost(OrganisationLevel.District, PostKind.BureauDirector), true), (flagged.Code, flagged.Route.Approve, flagged.Route.DistrictVisit));
            Assert.Contains(PostKind.DisciplineOfficer, flagged.Route.CopyTo);
        }
    }

    [Fact]
    public void Delegated_dibao_is_shipped_inactive_and_would_win_once_activated()
    {
        Assert.Equal("D1", Decide(Dibao()).Code);
        var rules = Shipped.Folder.Rules.Select(rule => Copy(rule, rule.Code == "D3" || rule.Active)).ToList();
        Assert.Empty(AuthorityTableCheck.Faults(rules, Shipped.Policy));
        Assert.Equal("D3", new AuthorityTable(rules, Shipped.Policy).Decide(Dibao()).Code);
    }

    [Fact]
    public void Emergency_relief_without_local_hukou_gets_the_duty_of_the_place_of_event()
    {
        var decision = Decide(Relief(ReliefKind.Emergency, "2026-04-02", 100, 1) with { LocalHukou = false });
        Assert.Equal(("T1", "A1"), (decision.Code, Assert.Single(decision.Duties)));
        Assert.Contains("户籍所在地", Assert.Single(decision.Route.Duties), StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_table_has_no_gap_and_no_overlap() =>
        Assert.Empty(AuthorityTableCheck.Faults(Shipped.Folder.Rules, Shipped.Policy));

    [Fact]
    public void A_gap_of_one_fen_is_found()
    {
        var rules = Shipped.Folder.Rules.Select(rule => Copy(rule, rule.Active)).ToList();
        var t2 = rules.Single(rule => rule.Code == "T2");
        t2.ConditionsJson = """[{"fact":"kind","op":"eq","value":"Emergency"},{"any":[{"fact":"amountPerPerson","op":"gt","value":100001},{"fact":"reserveCovers","op":"eq","value":false}]}]""";
        Assert.Contains(AuthorityTableCheck.Faults(rules, Shipped.Policy), fault => fault.Contains("没有任何规则", StringComparison.Ordinal));
    }

    [Fact]
    public void An_overlap_of_one_fen_is_found()
    {
        var rules = Shipped.Folder.Rules.Select(rule => Copy(rule, rule.Active)).ToList();
        var t2 = rules.Single(rule => rule.Code == "T2");
        t2.ConditionsJson = t2.ConditionsJson.Replace("\"gt\"", "\"gte\"", StringComparison.Ordinal);
        Assert.Contains(AuthorityTableCheck.Faults(rules, Shipped.Policy), fault => fault.Contains("T1、T2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cap_that_a_raise_of_the_standard_would_open_is_found_on_the_day_of_the_raise()
    {
        var rules = Shipped.Folder.Rules.Select(rule => Copy(rule, rule.Active)).ToList();
        var t4 = rules.Single(rule => rule.Code == "T4");
        t4.ConditionsJson = """[{"fact":"kind","op":"eq","value":"Expenditure"},{"any":[{"fact":"amountPerPerson","op":"gt","value":330000},{"fact":"reserveCovers","op":"eq","value":false}]}]""";
        Assert.Contains(AuthorityTableCheck.Faults(rules, Shipped.Policy), fault => fault.Contains("2021-07-01", StringComparison.Ordinal) && fault.Contains("T3、T4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("not json")]
    [InlineData("""[{"fact":"nobody","op":"eq","value":1}]""")]
    [InlineData("""[{"fact":"kind","op":"lt","value":"Emergency"}]""")]
    [InlineData("""[{"fact":"kind","op":"eq","value":true}]""")]
    [InlineData("""[{"fact":"openComplaint","op":"eq","value":"yes"}]""")]
    [InlineData("""[{"fact":"amount","op":"lte"}]""")]
    [InlineData("""[{"fact":"amount","op":"lte","value":1.5}]""")]
    [InlineData("""[{"fact":"amount","op":"lte","value":{"figure":"x","area":"Moon"}}]""")]
    public void Conditions_that_cannot_be_read_are_refused(string conditions) =>
        Assert.Throws<InvalidInputException>(() => AuthorityTableCheck.Faults(
            [new AuthorityRule { Code = "X", CaseTypes = "dibao", ConditionsJson = conditions, RouteJson = Shipped.Folder.Rules[0].RouteJson, ValidFrom = new DateOnly(2021, 1, 1) }], Shipped.Policy));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"approve":{"level":"District","post":"Emperor"}}""")]
    [InlineData("""{"approver":{"level":"District","post":"Reviewer"}}""")]
    public void Routes_that_name_no_approver_are_refused(string route) => Assert.Throws<InvalidInputException>(() => AuthorityRoute.Parse(route));

    [Fact]
    public void Without_a_rule_nobody_may_decide() =>
        Assert.Equal("no-authority-rule", Assert.Throws<RefusedException>(() => Decide(Dibao() with { DecisionDay = new DateOnly(2021, 6, 30) })).Refusal.Code);

    [Fact]
    public void Windows_reach_back_to_the_same_date_a_year_earlier_and_leave_out_what_was_reversed()
    {
        var day = new DateOnly(2026, 4, 2);
        var current = Id<Case>.New();
        ReliefGrant Grant(DateOnly decided, long fen, bool reversed = false, Id<Case>? caseId = null) =>
            new(Zhang, caseId ?? Id<Case>.New(), decided, Exact.Of(new Money(fen)), reversed);
        var sums = Assert.Single(ReliefWindow.For(
            [
                Grant(new DateOnly(2025, 4, 1), 1),
                Grant(new DateOnly(2025, 4, 2), 10),
                Grant(new DateOnly(2026, 1, 1), 100),
                Grant(new DateOnly(2026, 2, 1), 1_000, reversed: true),
                Grant(new DateOnly(2026, 3, 1), 10_000, caseId: current),
                Grant(new DateOnly(2026, 4, 2), 100_000),
            ],
            [Zhang],
            day,
            12,
            current));
        Assert.Equal((new Money(100_110), new Money(100_100), 2), (sums.InWindow.RoundToFen(), sums.InYear.RoundToFen(), sums.GrantsInYear));
    }

    [Fact]
    public void A_window_that_begins_on_a_leap_day_begins_on_the_28th()
    {
        var grants = new[] { new ReliefGrant(Zhang, Id<Case>.New(), new DateOnly(2023, 2, 28), Exact.Of(new Money(5))) };
        Assert.Equal(new Money(5), ReliefWindow.For(grants, [Zhang], new DateOnly(2024, 2, 29), 12, null)[0].InWindow.RoundToFen());
    }

    private static AuthorityDecision Decide(AuthorityFacts facts) => Shipped.Authority.Decide(facts);

    private static AuthorityFacts Dibao() => new() { CaseType = "dibao", DecisionDay = new DateOnly(2026, 4, 2), Amount = Money.FromYuan(820) };

    private static AuthorityFacts Relief(ReliefKind kind, string day, long fen, int persons, params ReliefSums[] had) => new()
    {
        CaseType = "relief",
        DecisionDay = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ReliefKind = kind,
        Amount = new Money(fen),
        PersonsHelped = persons,
        Relief = had,
        ReserveBalance = Money.FromYuan(100_000),
    };

    private static ReliefSums Had(long window, long year, int grants) => new(Zhang, Exact.Of(new Money(window)), Exact.Of(new Money(year)), grants);

    private static AuthorityRule Copy(AuthorityRule rule, bool active) => new()
    {
        Code = rule.Code,
        Version = rule.Version,
        Priority = rule.Priority,
        CaseTypes = rule.CaseTypes,
        ConditionsJson = rule.ConditionsJson,
        RouteJson = rule.RouteJson,
        Description = rule.Description,
        ValidFrom = rule.ValidFrom,
        ValidTo = rule.ValidTo,
        Active = active,
        Source = rule.Source,
    };
}
