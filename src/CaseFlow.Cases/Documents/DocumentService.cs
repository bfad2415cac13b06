using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Documents;

/// <summary>Renders a template with a model to the frozen HTML.</summary>
public interface IDocumentRenderer
{
    /// <summary>Renders.</summary>
    /// <param name="template">The template.</param>
    /// <param name="model">The model; every field that the template reads must be there.</param>
    /// <exception cref="Exception">The template fails or exceeds a limit: the step is undone.</exception>
    string Render(DocumentTemplate template, JsonObject model);
}

/// <summary>
/// Issues documents: a template in force is rendered with the case's facts, gets its gapless number in this very step, and is
/// frozen with a hash and a check code. Methods that take an actor open a step of their own.
/// </summary>
public sealed class DocumentService(
    IStepRunner steps,
    IUnitOfWork work,
    ILocks locks,
    IAuditTrail audit,
    IBusinessClock clock,
    PolicyDesk policy,
    BureauDirectory bureau,
    DocumentModels models,
    IDocumentRenderer renderer,
    StepContext step)
{
    /// <summary>Issues a document in the current step.</summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="procedure">The procedure, if any.</param>
    /// <param name="request">What is issued, by whom, with which further data.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="RefusedException">No such template is in force.</exception>
    public async Task<IssuedDocument> IssueAsync(
        Case caseFile, Procedure? procedure, DocumentRequest request, CancellationToken cancellationToken)
    {
        var template = await TemplateAsync(request.TemplateKey, cancellationToken);
        var issuer = await IssuerAsync(caseFile, request.Issuer, cancellationToken);
        var document = new IssuedDocument
        {
            CaseId = caseFile.Id,
            ProcedureId = procedure?.Id,
            TemplateKey = template.Key,
            TemplateVersion = template.Version,
            Title = template.Title,
            OrganisationId = issuer.Id,
            CheckCode = RandomNumberGenerator.GetHexString(16, lowercase: true),
            IssuedOn = clock.Today,
            IssuedAt = clock.Now,
            ForApplicant = request.ForApplicant,
        };
        await NumberAsync(document, template, issuer, cancellationToken);
        var model = await models.BuildAsync(caseFile, procedure, document, issuer, request.Data, cancellationToken);
        document.Html = renderer.Render(template, model);
        document.ModelJson = model.ToJsonString(CaseJson.Options);
        document.ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.Html)));
        work.Set<IssuedDocument>().Add(document);
        step.Issued.Add(document);
        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "document.issue",
            new JsonObject
            {
                ["document"] = document.Id.ToString(),
                ["template"] = template.Key,
                ["version"] = template.Version,
                ["number"] = document.OfficialNumber,
                ["hash"] = document.ContentHash,
            },
            cancellationToken);
        return document;
    }

    /// <summary>The document of a template that was issued last in a case, in this step included; null if there is none.</summary>
    public async Task<IssuedDocument?> LastAsync(Case caseFile, string templateKey, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        return await work.Set<IssuedDocument>()
            .Where(d => d.CaseId == caseFile.Id && d.TemplateKey == templateKey)
            .OrderByDescending(d => d.IssuedAt)
            .ThenByDescending(d => d.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>作废: the document no longer holds; its number is never used again.</summary>
    public Task VoidAsync(Actor actor, Id<IssuedDocument> document, string reason, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<DocumentService, bool>(
            new Step("document.void", actor, operationId),
            (service, token) => service.VoidInStepAsync(actor, document, reason, token),
            cancellationToken);

    /// <summary>送达: the day from which the receiver's periods run.</summary>
    /// <param name="actor">Who served it.</param>
    /// <param name="document">The document.</param>
    /// <param name="method"><c>direct</c>, <c>left</c>, <c>post</c>, <c>electronic</c> or <c>announcement</c>.</param>
    /// <param name="on">The day; not before the issue, not after today.</param>
    /// <param name="operationId">Repeating it has no second effect.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task ServeAsync(Actor actor, Id<IssuedDocument> document, string method, DateOnly on, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<DocumentService, bool>(
            new Step("document.serve", actor, operationId),
            (service, token) => service.ServeInStepAsync(actor, document, method, on, token),
            cancellationToken);

    private async Task<DocumentTemplate> TemplateAsync(string key, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        return (await policy.SnapshotAsync(cancellationToken)).Templates[key]
            .Where(t => t.ValidFrom <= today)
            .MaxBy(t => (t.ValidFrom, t.Version))
            ?? throw new InvalidOperationException($"No template {key} is in force on {today:yyyy-MM-dd}.");
    }

    private Task<OrganisationUnit> IssuerAsync(Case caseFile, OrganisationLevel level, CancellationToken cancellationToken) =>
        level == OrganisationLevel.District
            ? bureau.DistrictAsync(cancellationToken)
            : bureau.UnitAsync(caseFile.OrganisationId, cancellationToken);

    private async Task NumberAsync(IssuedDocument document, DocumentTemplate template, OrganisationUnit issuer, CancellationToken cancellationToken)
    {
        if (template.NumberKind is not { } kind)
        {
            return;
        }

        document.BodyCode = issuer.BodyCode;
        document.NumberKind = kind;
        document.NumberYear = clock.Today.Year;
        document.Number = await locks.NextNumberAsync(issuer.BodyCode, kind, clock.Today.Year, cancellationToken);
        document.OfficialNumber = OfficialNumberFormat.Format(issuer.BodyCode, kind, clock.Today.Year, document.Number.Value);
    }

    private async Task<bool> VoidInStepAsync(Actor actor, Id<IssuedDocument> id, string reason, CancellationToken cancellationToken)
    {
        var document = await LockedAsync(actor, id, cancellationToken);
        if (!actor.Holds(PostKind.LeaderInCharge) && !actor.Holds(PostKind.BureauDirector))
        {
            throw new RefusedException("post", "作废文书由签发单位分管领导决定。");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new InvalidInputException("reason", "请写明作废理由。");
        }

        if (document.VoidedAt is not null)
        {
            throw new RefusedException("voided", "这份文书已经作废。");
        }

        document.VoidedAt = clock.Now;
        document.VoidReason = reason;
        await audit.AppendAsync(
            document.CaseId, actor, "document.void", new JsonObject { ["document"] = id.ToString(), ["number"] = document.OfficialNumber, ["reason"] = reason }, cancellationToken);
        return true;
    }

    private async Task<bool> ServeInStepAsync(Actor actor, Id<IssuedDocument> id, string method, DateOnly on, CancellationToken cancellationToken)
    {
        if (method is not ("direct" or "left" or "post" or "electronic" or "announcement"))
        {
            throw new InvalidInputException("method", "请选择送达方式。");
        }

        var document = await LockedAsync(actor, id, cancellationToken);
        if (on < document.IssuedOn || on > clock.Today)
        {
            throw new InvalidInputException("on", "送达日期应在签发日期与今天之间。");
        }

        var statutory = await policy.ClockAsync(cancellationToken);
        var book = await policy.BookAsync(cancellationToken);
        document.ServedOn = on;
        if (method == "announcement")
        {
            var announced = book.Period("service.announcement.days", on);
            document.ServedOn = statutory.DueOn(on, announced.Count, announced.Unit);
        }

        var review = book.Period("remedies.review.days", document.ServedOn.Value);
        document.ServiceMethod = method;
        document.ReviewUntil = statutory.DueOn(document.ServedOn.Value, review.Count, review.Unit);
        await audit.AppendAsync(
            document.CaseId,
            actor,
            "document.serve",
            new JsonObject { ["document"] = id.ToString(), ["method"] = method, ["servedOn"] = document.ServedOn.Value.ToString("O") },
            cancellationToken);
        return true;
    }

    private async Task<IssuedDocument> LockedAsync(Actor actor, Id<IssuedDocument> id, CancellationToken cancellationToken)
    {
        var caseId = await work.Set<IssuedDocument>().AsNoTracking()
            .Where(d => d.Id == id).Select(d => (Id<Case>?)d.CaseId).FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("not-found", "找不到这份文书。");
        await locks.LockCaseAsync(caseId, cancellationToken);
        var document = await work.Set<IssuedDocument>().FirstAsync(d => d.Id == id, cancellationToken);
        var caseFile = await work.Set<Case>().FirstAsync(c => c.Id == caseId, cancellationToken);
        return actor.Kind == ActorKind.System || actor.Posts.Any(p => p.OrganisationId == document.OrganisationId || p.OrganisationId == caseFile.OrganisationId)
            ? document
            : throw new RefusedException("not-found", "找不到这份文书。");
    }
}

/// <summary>What is to be issued.</summary>
/// <param name="TemplateKey">Key such as <c>dibao/confirmation-notice</c>.</param>
/// <param name="Issuer">Whose name stands on it.</param>
/// <param name="ForApplicant">Whether the applicant may read it.</param>
/// <param name="Data">Further fields for the model.</param>
public sealed record DocumentRequest(string TemplateKey, OrganisationLevel Issuer, bool ForApplicant, JsonObject Data);
