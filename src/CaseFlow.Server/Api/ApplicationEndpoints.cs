using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CaseFlow.Server.Api;

/// <summary>Applications, by the citizen or by a clerk at the counter.</summary>
internal static class ApplicationEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapApplications(this RouteGroupBuilder api) => api.MapPost("/applications", SubmitAsync)
        .WithTags("Applications")
        .WithName("SubmitApplication")
        .WithSummary("Submits an application: opens the case with its number and starts its procedure")
        .WithDescription("The form follows the schema of the case type (`docs/forms.md`). Repeat it with the same `Idempotency-Key`.")
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesValidationProblem();

    private static async Task<Created<SubmissionAnswer>> SubmitAsync(
        SubmissionRequest request, IIntakeService intake, CurrentActor current, HttpRequest http, CancellationToken cancellationToken)
    {
        var actor = current.Required;
        if (request.CaseType is null || request.Form is null)
        {
            throw new InvalidInputException(request.CaseType is null ? "caseType" : "form", "必填");
        }

        var receipt = await intake.SubmitAsync(
            actor,
            new ApplicationRequest(
                request.CaseType,
                request.Form,
                [],
                actor.Kind == ActorKind.Citizen ? "online" : "counter",
                ApiAnswers.OperationId(http, actor, request.OperationId)),
            cancellationToken);
        return TypedResults.Created($"/api/v1/cases/{receipt.CaseId}", new SubmissionAnswer(receipt.CaseId.Value, receipt.CaseNumber, receipt.SubmittedAt));
    }
}

/// <summary>An application.</summary>
/// <param name="CaseType">Code of the case type, for example <c>dibao</c>.</param>
/// <param name="Form">The form as filled in.</param>
/// <param name="OperationId">Unique per intended submission; instead of the Idempotency-Key header.</param>
internal sealed record SubmissionRequest(string? CaseType, JsonObject? Form, Guid? OperationId = null);

/// <summary>What the applicant takes home.</summary>
internal sealed record SubmissionAnswer(Guid CaseId, string CaseNumber, DateTimeOffset SubmittedAt);
