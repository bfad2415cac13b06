using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Notices;

/// <summary>
/// 异议答复书: each objector who gave a name gets a written answer of their own, with their receipt number and nobody else's
/// name (domain I). An anonymous objection is a lead: it was followed, but there is nobody to answer.
/// </summary>
public sealed class ObjectionAnswers(IUnitOfWork work, DocumentService documents)
{
    /// <summary>Issues the answers in the current step and notes each at its objection.</summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="procedure">The procedure whose investigation is answered.</param>
    /// <param name="template">Template key, for example <c>dibao/objection-answer</c>.</param>
    /// <param name="issuer">Whose name stands on them.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>How many answers were issued.</returns>
    /// <exception cref="RefusedException">No such template is in force.</exception>
    public async Task<int> IssueAsync(Case caseFile, Procedure procedure, string template, OrganisationLevel issuer, CancellationToken cancellationToken)
    {
        var open = await work.Set<Objection>()
            .Where(o => o.CaseId == caseFile.Id && o.SettledAt == null && o.AnswerId == null)
            .OrderBy(o => o.ReceivedAt)
            .ThenBy(o => o.Id)
            .ToListAsync(cancellationToken);
        var named = open.FindAll(o => !string.IsNullOrWhiteSpace(o.ObjectorName));
        foreach (var objection in named)
        {
            var data = new JsonObject
            {
                ["receiptNumber"] = objection.ReceiptNumber,
                ["receivedOn"] = DocumentModels.Date(BusinessTime.DayOf(objection.ReceivedAt)),
                ["objectorName"] = objection.ObjectorName!.Trim(),
            };
            var answer = await documents.IssueAsync(caseFile, procedure, new DocumentRequest(template, issuer, ForApplicant: false, data), cancellationToken);
            objection.AnswerId = answer.Id;
        }

        return named.Count;
    }
}
