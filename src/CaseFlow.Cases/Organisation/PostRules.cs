using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Organisation;

/// <summary>Which posts go where, and which go together (domain A: who administers or supervises handles no case).</summary>
public static class PostRules
{
    /// <summary>Posts that go with no other: technical administration and supervision.</summary>
    private static readonly PostKind[] Apart = [PostKind.SystemAdmin, PostKind.DisciplineOfficer];

    private static readonly PostKind[] DistrictOnly =
    [
        PostKind.BureauDirector, PostKind.SocialOrgRegistrar, PostKind.VerificationOfficer, PostKind.DisciplineOfficer, PostKind.ArchiveClerk, PostKind.SystemAdmin,
    ];

    private static readonly PostKind[] CommunityOnly = [PostKind.CommunityAssistant, PostKind.ChildDirector];

    /// <summary>The level at which a post exists; null where it exists at the district and in townships.</summary>
    public static OrganisationLevel? LevelOf(PostKind post) =>
        DistrictOnly.Contains(post) ? OrganisationLevel.District
        : CommunityOnly.Contains(post) ? OrganisationLevel.Community
        : post == PostKind.ChildSupervisor ? OrganisationLevel.Township
        : null;

    /// <summary>Refuses a post at a body that has none of its kind.</summary>
    /// <exception cref="InvalidInputException">The field is <c>organisationId</c>.</exception>
    public static void RequireLevel(PostKind post, OrganisationUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (LevelOf(post) is { } level ? unit.Level != level : unit.Level == OrganisationLevel.Community)
        {
            throw new InvalidInputException("organisationId", $"{PostNames.Of(post)}不设在{unit.ShortName}。");
        }
    }

    /// <summary>Refuses a post that does not go with those held at the same time.</summary>
    /// <param name="post">The post to give.</param>
    /// <param name="held">All posts of the account.</param>
    /// <exception cref="RefusedException"><c>incompatible-posts</c>.</exception>
    /// <exception cref="InvalidInputException">The very post is held already.</exception>
    public static void RequireCompatible(PostAssignment post, IReadOnlyCollection<PostAssignment> held)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(held);
        foreach (var other in held.Where(other => Overlaps(post, other)))
        {
            if (other.Post == post.Post && other.OrganisationId == post.OrganisationId)
            {
                throw new InvalidInputException("kind", "这个岗位已在任。");
            }

            if (other.Post != post.Post && (Apart.Contains(other.Post) || Apart.Contains(post.Post)))
            {
                throw new RefusedException("incompatible-posts", $"{PostNames.Of(other.Post)}与{PostNames.Of(post.Post)}不能由同一人担任：管理系统或监督的人不办理案件。");
            }
        }
    }

    /// <summary>Refuses a body without names, or whose code does not continue that of the body above (6, 9, 12 digits).</summary>
    /// <param name="unit">The body as it is to be.</param>
    /// <param name="parent">The body above; null for the district.</param>
    /// <param name="checkCode">Whether its code is new; one that stands already is not asked about again.</param>
    /// <exception cref="InvalidInputException">The fields are those of <see cref="OrganisationUnit"/>.</exception>
    public static void RequireUnit(OrganisationUnit unit, OrganisationUnit? parent, bool checkCode)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(unit.Name))
        {
            errors["name"] = ["请填写机构全称。"];
        }

        if (string.IsNullOrWhiteSpace(unit.ShortName))
        {
            errors["shortName"] = ["请填写机构简称。"];
        }

        var digits = unit.Level switch { OrganisationLevel.District => 6, OrganisationLevel.Township => 9, _ => 12 };
        if (checkCode && parent?.Code == OrganisationUnit.UnknownDistrictCode)
        {
            errors["code"] = [$"请先打开“{parent.ShortName}”，填写本区的6位区划代码，再增设下级机构。"];
        }
        else if (checkCode && !Fits(unit, parent, digits))
        {
            errors["code"] = [parent is null ? $"代码应为{digits}位数字，不能是000000。" : $"代码应为{digits}位数字，以上级机构的代码（{parent.Code}）开头。"];
        }

        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors);
        }
    }

    private static bool Fits(OrganisationUnit unit, OrganisationUnit? parent, int digits) =>
        unit.Code.Length == digits && unit.Code.All(char.IsAsciiDigit) && unit.Code != OrganisationUnit.UnknownDistrictCode
        && (unit.Level == OrganisationLevel.District ? parent is null : parent?.Level == unit.Level - 1 && unit.Code.StartsWith(parent.Code, StringComparison.Ordinal));

    private static bool Overlaps(PostAssignment left, PostAssignment right) =>
        left.ValidFrom <= (right.ValidTo ?? DateOnly.MaxValue) && right.ValidFrom <= (left.ValidTo ?? DateOnly.MaxValue);
}
