using CaseFlow.Cases.Organisation;
using Microsoft.AspNetCore.Authorization;

namespace CaseFlow.Server.SignIn;

/// <summary>Asks something of the person who makes the request.</summary>
/// <param name="allows">Whether the person may go on.</param>
internal sealed class ActorRequirement(Func<Actor, bool> allows) : IAuthorizationRequirement
{
    /// <summary>Whether the person may go on.</summary>
    public Func<Actor, bool> Allows { get; } = allows;
}

/// <summary>Judges an <see cref="ActorRequirement"/> by the posts in force now.</summary>
internal sealed class ActorRequirementHandler(IHttpContextAccessor accessor) : AuthorizationHandler<ActorRequirement>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ActorRequirement requirement)
    {
        if (accessor.HttpContext?.RequestServices.GetRequiredService<CurrentActor>().Actor is { } actor && requirement.Allows(actor))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
