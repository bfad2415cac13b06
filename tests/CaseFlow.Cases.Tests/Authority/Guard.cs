using CaseFlow.Cases.Authority;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;

namespace CaseFlow.Cases.Tests.Authority;

public class Guard
{
    private static readonly OrganisationUnit Bureau = new() { ShortName = "区民政局", Level = OrganisationLevel.District };
    private static readonly OrganisationUnit Tuanjie = new() { ShortName = "团结街道", Level = OrganisationLevel.Township, ParentId = Bureau.Id };
    private static readonly OrganisationUnit Minzhu = new() { ShortName = "民主街道", Level = OrganisationLevel.Township, ParentId = Bureau.Id };
    private static readonly Id<Account> Li = Id<Account>.New();
    private static readonly Id<Person> Applicant = Id<Person>.New();

    [Fact]
    public void All_five_checks_are_always_told_in_order()
    {
        var explanation = AuthorityGuard.Explain(Input(Bureau, PostKind.LeaderInCharge));
        Assert.True(explanation.Allowed, explanation.Summary);
        Assert.Equal(["岗位", "管辖", "权限", "四眼", "回避"], explanation.Checks.Select(check => check.Name));
        Assert.Equal(("D1", 1), (explanation.RuleCode, explanation.RuleVersion));
    }

    [Fact]
    public void A_wrong_post_is_refused() => Refuses("wrong-post", Input(Bureau, PostKind.Reviewer));

    [Fact]
    public void The_right_post_of_another_body_is_refused()
    {
        var input = Input(Minzhu, PostKind.LeaderInCharge) with { StepOrganisation = Tuanjie, Role = AuthorityRole.Review, Step = "township-review" };
        Refuses("wrong-organisation", input);
    }

    [Fact]
    public void A_flagged_case_is_beyond_the_leader_and_the_refusal_says_who_decides()
    {
        var facts = Facts() with { OfficerRelative = true };
        var input = Input(Bureau, PostKind.LeaderInCharge) with { Facts = facts, Decision = Shipped.Authority.Decide(facts), CandidatePosts = [PostKind.LeaderInCharge, PostKind.BureauDirector] };
        Assert.Contains("区民政局局长", Refuses("beyond-authority", input).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_township_leader_may_decide_1000_yuan_but_not_one_fen_more()
    {
        AuthorityFacts Relief(long fen) => new()
        {
            CaseType = "relief",
            DecisionDay = new DateOnly(2026, 4, 2),
            ReliefKind = ReliefKind.Emergency,
            Amount = new Money(fen),
            ReserveBalance = Money.FromYuan(50_000),
        };
        GuardInput With(long fen) => Input(Tuanjie, PostKind.LeaderInCharge) with { StepOrganisation = Tuanjie, Facts = Relief(fen), Decision = Shipped.Authority.Decide(Relief(fen)) };
        Assert.True(AuthorityGuard.Explain(With(100_000)).Allowed);
        var refused = Refuses("beyond-authority", With(100_001));
        Assert.Contains("1,000.01", refused.Summary, StringComparison.Ordinal);
        Assert.Contains("区民政局分管领导", refused.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_handled_or_reviewed_may_not_approve_whatever_post_they_hold()
    {
        foreach (var role in new[] { AuthorityRole.Verify, AuthorityRole.Review })
        {
            var input = Input(Bureau, PostKind.LeaderInCharge) with { PriorActs = [new PriorAct(Li, "李敏", role, "survey", "入户调查")] };
            Assert.Contains("入户调查", Refuses("four-eyes", input).Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_reviews_need_two_reviewers_but_the_same_step_may_be_done_again_after_a_return()
    {
        var prior = new[] { new PriorAct(Li, "李敏", AuthorityRole.Review, "township-review", "乡镇审核") };
        Assert.NotNull(FourEyes.Check(Li, AuthorityRole.Review, "district-review", prior));
        Assert.Null(FourEyes.Check(Li, AuthorityRole.Review, "township-review", prior));
    }

    [Fact]
    public void A_handler_may_do_several_steps_of_handling() =>
        Assert.Null(FourEyes.Check(Li, AuthorityRole.Verify, "opinion", [new PriorAct(Li, "李敏", AuthorityRole.Verify, "survey", "入户调查")]));

    [Fact]
    public void A_survey_needs_two_different_persons()
    {
        var input = Input(Tuanjie, PostKind.CaseHandler) with
        {
            Role = AuthorityRole.Verify,
            Step = "survey",
            StepOrganisation = Tuanjie,
            CandidatePosts = [PostKind.CaseHandler],
            SecondPerson = Li,
        };
        Refuses("two-persons", input);
        Assert.True(AuthorityGuard.Explain(input with { SecondPerson = Id<Account>.New() }).Allowed);
    }

    [Fact]
    public void A_declared_recusal_holds_until_the_superior_lifts_it()
    {
        var recusal = new Recusal { AccountId = Li, Reason = "债权债务关系" };
        var input = Input(Bureau, PostKind.LeaderInCharge) with { Conflicts = Conflicts([recusal], []) };
        Assert.Contains("债权债务关系", Refuses("recusal", input).Summary, StringComparison.Ordinal);
        recusal.LiftedAt = new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(8));
        Assert.True(AuthorityGuard.Explain(input).Allowed);
    }

    [Fact]
    public void Parties_and_registered_relatives_of_any_degree_are_found()
    {
        var own = Id<Person>.New();
        GuardInput With(ConflictFacts conflicts) => Input(Bureau, PostKind.LeaderInCharge) with { Conflicts = conflicts };
        Refuses("recusal", With(new ConflictFacts(Applicant, [Applicant], [], [])));
        Refuses("recusal", With(new ConflictFacts(own, [Applicant], [new PersonRelation { PersonId = own, RelativeId = Applicant, Relation = "表兄弟" }], [])));
        Refuses("recusal", With(new ConflictFacts(own, [Applicant], [new PersonRelation { PersonId = Applicant, RelativeId = own, Relation = "夫妻", IsClose = true }], [])));
        Assert.True(AuthorityGuard.Explain(With(new ConflictFacts(own, [Applicant], [new PersonRelation { PersonId = own, RelativeId = Id<Person>.New() }], []))).Allowed);
    }

    [Fact]
    public void A_substitution_for_one_case_type_does_not_reach_another()
    {
        var input = Input(Bureau, PostKind.LeaderInCharge);
        var substitute = input.Actor.Posts[0] with { SubstituteFor = "赵局", CaseType = "relief" };
        Refuses("wrong-post", input with { Actor = input.Actor with { Posts = [substitute] } });
        Assert.Contains("代赵局", AuthorityGuard.Explain(input with { Actor = input.Actor with { Posts = [substitute with { CaseType = "dibao" }] } }).Checks[0].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Demand_throws_the_reason() =>
        Assert.Equal("wrong-post", Assert.Throws<RefusedException>(() => AuthorityGuard.Demand(Input(Bureau, PostKind.Reviewer))).Refusal.Code);

    private static AuthorityExplanation Refuses(string code, GuardInput input)
    {
        var explanation = AuthorityGuard.Explain(input);
        Assert.False(explanation.Allowed);
        Assert.Equal(code, explanation.Checks.First(check => check.Holds == false).Refusal!.Code);
        return explanation;
    }

    private static AuthorityFacts Facts() => new() { CaseType = "dibao", DecisionDay = new DateOnly(2026, 4, 2), Amount = Money.FromYuan(820) };

    private static ConflictFacts Conflicts(IReadOnlyCollection<Recusal> recusals, IReadOnlyCollection<PersonRelation> relations) =>
        new(null, [Applicant], relations, recusals);

    private static GuardInput Input(OrganisationUnit body, PostKind post) => new()
    {
        Actor = new Actor(
            ActorKind.Staff, Li, "李敏", null,
            [new PostInForce(Id<PostAssignment>.New(), post, body.Id, body.ShortName, body.Level, "")],
            DataScope.Nothing),
        Role = AuthorityRole.Approve,
        Step = "confirmation",
        CandidatePosts = [PostKind.LeaderInCharge],
        StepOrganisation = Bureau,
        CaseOrganisation = Tuanjie,
        Facts = Facts(),
        Decision = Shipped.Authority.Decide(Facts()),
        PriorActs = [],
        Conflicts = Conflicts([], []),
    };
}
