using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tests.Organisation;

/// <summary>Domain A: the administrator has no case content, the discipline officer changes nothing.</summary>
public class Posts_that_go_together
{
    private static readonly Id<OrganisationUnit> Street = Id<OrganisationUnit>.New();

    [Theory]
    [InlineData(PostKind.SystemAdmin, PostKind.LeaderInCharge)]
    [InlineData(PostKind.SystemAdmin, PostKind.CaseHandler)]
    [InlineData(PostKind.LeaderInCharge, PostKind.SystemAdmin)]
    [InlineData(PostKind.DisciplineOfficer, PostKind.Reviewer)]
    public void Who_administers_or_supervises_holds_no_other_post(PostKind held, PostKind given) => Assert.Equal(
        "incompatible-posts",
        Assert.Throws<RefusedException>(() => PostRules.RequireCompatible(Post(given), [Post(held)])).Refusal.Code);

    [Fact]
    public void Handler_and_window_go_together() => PostRules.RequireCompatible(Post(PostKind.CaseHandler), [Post(PostKind.WindowClerk)]);

    [Fact]
    public void A_post_that_ended_the_day_before_hinders_nothing() => PostRules.RequireCompatible(
        Post(PostKind.CaseHandler, from: new DateOnly(2026, 7, 1)),
        [Post(PostKind.SystemAdmin, to: new DateOnly(2026, 6, 30))]);

    [Fact]
    public void The_very_post_is_not_given_twice() =>
        Assert.Throws<InvalidInputException>(() => PostRules.RequireCompatible(Post(PostKind.Reviewer), [Post(PostKind.Reviewer)]));

    [Theory]
    [InlineData(PostKind.BureauDirector, OrganisationLevel.Township)]
    [InlineData(PostKind.CommunityAssistant, OrganisationLevel.Township)]
    [InlineData(PostKind.CaseHandler, OrganisationLevel.Community)]
    [InlineData(PostKind.SystemAdmin, OrganisationLevel.Community)]
    public void A_post_exists_only_at_its_level(PostKind post, OrganisationLevel level) =>
        Assert.Throws<InvalidInputException>(() => PostRules.RequireLevel(post, new OrganisationUnit { Level = level, ShortName = "团结" }));

    [Theory]
    [InlineData("220502004", null)]
    [InlineData("220502", "code")]
    [InlineData("220503004", "code")]
    [InlineData("22050200x", "code")]
    public void The_code_of_a_street_continues_that_of_the_district(string code, string? field)
    {
        var district = new OrganisationUnit { Level = OrganisationLevel.District, Code = "220502" };
        var street = new OrganisationUnit { Level = OrganisationLevel.Township, Code = code, Name = "团结街道办事处", ShortName = "团结街道" };
        var refused = Record.Exception(() => PostRules.RequireUnit(street, district, checkCode: true)) as InvalidInputException;
        Assert.Equal(field, refused?.Errors.Keys.Single());
    }

    private static PostAssignment Post(PostKind post, DateOnly? from = null, DateOnly? to = null) =>
        new() { Post = post, OrganisationId = Street, ValidFrom = from ?? new DateOnly(2024, 1, 1), ValidTo = to };
}
