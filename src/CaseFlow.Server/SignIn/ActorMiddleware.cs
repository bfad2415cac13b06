using System.Security.Claims;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// Reads the signed-in person's posts in force and scope from the database at each request, so that a post taken away, a
/// changed password or a closed account ends at once.
/// </summary>
internal sealed class ActorMiddleware(RequestDelegate next)
{
    /// <summary>Cookie with the assignment in which a person of several posts acts.</summary>
    public const string ActingPostCookie = "caseflow.post";

    private const string PasswordPage = "/account/password";

    /// <summary>Enters the person's scope for the rest of the request.</summary>
    public async Task InvokeAsync(HttpContext context, CurrentActor current)
    {
        if (IsFile(context) || AccountPrincipal.AccountOf(context.User) is not { } id)
        {
            await next(context);
            return;
        }

        var services = context.RequestServices;
        var account = await services.GetRequiredService<IUnitOfWork>().Set<Account>().AsNoTracking()
            .FirstOrDefaultAsync(a => a.Id == id, context.RequestAborted);
        if (account is null || account.Disabled || account.SecurityStamp != context.User.FindFirst(AccountPrincipal.StampClaim)?.Value)
        {
            await EndAsync(context);
            await next(context);
            return;
        }

        Id<PostAssignment>? acting = Id<PostAssignment>.TryParse(context.Request.Cookies[ActingPostCookie], out var chosen) ? chosen : null;
        current.Actor = await services.GetRequiredService<ActorDirectory>().FindAsync(id, acting, context.RequestAborted);
        services.GetRequiredService<ICurrentScope>().Enter(current.Actor?.Scope ?? DataScope.Nothing);
        if (account.MustChangePassword && MustGoToPasswordPage(context))
        {
            context.Response.Redirect(PasswordPage);
            return;
        }

        await next(context);
    }

    private static bool IsFile(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static bool MustGoToPasswordPage(HttpContext context) =>
        Hosting.ErrorPagesHosting.IsPage(context)
        && !context.Request.Path.StartsWithSegments(PasswordPage, StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/sign-out", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/display", StringComparison.OrdinalIgnoreCase);

    private static async Task EndAsync(HttpContext context)
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        if (context.Request.Headers.Authorization.Count == 0)
        {
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }
}
