using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Server.SignIn;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Cases;

/// <summary>Uploaded papers and photographs, found only through a case in scope and never run by the browser.</summary>
internal static class FileEndpoints
{
    private const string FilePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; frame-ancestors 'self'; sandbox";

    /// <summary>Maps the addresses.</summary>
    public static void MapStaffFiles(this IEndpointRouteBuilder staff)
    {
        staff.MapGet("/materials/{id:guid}", MaterialAsync);
        staff.MapGet("/notices/{id:guid}/photo/{day}", PhotoAsync);
    }

    private static async Task<IResult> MaterialAsync(
        Guid id, IUnitOfWork work, IBlobStore blobs, IAccessLog log, CurrentActor current, HttpContext http)
    {
        var key = new Id<Material>(id);
        var material = await work.Set<Material>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == key, http.RequestAborted);
        if (PaysOnly(current.Required) || material?.BlobHash is not { } hash || await blobs.GetAsync(hash, http.RequestAborted) is not { } content)
        {
            return Results.NotFound();
        }

        await log.RecordAsync(current.Required, "material.read", $"material:{material.Id}", null, http.RequestAborted);
        return File(http, content, material.ContentType);
    }

    /// <summary>Who only pays sees payments and the masked case, no papers of the family (domain A).</summary>
    internal static bool PaysOnly(Actor actor) => actor.Posts.All(p => p.Post == PostKind.FinanceOfficer);

    private static async Task<IResult> PhotoAsync(Guid id, string day, IUnitOfWork work, IBlobStore blobs, HttpContext http)
    {
        var key = new Id<PublicNotice>(id);
        var notice = await work.Set<PublicNotice>().AsNoTracking().FirstOrDefaultAsync(n => n.Id == key, http.RequestAborted);
        var hash = day == "last" ? notice?.EndPhotoHash : notice?.StartPhotoHash;
        return hash is not null && await blobs.GetAsync(hash, http.RequestAborted) is { } content
            ? File(http, content, Components.Uploads.FileKind.Of(content))
            : Results.NotFound();
    }

    /// <summary>A file for the browser: shown if it is a picture or a PDF, never run.</summary>
    internal static IResult File(HttpContext http, byte[] content, string? type)
    {
        var shown = type is "image/jpeg" or "image/png" or "image/webp" or "application/pdf";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentSecurityPolicy = FilePolicy;
        http.Response.Headers.ContentDisposition = shown ? "inline" : "attachment";
        return Results.Bytes(content, shown ? type : "application/octet-stream");
    }
}
