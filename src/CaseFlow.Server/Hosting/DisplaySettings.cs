using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace CaseFlow.Server.Hosting;

/// <summary>How a person wants to see pages: language, large print, single-key shortcuts. Plain forms set cookies, so that it works without script.</summary>
internal static class DisplaySettings
{
    /// <summary>Name of the cookie with the language.</summary>
    public const string LanguageCookie = "caseflow.language";

    /// <summary>Name of the cookie of the large print (长者版).</summary>
    public const string LargePrintCookie = "caseflow.large";

    /// <summary>Name of the cookie that switches single-key shortcuts off.</summary>
    public const string KeysOffCookie = "caseflow.keys-off";

    /// <summary>Where the forms post to.</summary>
    public static void MapDisplaySettings(this WebApplication app)
    {
        var group = app.MapGroup("/display");
        group.MapPost("/language", (HttpContext context, [FromForm] string culture, [FromForm] string? back) =>
        {
            if (Array.IndexOf(TextsHosting.Cultures, culture) < 0)
            {
                return Results.BadRequest();
            }

            Remember(context, LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
            return Back(back);
        });
        group.MapPost("/large-print", (HttpContext context, [FromForm] bool on, [FromForm] string? back) =>
        {
            Switch(context, LargePrintCookie, on);
            return Back(back);
        });
        group.MapPost("/keys", (HttpContext context, [FromForm] bool on, [FromForm] string? back) =>
        {
            Switch(context, KeysOffCookie, !on);
            return Back(back);
        });
    }

    /// <summary>A path on this server that a form may lead back to; the start page for anything else.</summary>
    internal static string Local(string? path) =>
        path is { Length: > 0 } && path[0] == '/' && (path.Length == 1 || (path[1] != '/' && path[1] != '\\')) ? path : "/";

    private static IResult Back(string? path) => Results.LocalRedirect(Local(path));

    private static void Switch(HttpContext context, string cookie, bool on)
    {
        if (on)
        {
            Remember(context, cookie, "1");
        }
        else
        {
            context.Response.Cookies.Delete(cookie);
        }
    }

    private static void Remember(HttpContext context, string cookie, string value) =>
        context.Response.Cookies.Append(cookie, value, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
}
