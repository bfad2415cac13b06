using System.Text.Encodings.Web;
using CaseFlow.Server.ElsaApi;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Studio;

/// <summary>Elsa Studio, unmodified from its npm package, below <c>/studio</c>.</summary>
internal static class StudioHosting
{
    /// <summary>Registers the files, the tokens, and the scheme of the API.</summary>
    public static void AddStudio(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StudioFiles>();
        builder.Services.AddSingleton<StudioTokens>();
        builder.Services.AddAuthentication().AddJwtBearer(StudioTokens.Policy, _ => { });
        builder.Services.AddOptions<JwtBearerOptions>(StudioTokens.Policy).Configure<StudioTokens>((options, tokens) =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = tokens.Validation;
        });
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(StudioTokens.Policy, p => p.AddAuthenticationSchemes(StudioTokens.Policy).RequireAuthenticatedUser());
    }

    /// <summary>Maps files, page and token.</summary>
    public static void MapStudio(this WebApplication app)
    {
        var studio = app.MapGroup("/studio").ExcludeFromDescription();
        studio.MapGet("/_framework/{**path}", (HttpContext context, string path, StudioFiles files) => files.Send(context, "_framework/" + path));
        studio.MapGet("/_content/{**path}", (HttpContext context, string path, StudioFiles files) => files.Send(context, "_content/" + path));
        studio.MapGet("/{file:regex(^(appsettings\\.json|Elsa\\.Studio\\.Host\\.CustomElements\\.styles\\.css)$)}", (HttpContext context, string file, StudioFiles files) => files.Send(context, file));
        studio.MapPost("/token", IssueToken).RequireAuthorization(Policies.Admin).DisableAntiforgery();
        studio.MapGet("/{**path:nonfile}", Page).RequireAuthorization(Policies.Admin);
    }

    /// <summary>Everything is resolved against <c>/studio/</c>, so the address without the slash leads there.</summary>
    private static IResult Page(HttpContext context, CurrentActor actor, IStringLocalizer texts, HtmlEncoder encoder) =>
        context.Request.Path == "/studio" ? Results.LocalRedirect("/studio/")
        : ElsaAccess.MayRead(actor.Actor) ? StudioPage.Send(context, texts, encoder)
        : Results.Redirect("/error/403");

    /// <summary>
    /// Exchanges the session of the page for a token. The header cannot be set by a form of another site, so that no other site
    /// can ask for one.
    /// </summary>
    private static IResult IssueToken(HttpContext context, CurrentActor actor, StudioTokens tokens)
    {
        if (!ElsaAccess.MayRead(actor.Actor) || context.Request.Headers.XRequestedWith != "CaseFlow")
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(tokens.Issue(context.User));
    }
}
