using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// 窗口代收: what the applicant hands in or says at the counter is recorded by the window of the body that accepted the case, or
/// of the district hall. Telephone and window are equal ways (domain O): nobody needs an account to answer. Whoever records it
/// decides nothing by it, so it does not count among the acts of the four eyes.
/// </summary>
public static class CounterReceipt
{
    /// <summary>The post in which somebody takes in what belongs to a case; null if they hold none.</summary>
    public static PostInForce? PostOf(Actor actor, Case caseFile) => actor.Posts.FirstOrDefault(p =>
        (p.CaseType is null || p.CaseType == caseFile.CaseType)
        && ((p.OrganisationId == caseFile.OrganisationId && (p.Post is PostKind.WindowClerk or PostKind.CaseHandler))
            || (p.Level == OrganisationLevel.District && p.Post == PostKind.WindowClerk)));
}
