using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Raises;

/// <summary>What is done with a raise.</summary>
public enum RaiseVerb
{
    /// <summary>核对批准: the first approver.</summary>
    Approve,

    /// <summary>第二人批准.</summary>
    Sign,

    /// <summary>退回预览.</summary>
    Reopen,

    /// <summary>再核对一次: a further run for households that an earlier one has left.</summary>
    Repeat,
}

/// <summary>
/// Who may do what with a raise in which state: one table for page and step. Two approvers who are two people (domain K);
/// administrators publish the standard, and decide no household's money.
/// </summary>
public static class RaiseRights
{
    /// <summary>Why the actor may not; null if they may.</summary>
    public static Refusal? WhyNot(RaiseVerb verb, StandardRaise raise, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(raise);
        ArgumentNullException.ThrowIfNull(actor);
        return StateFault(verb, raise) ?? PostFault(verb, actor) ?? FourEyesFault(verb, raise, actor);
    }

    /// <summary>Whether somebody may see raises at all: they hold the whole district's households.</summary>
    public static bool MaySee(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Posts.Any(p => p.Level is OrganisationLevel.District
            && p.Post is PostKind.Reviewer or PostKind.LeaderInCharge or PostKind.BureauDirector or PostKind.FinanceOfficer or PostKind.DisciplineOfficer);
    }

    private static Refusal? StateFault(RaiseVerb verb, StandardRaise raise)
    {
        var fits = verb switch
        {
            RaiseVerb.Approve => raise.State is StandardRaiseState.Draft,
            RaiseVerb.Sign or RaiseVerb.Reopen => raise.State is StandardRaiseState.Approved,
            _ => raise.State is StandardRaiseState.Done,
        };
        return fits ? null : new Refusal("raise-state", $"提标核算现在是“{StateName(raise.State)}”，不能{VerbName(verb)}。");
    }

    private static Refusal? PostFault(RaiseVerb verb, Actor actor)
    {
        var reviewer = Holds(actor, PostKind.Reviewer);
        var leader = Holds(actor, PostKind.LeaderInCharge) || Holds(actor, PostKind.BureauDirector);
        var may = verb switch
        {
            RaiseVerb.Sign => leader,
            RaiseVerb.Reopen => reviewer || leader,
            _ => reviewer,
        };
        return may ? null : new Refusal("post", verb is RaiseVerb.Sign ? "第二人批准由区民政局分管领导或局长办理。" : $"{VerbName(verb)}由区民政局审核人办理。");
    }

    private static bool Holds(Actor actor, PostKind post) => actor.Posts.Any(p => p.Post == post && p.Level is OrganisationLevel.District);

    private static Refusal? FourEyesFault(RaiseVerb verb, StandardRaise raise, Actor actor) =>
        verb is RaiseVerb.Sign && (actor.AccountId is null || actor.AccountId == raise.ApprovedBy)
            ? new Refusal("four-eyes", "您是第一批准人，第二人批准须由另一人办理。")
            : null;

    private static string StateName(StandardRaiseState state) => state switch
    {
        StandardRaiseState.Draft => "预览",
        StandardRaiseState.Approved => "待第二人批准",
        StandardRaiseState.Signed => "正在执行",
        _ => "已办完",
    };

    private static string VerbName(RaiseVerb verb) => verb switch
    {
        RaiseVerb.Approve => "批准",
        RaiseVerb.Sign => "签字",
        RaiseVerb.Reopen => "退回预览",
        _ => "再核对一次",
    };
}
