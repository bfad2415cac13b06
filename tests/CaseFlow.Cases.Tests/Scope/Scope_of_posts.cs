using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;

namespace CaseFlow.Cases.Tests.Scope;

public class Scope_of_posts
{
    private static readonly OrganisationUnit Bureau = new() { ShortName = "区民政局", Level = OrganisationLevel.District };
    private static readonly OrganisationUnit Tuanjie = new() { ShortName = "团结街道", Level = OrganisationLevel.Township, ParentId = Bureau.Id };
    private static readonly OrganisationUnit Minzhu = new() { ShortName = "民主街道", Level = OrganisationLevel.Township, ParentId = Bureau.Id };
    private static readonly OrganisationUnit Dongling = new() { ShortName = "东岭社区", Level = OrganisationLevel.Community, ParentId = Tuanjie.Id };
    private static readonly ScopeContext Context = new(
        [Bureau, Tuanjie, Minzhu, Dongling],
        new Dictionary<string, CaseTypeGroup>
        {
            ["dibao"] = CaseTypeGroup.General,
            ["relief"] = CaseTypeGroup.General,
            ["orphan"] = CaseTypeGroup.Children,
            ["registration"] = CaseTypeGroup.SocialOrganisation,
        });

    [Fact]
    public void A_township_handler_sees_the_own_township_and_no_children()
    {
        var scope = Of(Post(PostKind.CaseHandler, Tuanjie));
        Assert.Equal([Tuanjie.Id], scope.Organisations);
        Assert.Equal(["dibao", "relief"], scope.CaseTypes);
        Assert.False(scope.Sensitive);
        Assert.Equal(FieldMask.Identity, scope.Mask);
    }

    [Fact]
    public void A_community_assistant_sees_the_own_community_without_income_or_health()
    {
        var scope = Of(Post(PostKind.CommunityAssistant, Dongling));
        Assert.Empty(scope.Organisations);
        Assert.Equal([Dongling.Id], scope.Communities);
        Assert.Equal(FieldMask.All, scope.Mask);
    }

    [Fact]
    public void District_posts_see_every_township()
    {
        var scope = Of(Post(PostKind.Reviewer, Bureau));
        Assert.Equal(new[] { Bureau.Id, Tuanjie.Id, Minzhu.Id }.Order(), scope.Organisations);
    }

    [Theory]
    [InlineData(PostKind.SystemAdmin)]
    [InlineData(PostKind.ArchiveClerk)]
    public void Administrators_and_archivists_see_no_case(PostKind post)
    {
        var scope = Of(Post(post, Bureau));
        Assert.Empty(scope.CaseTypes);
        Assert.False(scope.Everything);
    }

    [Theory]
    [InlineData(PostKind.CaseHandler, false)]
    [InlineData(PostKind.Reviewer, false)]
    [InlineData(PostKind.FinanceOfficer, false)]
    [InlineData(PostKind.WindowClerk, false)]
    [InlineData(PostKind.ChildSupervisor, true)]
    [InlineData(PostKind.LeaderInCharge, true)]
    public void Children_are_read_by_child_posts_and_those_who_decide_about_them(PostKind post, bool sees)
    {
        var scope = Of(Post(post, Tuanjie));
        Assert.Equal((sees, sees), (scope.Sensitive, scope.CaseTypes.Contains("orphan")));
    }

    [Theory]
    [InlineData(PostKind.LeaderInCharge, true)]
    [InlineData(PostKind.DisciplineOfficer, true)]
    [InlineData(PostKind.BureauDirector, false)]
    [InlineData(PostKind.Reviewer, false)]
    public void At_the_district_the_leader_and_the_discipline_officer_read_children(PostKind post, bool sees) =>
        Assert.Equal(sees, Of(Post(post, Bureau)).Sensitive);

    [Fact]
    public void A_registrar_sees_social_organisations_only() => Assert.Equal(["registration"], Of(Post(PostKind.SocialOrgRegistrar, Bureau)).CaseTypes);

    [Fact]
    public void The_same_post_at_two_townships_adds_up() =>
        Assert.Equal(
            new[] { Tuanjie.Id, Minzhu.Id }.Order(),
            Of(Post(PostKind.CaseHandler, Tuanjie), Post(PostKind.CaseHandler, Minzhu)).Organisations);

    [Fact]
    public void Two_posts_never_add_up_to_more_than_both()
    {
        var scope = Of(Post(PostKind.CaseHandler, Tuanjie), Post(PostKind.SocialOrgRegistrar, Bureau));
        Assert.Equal(["dibao", "relief"], scope.CaseTypes);
        Assert.Equal([Tuanjie.Id], scope.Organisations);
        Assert.Equal(["registration"], Of(Post(PostKind.SocialOrgRegistrar, Bureau), Post(PostKind.CaseHandler, Tuanjie)).CaseTypes);
    }

    [Fact]
    public void A_substitution_for_one_case_type_shows_that_one_only() =>
        Assert.Equal(["relief"], Of(Post(PostKind.LeaderInCharge, Tuanjie) with { SubstituteFor = "赵", CaseType = "relief" }).CaseTypes);

    [Fact]
    public void Without_posts_nothing_is_seen() => Assert.Equal(DataScope.Nothing, Of());

    private static DataScope Of(params PostInForce[] posts) => ScopeRule.ForStaff(posts, Context);

    private static PostInForce Post(PostKind post, OrganisationUnit unit) =>
        new(Id<PostAssignment>.New(), post, unit.Id, unit.ShortName, unit.Level, "");
}
