using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Api;

/// <summary>
/// Stands before everything below <c>/cases/{id}</c>: a case outside the caller's scope is not found, and nothing that belongs
/// to it is, be it empty or not.
/// </summary>
internal sealed class CaseInScope(IUnitOfWork work) : IEndpointFilter
{
    /// <summary>Beginning of the addresses of one case and of what belongs to it.</summary>
    public const string Address = "/cases/{id:guid}";

    /// <summary>The routes of one case.</summary>
    public static RouteGroupBuilder Routes(RouteGroupBuilder api)
    {
        var group = api.MapGroup(Address);
        group.AddEndpointFilter<RouteGroupBuilder, CaseInScope>();
        return group;
    }

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var id = new Id<Case>(Guid.Parse((string)http.GetRouteValue("id")!));
        return await work.Set<Case>().AnyAsync(c => c.Id == id, http.RequestAborted) ? await next(context) : TypedResults.NotFound();
    }
}
