using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Authority;

/// <summary>What a step does for the decision.</summary>
public enum AuthorityRole
{
    /// <summary>Verifies or drafts: handlers and investigators.</summary>
    Verify,

    /// <summary>Reviews.</summary>
    Review,

    /// <summary>Approves.</summary>
    Approve,
}

/// <summary>An act of somebody in the same procedure.</summary>
/// <param name="AccountId">Who.</param>
/// <param name="Name">Name shown.</param>
/// <param name="Role">As what.</param>
/// <param name="Step">In which step.</param>
/// <param name="StepName">Its Chinese name.</param>
public sealed record PriorAct(Id<Account> AccountId, string Name, AuthorityRole Role, string Step, string StepName);

/// <summary>
/// 四眼: handler, reviewers and approver of a case are different persons, whatever posts they hold or substitute; a household
/// survey has two distinct persons, neither of them the approver (domain H).
/// </summary>
public static class FourEyes
{
    /// <summary>Why a person may not act in a step because of what they did before; null if they may.</summary>
    /// <remarks>Doing the same step again after a return is no conflict; doing another step of the verifying side is none either.</remarks>
    public static Refusal? Check(Id<Account> account, AuthorityRole role, string step, IEnumerable<PriorAct> prior)
    {
        var clash = prior.FirstOrDefault(act =>
            act.AccountId == account
            && (act.Role != role || (role != AuthorityRole.Verify && !string.Equals(act.Step, step, StringComparison.Ordinal))));
        return clash is null
            ? null
            : new Refusal("four-eyes", $"您已作为“{NameOf(clash.Role)}”办理本案的“{clash.StepName}”，同一案件的经办、审核、审批须由不同的人办理。请释放任务，由同岗位的其他人员办理。");
    }

    /// <summary>Why two persons cannot do one step together; null if they can.</summary>
    public static Refusal? CheckTwoPersons(Id<Account> first, Id<Account>? second) =>
        second == first ? new Refusal("two-persons", "入户调查须有两名不同的调查人员，请另选一人。") { English = "A survey takes two different persons. Name somebody else." } : null;

    private static string NameOf(AuthorityRole role) => role switch
    {
        AuthorityRole.Verify => "经办",
        AuthorityRole.Review => "审核",
        _ => "审批",
    };
}
