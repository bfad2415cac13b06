using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Calendar;

/// <summary>延期告知书: the applicant is told of an extension, with its reason and the new last day. Acts in the current step.</summary>
public sealed class ExtensionNotice(IUnitOfWork work, DocumentService documents, NotificationService notifications)
{
    /// <summary>Issues and sends it.</summary>
    public async Task IssueAsync(Case caseFile, Deadline total, string reason, CancellationToken cancellationToken)
    {
        var procedure = await work.Set<Procedure>().FindAsync([total.ProcedureId], cancellationToken);
        var data = new JsonObject { ["reason"] = reason, ["newDueOn"] = DocumentModels.Date(total.DueOn), ["legalBasis"] = null };
        var document = await documents.IssueAsync(
            caseFile, procedure, new DocumentRequest($"{caseFile.CaseType}/extension-notice", OrganisationLevel.District, true, data), cancellationToken);
        await notifications.TellApplicantAsync(
            caseFile, $"document/{document.Id}", "您的申请需要延长办理，理由和新的期限见告知书。", document, cancellationToken, "extended");
    }
}
