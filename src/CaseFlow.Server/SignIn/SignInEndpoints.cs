using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CaseFlow.Server.SignIn;

/// <summary>Plain forms of the shell that concern sign-in.</summary>
internal static class SignInEndpoints
{
    /// <summary>Maps sign-out and the choice of the acting post.</summary>
    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/sign-out", async (HttpContext context, CurrentActor current, [FromForm] string? back) =>
        {
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            context.Response.Cookies.Delete(ActorMiddleware.ActingPostCookie);
            return Results.LocalRedirect(current.Actor?.Kind == ActorKind.Staff ? "/sign-in" : DisplaySettings.Local(back));
        });
        app.MapPost("/acting-post", (HttpContext context, CurrentActor current, [FromForm] string assignment, [FromForm] string? back) =>
        {
            if (!Id<PostAssignment>.TryParse(assignment, out var id) || current.Actor?.Posts.Any(p => p.AssignmentId == id) != true)
            {
                return Results.NotFound();
            }

            context.Response.Cookies.Append(ActorMiddleware.ActingPostCookie, id.ToString(), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
            return Results.LocalRedirect(DisplaySettings.Local(back));
        }).RequireAuthorization(Policies.Staff);
    }
}
