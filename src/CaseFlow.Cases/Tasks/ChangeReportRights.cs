using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tasks;

/// <summary>Who may report a change of a case, and while which; asked by the step that takes the report and by the page that offers it.</summary>
public static class ChangeReportRights
{
    /// <summary>Whether the case still takes reports: what changes after its end belongs into a new application.</summary>
    public static bool Takes(Case caseFile)
    {
        ArgumentNullException.ThrowIfNull(caseFile);
        return caseFile.Status is CaseStatus.InForce or CaseStatus.Open;
    }

    /// <summary>The applicant, who filed for the applicant, and whoever has a post at the case's office or community.</summary>
    public static bool MayReport(Actor actor, Case caseFile)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(caseFile);
        var own = actor.PersonId == caseFile.ApplicantId || (actor.AccountId is not null && actor.AccountId == caseFile.FiledBy);
        return (actor.Kind == ActorKind.Citizen && own)
            || actor.Posts.Any(p => p.OrganisationId == caseFile.OrganisationId || p.OrganisationId == caseFile.CommunityId);
    }
}
