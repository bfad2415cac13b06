using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Documents;
using CaseFlow.Server.SignIn;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Documents;

/// <summary>The sheet and the PDF of an issued document. What is outside the scope is not found.</summary>
internal static class DocumentEndpoints
{
    /// <summary>The sheet stands in a frame of our own page; the blocks carry small styles, so it has a policy of its own without script.</summary>
    private const string SheetPolicy =
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; frame-ancestors 'self'";

    /// <summary>Maps the addresses.</summary>
    public static void MapStaffDocuments(this IEndpointRouteBuilder staff)
    {
        staff.MapGet("/documents/{id:guid}/sheet", SheetAsync);
        staff.MapGet("/documents/{id:guid}/pdf", PdfAsync);
    }

    private static async Task<IResult> SheetAsync(Guid id, IUnitOfWork work, HttpContext http)
    {
        if (await FindAsync(work, id, http.RequestAborted) is not { } document)
        {
            return Results.NotFound();
        }

        return Sheet(http, document);
    }

    /// <summary>The sheet of a document, which the reader may see.</summary>
    internal static IResult Sheet(HttpContext http, IssuedDocument document)
    {
        http.Response.Headers.ContentSecurityPolicy = SheetPolicy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(Page(document), "text/html; charset=utf-8");
    }

    private static string Page(IssuedDocument document)
    {
        var title = System.Net.WebUtility.HtmlEncode(document.Title);
        return $"""
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><link rel="stylesheet" href="/css/document.css"></head>
            <body class="sheet">{DocumentServices.ToScreenHtml(document.Html)}</body></html>
            """;
    }

    private static async Task<IResult> PdfAsync(Guid id, IUnitOfWork work, IAccessLog log, CurrentActor current, HttpContext http)
    {
        if (await FindAsync(work, id, http.RequestAborted) is not { } document)
        {
            return Results.NotFound();
        }

        await log.RecordAsync(current.Required, "document.pdf", $"document:{document.Id}", null, http.RequestAborted);
        return await PdfOfAsync(http, document);
    }

    /// <summary>The PDF of a document, which the reader may see.</summary>
    internal static async Task<IResult> PdfOfAsync(HttpContext http, IssuedDocument document)
    {
        var blobs = http.RequestServices.GetRequiredService<IBlobStore>();
        var stored = document.PdfHash is { } hash ? await blobs.GetAsync(hash, http.RequestAborted) : null;
        var pdf = stored ?? http.RequestServices.GetRequiredService<IDocumentPdfRenderer>()
            .Render(document.Html, new DocumentPdfOptions { Title = document.Title, IssuedAt = document.IssuedAt });
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(pdf, "application/pdf", $"{document.Title}{document.OfficialNumber}.pdf");
    }

    private static Task<IssuedDocument?> FindAsync(IUnitOfWork work, Guid id, CancellationToken cancellationToken)
    {
        var key = new Id<IssuedDocument>(id);
        return work.Set<IssuedDocument>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == key, cancellationToken);
    }
}
