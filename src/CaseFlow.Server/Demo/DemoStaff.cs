using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Demo;

/// <summary>Who works in the demo: enough people in each body that nobody has to act twice in one case.</summary>
internal static class DemoStaff
{
    /// <summary>The posts of a street or township: part of the sign-in name, post, title.</summary>
    private static readonly (string Suffix, PostKind Post, string Title)[] OfTownship =
    [
        ("-window", PostKind.WindowClerk, "便民服务窗口"),
        ("", PostKind.CaseHandler, "民政办经办人"),
        ("2", PostKind.CaseHandler, "民政办经办人"),
        ("3", PostKind.CaseHandler, "民政办经办人"),
        ("-review", PostKind.Reviewer, "民政办主任"),
        ("-leader", PostKind.LeaderInCharge, "分管副主任"),
    ];

    private static readonly (string UserName, PostKind Post, string Title)[] OfDistrict =
    [
        ("district-window", PostKind.WindowClerk, "政务大厅民政窗口"),
        ("district-handler", PostKind.CaseHandler, "社会救助股科员"),
        ("district-handler2", PostKind.CaseHandler, "社会救助股科员"),
        ("district-review", PostKind.Reviewer, "社会救助股股长"),
        ("district-review2", PostKind.Reviewer, "社会救助股副股长"),
        ("district", PostKind.LeaderInCharge, "分管副局长"),
        ("district2", PostKind.LeaderInCharge, "副局长"),
        ("director", PostKind.BureauDirector, "局长"),
        ("verification", PostKind.VerificationOfficer, "核对中心"),
        ("finance", PostKind.FinanceOfficer, "财务"),
        ("auditor", PostKind.DisciplineOfficer, "派驻纪检监察组"),
        ("archive", PostKind.ArchiveClerk, "档案室"),
        ("admin", PostKind.SystemAdmin, "系统管理员"),
        ("admin2", PostKind.SystemAdmin, "系统管理员"),
    ];

    /// <summary>The posts to fill, with the code of their body.</summary>
    public static IEnumerable<DemoPost> Posts()
    {
        foreach (var (userName, post, title) in OfDistrict)
        {
            yield return new DemoPost(userName, DemoOrganisation.DistrictCode, post, title);
        }

        foreach (var township in DemoOrganisation.Townships)
        {
            foreach (var (suffix, post, title) in OfTownship)
            {
                yield return new DemoPost(township.Slug + suffix, DemoOrganisation.DistrictCode + township.Code, post, title);
            }

            for (var i = 0; i < township.Communities.Count; i++)
            {
                var code = $"{DemoOrganisation.DistrictCode}{township.Code}{(township.Rural ? 200 : 0) + i + 1:D3}";
                yield return new DemoPost($"{township.Slug}-c{i + 1}", code, PostKind.CommunityAssistant, township.Rural ? "村级协理员" : "社区协理员");
            }
        }
    }
}

/// <summary>A post of the demo.</summary>
/// <param name="UserName">Sign-in name of who holds it.</param>
/// <param name="OrganisationCode">Code of its body.</param>
/// <param name="Post">The post.</param>
/// <param name="Title">Title.</param>
internal sealed record DemoPost(string UserName, string OrganisationCode, PostKind Post, string Title);
