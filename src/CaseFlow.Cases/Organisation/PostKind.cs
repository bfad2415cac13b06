namespace CaseFlow.Cases.Organisation;

/// <summary>The posts of a bureau (domain A). A post is a role at one organisation for a period.</summary>
public enum PostKind
{
    /// <summary>窗口人员.</summary>
    WindowClerk,

    /// <summary>经办人.</summary>
    CaseHandler,

    /// <summary>审核人.</summary>
    Reviewer,

    /// <summary>分管领导.</summary>
    LeaderInCharge,

    /// <summary>局长.</summary>
    BureauDirector,

    /// <summary>社区/村级协理员: no income data.</summary>
    CommunityAssistant,

    /// <summary>儿童督导员.</summary>
    ChildSupervisor,

    /// <summary>儿童主任.</summary>
    ChildDirector,

    /// <summary>社会组织登记人员.</summary>
    SocialOrgRegistrar,

    /// <summary>核对人员: sees the data, decides nothing.</summary>
    VerificationOfficer,

    /// <summary>财务.</summary>
    FinanceOfficer,

    /// <summary>纪检/监督: reads everything, changes nothing.</summary>
    DisciplineOfficer,

    /// <summary>档案员.</summary>
    ArchiveClerk,

    /// <summary>管理员: no case content by default, cannot decide cases.</summary>
    SystemAdmin,
}
