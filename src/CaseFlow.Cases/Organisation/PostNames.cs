namespace CaseFlow.Cases.Organisation;

/// <summary>Chinese names of posts for sentences that the domain writes.</summary>
public static class PostNames
{
    /// <summary>The name.</summary>
    public static string Of(PostKind post) => post switch
    {
        PostKind.WindowClerk => "窗口人员",
        PostKind.CaseHandler => "经办人",
        PostKind.Reviewer => "审核人",
        PostKind.LeaderInCharge => "分管领导",
        PostKind.BureauDirector => "局长",
        PostKind.CommunityAssistant => "社区（村）协理员",
        PostKind.ChildSupervisor => "儿童督导员",
        PostKind.ChildDirector => "儿童主任",
        PostKind.SocialOrgRegistrar => "社会组织登记人员",
        PostKind.VerificationOfficer => "核对人员",
        PostKind.FinanceOfficer => "财务",
        PostKind.DisciplineOfficer => "纪检监督",
        PostKind.ArchiveClerk => "档案员",
        _ => "系统管理员",
    };
}
