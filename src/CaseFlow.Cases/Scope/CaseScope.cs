using CaseFlow.Cases.CaseFiles;

namespace CaseFlow.Cases.Scope;

/// <summary>The scope's predicate for one case at hand, as the databases' filter says it for many.</summary>
public static class CaseScope
{
    /// <summary>Whether the scope covers a case.</summary>
    public static bool Covers(DataScope scope, Case caseFile)
    {
        if (scope.Everything || scope.PersonId == caseFile.ApplicantId)
        {
            return true;
        }

        var filedOnline = scope.AccountId is { } account && caseFile.FiledBy == account && caseFile.Channel == "online";
        var inOffice = scope.Organisations.Contains(caseFile.OrganisationId)
            || (caseFile.CommunityId is { } community && scope.Communities.Contains(community));
        return filedOnline
            || (inOffice && scope.CaseTypes.Contains(caseFile.CaseType, StringComparer.Ordinal) && (scope.Sensitive || !caseFile.Sensitive));
    }
}
