using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Api;

/// <summary>Issued documents: what they are, and their PDF.</summary>
internal static class DocumentEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapDocuments(this RouteGroupBuilder api)
    {
        CaseInScope.Routes(api).MapGet("/documents", ListAsync).WithTags("Documents").WithName("ListDocuments").WithSummary("The documents of a case, newest first")
            .WithDescription("A citizen gets those that are meant for the applicant.");
        var group = api.MapGroup("/documents").WithTags("Documents");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetDocument").WithSummary("A document's number, dates and hash");
        group.MapGet("/{id:guid}/pdf", PdfAsync).WithName("GetDocumentPdf").WithSummary("A document as PDF")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pdf").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<IReadOnlyList<DocumentLine>>, NotFound>> ListAsync(Guid id, IUnitOfWork work, CurrentActor current, CancellationToken cancellationToken)
    {
        var key = new Id<Cases.CaseFiles.Case>(id);
        var documents = await Visible(work, current).Where(d => d.CaseId == key).OrderByDescending(d => d.IssuedAt).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<DocumentLine>>([.. documents.Select(DocumentLine.Of)]);
    }

    private static async Task<Results<Ok<DocumentLine>, NotFound>> GetAsync(Guid id, IUnitOfWork work, CurrentActor current, CancellationToken cancellationToken)
    {
        var key = new Id<IssuedDocument>(id);
        return await Visible(work, current).FirstOrDefaultAsync(d => d.Id == key, cancellationToken) is { } document
            ? TypedResults.Ok(DocumentLine.Of(document))
            : TypedResults.NotFound();
    }

    private static async Task<IResult> PdfAsync(
        Guid id, IUnitOfWork work, IBlobStore blobs, IDocumentPdfRenderer renderer, IAccessLog log, CurrentActor current, HttpContext http)
    {
        var key = new Id<IssuedDocument>(id);
        if (await Visible(work, current).FirstOrDefaultAsync(d => d.Id == key, http.RequestAborted) is not { } document)
        {
            return Results.NotFound();
        }

        await log.RecordAsync(current.Required, "document.pdf", $"document:{document.Id}", null, http.RequestAborted);
        var stored = document.PdfHash is { } hash ? await blobs.GetAsync(hash, http.RequestAborted) : null;
        var pdf = stored ?? renderer.Render(document.Html, new DocumentPdfOptions { Title = document.Title, IssuedAt = document.IssuedAt });
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(pdf, "application/pdf", $"{document.Title}{document.OfficialNumber}.pdf");
    }

    private static IQueryable<IssuedDocument> Visible(IUnitOfWork work, CurrentActor current)
    {
        var citizen = current.Required.Kind == ActorKind.Citizen;
        return work.Set<IssuedDocument>().AsNoTracking().Where(d => d.ForApplicant || !citizen);
    }
}

/// <summary>A document.</summary>
/// <param name="Id">Identity.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Template">Key of the template.</param>
/// <param name="Title">Title.</param>
/// <param name="OfficialNumber">文号.</param>
/// <param name="IssuedOn">Date of issue.</param>
/// <param name="ForApplicant">Whether the applicant may have it.</param>
/// <param name="ContentHash">SHA-256 over what was issued.</param>
/// <param name="Voided">Whether it was withdrawn.</param>
internal sealed record DocumentLine(
    Guid Id, Guid CaseId, string Template, string Title, string? OfficialNumber, DateOnly IssuedOn, bool ForApplicant, string ContentHash, bool Voided)
{
    /// <summary>The line of a document.</summary>
    public static DocumentLine Of(IssuedDocument document) => new(
        document.Id.Value, document.CaseId.Value, document.TemplateKey, document.Title, document.OfficialNumber, document.IssuedOn,
        document.ForApplicant, document.ContentHash, document.VoidedAt is not null);
}
