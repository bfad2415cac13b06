using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Diagnostics;

namespace CaseFlow.Server.Shell;

/// <summary>For whom a page that stands by itself speaks: an error below the citizens' addresses is told in their words.</summary>
internal sealed class Audience(IHttpContextAccessor accessor, CurrentActor current)
{
    private static readonly string[] Offices = ["/staff", "/admin", "/studio", "/sign-in", "/account", "/dev", "/demo"];

    /// <summary>Whether the reader is a citizen, or somebody unknown at an address that is not the staff's.</summary>
    public bool IsCitizen => current.Actor?.Kind switch
    {
        ActorKind.Citizen => true,
        null => !Array.Exists(Offices, o => Asked.StartsWithSegments(o, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    /// <summary>The address that was asked for, before an error page took its place.</summary>
    private PathString Asked
    {
        get
        {
            var context = accessor.HttpContext!;
            return context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
                ?? context.Features.Get<IExceptionHandlerPathFeature>()?.Path
                ?? context.Request.Path;
        }
    }
}
