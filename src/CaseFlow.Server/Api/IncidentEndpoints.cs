using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Api;

/// <summary>Faults of workflows and what an operator does about them.</summary>
internal static class IncidentEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapIncidents(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/incidents").WithTags("Incidents").RequireAuthorization(Policies.Admin);
        group.MapGet("", ListAsync).WithName("ListIncidents").WithSummary("Incidents, newest first; only open ones unless `all`");
        Act(group, "retry", (service, actor, id, _, token) => service.RetryAsync(actor, id, token))
            .WithName("RetryIncident").WithSummary("Tries the step again");
        Act(group, "skip", (service, actor, id, request, token) => service.SkipAsync(actor, id, request.Outcome ?? "Done", request.Reason ?? "", token))
            .WithName("SkipIncident").WithSummary("Lets the next attempt pass over the node with an outcome");
        Act(group, "cancel", (service, actor, id, request, token) => service.CancelAsync(actor, id, request.Reason ?? "", token))
            .WithName("CancelIncident").WithSummary("Ends the procedure that cannot go on");
    }

    private static async Task<Ok<ApiPage<IncidentLine>>> ListAsync(bool? all, int? limit, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var open = all != true;
        var incidents = await work.Set<Incident>().AsNoTracking()
            .Where(i => !open || i.ResolvedAt == null)
            .OrderByDescending(i => i.At).Take(ApiAnswers.Size(limit)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new ApiPage<IncidentLine>([.. incidents.Select(IncidentLine.Of)], null));
    }

    private static RouteHandlerBuilder Act(
        RouteGroupBuilder group,
        string verb,
        Func<IncidentService, Cases.Organisation.Actor, Id<Incident>, IncidentRequest, CancellationToken, Task> act) =>
        group.MapPost("/{id:guid}/" + verb, async Task<NoContent> (Guid id, IncidentRequest? request, IncidentService service, CurrentActor current, CancellationToken token) =>
        {
            await act(service, current.Required, new Id<Incident>(id), request ?? new IncidentRequest(null, null), token);
            return TypedResults.NoContent();
        })
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesValidationProblem();
}

/// <summary>An incident.</summary>
/// <param name="Id">Identity.</param>
/// <param name="CaseId">The case; absent for a workflow of no case.</param>
/// <param name="Step">The step that failed.</param>
/// <param name="Node">The activity that threw.</param>
/// <param name="Message">What it said.</param>
/// <param name="At">When, last.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextTryAt">When it is tried again by itself.</param>
/// <param name="Resolution">How it ended; absent while it is open.</param>
internal sealed record IncidentLine(
    Guid Id, Guid? CaseId, string Step, string Node, string Message, DateTimeOffset At, int Attempts, DateTimeOffset? NextTryAt, string? Resolution)
{
    /// <summary>The line of an incident.</summary>
    public static IncidentLine Of(Incident incident) => new(
        incident.Id.Value, incident.CaseId?.Value, incident.StepName, incident.NodeId, incident.Message, incident.At, incident.Attempts,
        incident.NextTryAt, incident.ResolvedAt is null ? null : incident.Resolution ?? "resolved");
}

/// <summary>What an operator decides.</summary>
/// <param name="Outcome">For skip: the outcome of the node.</param>
/// <param name="Reason">For skip and cancel: why.</param>
internal sealed record IncidentRequest(string? Outcome, string? Reason);
