using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Messages;

/// <summary>
/// The wording of a message: that of the case type where it has one, with the dates of the document that goes along; else the
/// words that the workflow gives. A message never fails a step: where a date is missing, the workflow's words are said.
/// </summary>
public sealed class MessageDesk(CaseTypeCatalogue catalogue, BureauDirectory bureau)
{
    /// <summary>Subject, text and SMS of a message.</summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="key">Key of the wording; null for none.</param>
    /// <param name="words">What is said where there is no wording.</param>
    /// <param name="document">The document that goes along; its dates may be named.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<MessageTemplate> WordAsync(Case caseFile, string? key, string words, IssuedDocument? document, CancellationToken cancellationToken)
    {
        var plain = new MessageTemplate(key ?? "", $"办件 {caseFile.Number} 有新的消息", words, $"您的办件（{caseFile.Number}）有新的消息，请登录查看。");
        var manifest = await catalogue.ManifestAsync(caseFile.CaseTypeVersionId, cancellationToken);
        if (key is null || !manifest.Messages.TryGetValue(key, out var wording))
        {
            return plain;
        }

        var township = await bureau.UnitAsync(caseFile.OrganisationId, cancellationToken);
        try
        {
            return wording.Render(Model(caseFile, township, document));
        }
        catch (TemplateException)
        {
            return plain;
        }
    }

    private static JsonObject Model(Case caseFile, OrganisationUnit township, IssuedDocument? document)
    {
        var data = CaseJson.ReadObject(document?.ModelJson)["data"]?.DeepClone() as JsonObject ?? [];
        if (!data.ContainsKey("dueOn") && caseFile.DueOn is { } due)
        {
            data["dueOn"] = DocumentModels.Date(due);
        }

        return new JsonObject
        {
            ["caseFile"] = new JsonObject { ["number"] = caseFile.Number },
            ["township"] = new JsonObject { ["shortName"] = township.ShortName, ["phone"] = township.Phone },
            ["data"] = data,
        };
    }
}
