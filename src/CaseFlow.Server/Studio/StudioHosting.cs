using System.Text.Encodings.Web;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Studio;

/// <summary>Elsa Studio, unmodified from its npm package, below <c>/studio</c>.</summary>
internal static class StudioHosting
{
    /// <summary>Policy of the designer's API: a token, never a cookie, so that no other site can use a session.</summary>
    public const string ApiPolicy = "studio-api";

    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);

    /// <summary>Registers the files and the policy of the API.</summary>
    public static void AddStudio(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StudioFiles>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(ApiPolicy, p => p.AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser());
    }

    /// <summary>Maps files, page and token.</summary>
    public static void MapStudio(this WebApplication app)
    {
        var studio = app.MapGroup("/studio").ExcludeFromDescription();
        studio.MapGet("/_framework/{**path}", (HttpContext context, string path, StudioFiles files) => files.Send(context, "_framework/" + path));
        studio.MapGet("/_content/{**path}", (HttpContext context, string path, StudioFiles files) => files.Send(context, "_content/" + path));
        studio.MapGet("/appsettings.json", (HttpContext context, StudioFiles files) => files.Send(context, "appsettings.json"));
        studio.MapGet("/{sheet}.styles.css", (HttpContext context, string sheet, StudioFiles files) => files.Send(context, sheet + ".styles.css"));
        studio.MapPost("/token", IssueToken).RequireAuthorization(Policies.Admin);
        studio.MapGet("/{**path:nonfile}", Page).RequireAuthorization(Policies.Admin);
    }

    /// <summary>Everything is resolved against <c>/studio/</c>, so the address without the slash leads there.</summary>
    private static IResult Page(HttpContext context, IStringLocalizer texts, HtmlEncoder encoder, CaseFlow.Cases.CaseTypes.PublicationPolicy publication) =>
        context.Request.Path == "/studio" ? Results.LocalRedirect("/studio/") : StudioPage.Send(context, texts, encoder, publication);

    /// <summary>
    /// Exchanges the session of the page for a short token. The header cannot be set by a form of another site, so that no
    /// other site can ask for one.
    /// </summary>
    private static IResult IssueToken(HttpContext context, AccessTokens tokens)
    {
        if (context.Request.Headers.XRequestedWith != "CaseFlow")
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden);
        }

        context.Response.Headers.CacheControl = "no-store";
        var claims = context.User.Claims.Where(c => c.Type is AccountPrincipal.AccountClaim or AccountPrincipal.StampClaim);
        return Results.Ok(new StudioToken(tokens.Issue(claims, TokenLife), (int)TokenLife.TotalSeconds));
    }
}

/// <summary>A token for the designer.</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="ExpiresIn">Seconds from now.</param>
internal sealed record StudioToken(string AccessToken, int ExpiresIn);
