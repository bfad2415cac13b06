using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// Who may use the designer: administrators may change drafts, the director and the discipline officers may look. The post is
/// read from the database with each request, so a post that was taken away ends at once.
/// </summary>
internal static class ElsaAccess
{
    /// <summary>Whether the person may open the designer.</summary>
    public static bool MayRead(Actor? actor) =>
        actor is not null && (MayWrite(actor) || actor.Holds(PostKind.BureauDirector) || actor.Holds(PostKind.DisciplineOfficer));

    /// <summary>Whether the person may change drafts and submit them.</summary>
    public static bool MayWrite(Actor? actor) => actor is not null && actor.Holds(PostKind.SystemAdmin);

    /// <summary>Refuses whom <see cref="MayRead"/> or, for changes, <see cref="MayWrite"/> refuses.</summary>
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var actor = http.RequestServices.GetRequiredService<CurrentActor>().Actor;
        if (actor is null)
        {
            return Results.Unauthorized();
        }

        var changes = http.GetEndpoint()?.Metadata.GetMetadata<ChangesDefinitions>() is not null;
        if (changes ? MayWrite(actor) : MayRead(actor))
        {
            return await next(context);
        }

        return changes && MayRead(actor)
            ? ElsaProblems.Refused("forbidden", ["您的岗位只能查看流程；修改请找系统管理员。"])
            : Results.Problem("您的岗位不能使用流程设计器，请找系统管理员。", statusCode: StatusCodes.Status403Forbidden);
    }
}

/// <summary>Marks a route that changes definitions.</summary>
internal sealed class ChangesDefinitions;
