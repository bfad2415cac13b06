using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Payments;

/// <summary>What is done with a list.</summary>
public enum PaymentVerb
{
    /// <summary>核对冻结.</summary>
    Freeze,

    /// <summary>解冻重来: back to a draft.</summary>
    Reopen,

    /// <summary>第二签.</summary>
    Sign,

    /// <summary>导出银行文件.</summary>
    Export,

    /// <summary>读入银行回盘.</summary>
    Settle,
}

/// <summary>
/// Who may do what with a list in which state: one table for page and step. The maker is never the checker, whatever posts
/// they hold or substitute (domain H, four eyes; domain K, batch).
/// </summary>
public static class PaymentRights
{
    /// <summary>Why the actor may not; null if they may.</summary>
    public static Refusal? WhyNot(PaymentVerb verb, PaymentBatch batch, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(actor);
        return StateFault(verb, batch) ?? PostFault(verb, batch, actor) ?? FourEyesFault(verb, batch, actor);
    }

    private static Refusal? StateFault(PaymentVerb verb, PaymentBatch batch)
    {
        var fits = verb switch
        {
            PaymentVerb.Freeze => batch.State is PaymentBatchState.Draft,
            PaymentVerb.Reopen => batch.State is PaymentBatchState.Frozen or PaymentBatchState.Signed,
            PaymentVerb.Sign => batch.State is PaymentBatchState.Frozen,
            PaymentVerb.Export => batch.State is PaymentBatchState.Signed or PaymentBatchState.Exported,
            _ => batch.State is PaymentBatchState.Exported,
        };
        return fits ? null : new Refusal("payment-state", $"名单现在是“{StateName(batch.State)}”，不能{VerbName(verb)}。");
    }

    private static Refusal? PostFault(PaymentVerb verb, PaymentBatch batch, Actor actor)
    {
        var finance = actor.Posts.Any(p => p.Post is PostKind.FinanceOfficer
            && (p.Level is OrganisationLevel.District || p.OrganisationId == batch.OrganisationId));
        var leader = actor.Posts.Any(p => p is { Post: PostKind.LeaderInCharge, Level: OrganisationLevel.District });
        var may = verb switch
        {
            PaymentVerb.Sign => leader,
            PaymentVerb.Reopen => finance || leader,
            _ => finance,
        };
        return may ? null : new Refusal("post", verb is PaymentVerb.Sign ? "第二签由区民政局分管领导办理。" : $"{VerbName(verb)}由财务岗位办理。");
    }

    private static Refusal? FourEyesFault(PaymentVerb verb, PaymentBatch batch, Actor actor) =>
        verb is PaymentVerb.Sign && (actor.AccountId is null || actor.AccountId == batch.FrozenBy)
            ? new Refusal("four-eyes", "您是冻结人，第二签须由另一人办理。")
            : null;

    private static string StateName(PaymentBatchState state) => state switch
    {
        PaymentBatchState.Draft => "草稿",
        PaymentBatchState.Frozen => "已冻结",
        PaymentBatchState.Signed => "已签",
        PaymentBatchState.Exported => "已拨付",
        _ => "已回盘",
    };

    private static string VerbName(PaymentVerb verb) => verb switch
    {
        PaymentVerb.Freeze => "冻结",
        PaymentVerb.Reopen => "解冻",
        PaymentVerb.Sign => "签字",
        PaymentVerb.Export => "导出银行文件",
        _ => "读入回盘",
    };
}
