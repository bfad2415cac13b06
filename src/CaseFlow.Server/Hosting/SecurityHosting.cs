using Microsoft.AspNetCore.DataProtection;

namespace CaseFlow.Server.Hosting;

/// <summary>Headers that keep a page to what we serve ourselves, and keys that survive a restart.</summary>
internal static class SecurityHosting
{
    /// <summary>
    /// Scripts and styles come only from this server and never stand inside a page; nobody frames our pages but ourselves
    /// (the designer's frame).
    /// </summary>
    internal const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'";

    /// <summary>Registers antiforgery and the keys of cookies, which stay in the key folder.</summary>
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "caseflow.forms";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        builder.Services.AddDataProtection().SetApplicationName("CaseFlow").PersistKeysToFileSystem(new DirectoryInfo(KeyFolder.Of(builder)));
    }

    /// <summary>Sets the headers on every answer that has not chosen its own policy.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.TryAdd("Content-Security-Policy", PagePolicy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("X-Frame-Options", "SAMEORIGIN");
            headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), payment=(), usb=()");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
