using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Citizen.Cases;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Staff.Cases;
using CaseFlow.Server.Staff.Documents;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Citizen.Documents;

/// <summary>Sheets, PDFs and own papers of the citizen's cases. What is somebody else's, or not meant for the applicant, is not found.</summary>
internal static class CitizenFiles
{
    /// <summary>Maps the addresses.</summary>
    public static void MapCitizenFiles(this IEndpointRouteBuilder citizens)
    {
        citizens.MapGet("/my/documents/{id:guid}/sheet", SheetAsync);
        citizens.MapGet("/my/documents/{id:guid}/pdf", PdfAsync);
        citizens.MapGet("/my/materials/{id:guid}", MaterialAsync);
    }

    private static async Task<IResult> SheetAsync(Guid id, CitizenCases cases, HttpContext http) =>
        await cases.DocumentAsync(new Id<IssuedDocument>(id), http.RequestAborted) is { } document
            ? DocumentEndpoints.Sheet(http, document)
            : Results.NotFound();

    private static async Task<IResult> PdfAsync(Guid id, CitizenCases cases, IAccessLog log, CurrentActor current, HttpContext http)
    {
        if (await cases.DocumentAsync(new Id<IssuedDocument>(id), http.RequestAborted) is not { } document)
        {
            return Results.NotFound();
        }

        await log.RecordAsync(current.Required, "document.pdf", $"document:{document.Id}", null, http.RequestAborted);
        return await DocumentEndpoints.PdfOfAsync(http, document);
    }

    private static async Task<IResult> MaterialAsync(
        Guid id, IUnitOfWork work, IBlobStore blobs, IAccessLog log, CurrentActor current, HttpContext http)
    {
        var key = new Id<Material>(id);
        var material = await work.Set<Material>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == key && m.Code != Material.SurveyPhoto, http.RequestAborted);
        if (material?.BlobHash is not { } hash || await blobs.GetAsync(hash, http.RequestAborted) is not { } content)
        {
            return Results.NotFound();
        }

        await log.RecordAsync(current.Required, "material.read", $"material:{material.Id}", null, http.RequestAborted);
        return FileEndpoints.File(http, content, material.ContentType);
    }
}
