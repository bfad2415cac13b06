namespace CaseFlow.Cases.Tasks;

/// <summary>Names of outcomes for people; the identifiers are those of the glossary and stand in definitions and rows.</summary>
public static class OutcomeNames
{
    private static readonly Dictionary<string, (string Zh, string En)> Names = new(StringComparer.Ordinal)
    {
        ["Accept"] = ("受理", "Accept"),
        ["RequestCorrection"] = ("一次性告知补正", "Request correction"),
        ["NotAccept"] = ("不予受理", "Do not accept"),
        ["Submit"] = ("提交", "Submit"),
        ["Approve"] = ("同意", "Approve"),
        ["Confirm"] = ("确认签字", "Confirm and sign"),
        ["Object"] = ("有异议", "Object"),
        ["NotNeeded"] = ("无须签字", "No signature needed"),
        ["Refuse"] = ("不予确认", "Refuse"),
        ["Settle"] = ("处理完毕", "Settled"),
        ["Recheck"] = ("复核", "Recheck"),
        ["Resurvey"] = ("重新调查", "Renewed survey"),
        ["Appraisal"] = ("民主评议", "Democratic appraisal"),
        ["Report"] = ("上报区级", "Report to the district"),
        ["Unchanged"] = ("维持不变", "Unchanged"),
        ["Increase"] = ("增发", "Increase"),
        ["Reduce"] = ("减发", "Reduce"),
        ["ProposeStop"] = ("拟停保", "Propose stop"),
        ["Terminate"] = ("终止", "Terminate"),
        ["Expired"] = ("逾期", "Expired"),
        ["Ended"] = ("期满", "Ended"),
        ["Objected"] = ("收到异议", "Objected"),
        ["Meets"] = ("符合", "Meets"),
        ["Differs"] = ("有差异", "Differs"),
        ["Unavailable"] = ("未返回", "Unavailable"),
        ["Eligible"] = ("符合条件", "Eligible"),
        ["NotEligible"] = ("不符合条件", "Not eligible"),
        ["Grant"] = ("拟予确认", "Propose grant"),
        ["Change"] = ("调整金额", "Change"),
        ["Stop"] = ("停发", "Stop"),
        ["Keep"] = ("维持", "Keep"),
        ["GradualExit"] = ("渐退", "Gradual exit"),
        ["Done"] = ("完成", "Done"),
        ["Withdrawn"] = ("已撤回", "Withdrawn"),
        ["Granted"] = ("已确认", "Granted"),
        ["Refused"] = ("未确认", "Refused"),
        ["NotAccepted"] = ("不予受理", "Not accepted"),
        ["Terminated"] = ("已终止", "Terminated"),
        ["Stopped"] = ("已停发", "Stopped"),
        ["Changed"] = ("已调整", "Changed"),
        ["Kept"] = ("维持", "Kept"),
        ["AlreadyOpen"] = ("已有同类程序", "Already open"),
        ["ChangeReport"] = ("情况变化", "Change report"),
        ["Death"] = ("死亡", "Death"),
        ["Move"] = ("迁移", "Move"),
        ["Suspend"] = ("暂停发放", "Suspend payment"),
        ["Resume"] = ("恢复发放", "Resume payment"),
        ["Resumed"] = ("已恢复", "Resumed"),
        ["PaymentFailure"] = ("发放失败", "Payment failure"),
        ["SameArea"] = ("标准相同", "Same standard"),
        ["OtherArea"] = ("标准不同", "Another standard"),
        ["Due"] = ("到期", "Due"),
    };

    /// <summary>The name in a culture's language; the identifier itself where it is not known.</summary>
    public static string Of(string outcome, string culture = "zh-CN") =>
        !Names.TryGetValue(outcome, out var name) ? outcome
        : culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? name.En
        : name.Zh;
}
