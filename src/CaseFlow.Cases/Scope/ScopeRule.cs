using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Scope;

/// <summary>What kind of matters a case type is about, for the scope of posts.</summary>
public enum CaseTypeGroup
{
    /// <summary>Assistance, subsidies, elder care.</summary>
    General,

    /// <summary>Orphans, unattended children: restricted readers (domain Q).</summary>
    Children,

    /// <summary>Social organisations.</summary>
    SocialOrganisation,
}

/// <summary>What the scope needs to know of the bureau.</summary>
/// <param name="Organisations">All bodies.</param>
/// <param name="CaseTypes">All case types with their group.</param>
public sealed record ScopeContext(
    IReadOnlyCollection<OrganisationUnit> Organisations,
    IReadOnlyDictionary<string, CaseTypeGroup> CaseTypes);

/// <summary>
/// Posts in force → what may be read (domain A, data scope; domain Q for children). A person with several posts sees what
/// all of them see together as long as that is one rectangle of organisations × case types; else what the acting post sees,
/// so that two posts never add up to more than both.
/// </summary>
public static class ScopeRule
{
    /// <summary>The scope of a member of staff; the acting post comes first.</summary>
    public static DataScope ForStaff(IReadOnlyList<PostInForce> posts, ScopeContext context) => posts
        .Select(post => Of(post, context))
        .Where(scope => scope.CaseTypes.Count > 0)
        .Aggregate(DataScope.Nothing, Merge);

    /// <summary>The scope of a citizen: the own cases; without a proved person only what the account itself has filed.</summary>
    public static DataScope ForCitizen(Id<Person>? person) => new() { PersonId = person, Mask = FieldMask.Identity };

    /// <summary>The scope of one post.</summary>
    public static DataScope Of(PostInForce post, ScopeContext context)
    {
        var groups = Groups(post);
        var types = context.CaseTypes
            .Where(type => groups.Contains(type.Value) && (post.CaseType is null || post.CaseType == type.Key))
            .Select(type => type.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        return new DataScope
        {
            Organisations = post.Level == OrganisationLevel.Community ? [] : Townships(post, context),
            Communities = post.Level == OrganisationLevel.Community ? [post.OrganisationId] : [],
            CaseTypes = types,
            Sensitive = groups.Contains(CaseTypeGroup.Children),
            Mask = MaskOf(post.Post),
        };
    }

    private static HashSet<CaseTypeGroup> Groups(PostInForce post) => post.Post switch
    {
        PostKind.SystemAdmin or PostKind.ArchiveClerk => [],
        PostKind.SocialOrgRegistrar => [CaseTypeGroup.SocialOrganisation],
        PostKind.ChildSupervisor or PostKind.ChildDirector => [CaseTypeGroup.Children],
        PostKind.DisciplineOfficer => [CaseTypeGroup.General, CaseTypeGroup.Children, CaseTypeGroup.SocialOrganisation],
        PostKind.LeaderInCharge when post.Level == OrganisationLevel.District =>
            [CaseTypeGroup.General, CaseTypeGroup.Children, CaseTypeGroup.SocialOrganisation],
        PostKind.LeaderInCharge => [CaseTypeGroup.General, CaseTypeGroup.Children],
        PostKind.BureauDirector or PostKind.Reviewer when post.Level == OrganisationLevel.District =>
            [CaseTypeGroup.General, CaseTypeGroup.SocialOrganisation],
        _ => [CaseTypeGroup.General],
    };

    private static FieldMask MaskOf(PostKind post) => post switch
    {
        PostKind.CommunityAssistant or PostKind.FinanceOfficer => FieldMask.All,
        PostKind.ChildDirector => FieldMask.Identity | FieldMask.Economy,
        PostKind.WindowClerk => FieldMask.Identity | FieldMask.Economy,
        _ => FieldMask.Identity,
    };

    private static List<Id<OrganisationUnit>> Townships(PostInForce post, ScopeContext context) =>
    [
        .. context.Organisations
            .Where(unit => post.Level == OrganisationLevel.District
                ? unit.Level != OrganisationLevel.Community
                : unit.Id == post.OrganisationId)
            .Select(unit => unit.Id)
            .Order(),
    ];

    private static DataScope Merge(DataScope acting, DataScope other)
    {
        if (acting.CaseTypes.Count == 0)
        {
            return other;
        }

        if (acting.Mask != other.Mask || acting.Sensitive != other.Sensitive)
        {
            return acting;
        }

        var sameTypes = acting.CaseTypes.SequenceEqual(other.CaseTypes, StringComparer.Ordinal);
        var sameBodies = acting.Organisations.SequenceEqual(other.Organisations) && acting.Communities.SequenceEqual(other.Communities);
        return sameTypes || sameBodies
            ? acting with
            {
                Organisations = [.. acting.Organisations.Union(other.Organisations).Order()],
                Communities = [.. acting.Communities.Union(other.Communities).Order()],
                CaseTypes = [.. acting.CaseTypes.Union(other.CaseTypes, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            }
            : acting;
    }
}
