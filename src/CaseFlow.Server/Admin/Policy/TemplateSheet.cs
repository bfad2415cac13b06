using System.Net;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Documents;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Antiforgery;

namespace CaseFlow.Server.Admin.Policy;

/// <summary>
/// A template on its sheet with the example of its declaration: as it stands, as drafted, or as typed so far. Only the closed
/// set of blocks comes through, and the page has a policy of its own that runs nothing.
/// </summary>
internal static class TemplateSheet
{
    private const string Policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; frame-ancestors 'self'";

    /// <summary>Maps it.</summary>
    public static void MapTemplateSheet(this WebApplication app)
    {
        app.MapGet("/admin/templates/sheet", (HttpContext http, PolicyPages pages) => ShowAsync(http, pages, null)).RequireAuthorization(Policies.Admin).ExcludeFromDescription();
        app.MapPost("/admin/templates/sheet", TypedAsync).RequireAuthorization(Policies.Admin).ExcludeFromDescription();
    }

    private static async Task<IResult> TypedAsync(HttpContext http, PolicyPages pages, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return await ShowAsync(http, pages, form["Input.Text"].ToString().ReplaceLineEndings("\n"));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, PolicyPages pages, string? typed)
    {
        var key = http.Request.Query["key"].ToString();
        var template = (await pages.StateAsync(http.RequestAborted)).Templates.Where(t => t.Key == key).MaxBy(t => t.Version);
        if (template is null)
        {
            return Results.NotFound();
        }

        var draft = await pages.DraftAsync(http.Request.Query["change"], http.RequestAborted);
        var text = typed ?? draft?.Content().Templates.FirstOrDefault(t => t.Key == key)?.Text ?? template.Text;
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(
            $"""
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(template.Title)}</title><link rel="stylesheet" href="/css/document.css"></head>
            <body class="sheet">{Body(template, text)}</body></html>
            """,
            "text/html; charset=utf-8");
    }

    private static string Body(DocumentTemplate template, string text)
    {
        try
        {
            return DocumentServices.ToScreenHtml(new TemplateRenderer().RenderHtml(template.Key, text, TemplateModel.Parse(template.ModelJson).Example()));
        }
        catch (Exception wrong) when (wrong is TemplateException or FormatException)
        {
            return $"<p>{WebUtility.HtmlEncode(wrong.Message)}</p>";
        }
    }
}
