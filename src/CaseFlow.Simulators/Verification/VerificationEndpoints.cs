using Microsoft.AspNetCore.Http.HttpResults;

namespace CaseFlow.Simulators.Verification;

internal static class VerificationEndpoints
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/requests", Accept);
        group.MapGet("/requests/{requestId:guid}", Find);
        group.MapGet("/faults", (SimulatedPlatform platform) => platform.Faults);
        group.MapPut("/faults", (PlatformFaults faults, SimulatedPlatform platform) => platform.Faults = faults);
        group.MapDelete("/faults", (SimulatedPlatform platform) => platform.Faults = new PlatformFaults());
        group.MapPut("/persons/{idNumber}", (string idNumber, IReadOnlyList<Finding> findings, SimulatedPlatform platform) =>
        {
            platform.Learn(idNumber, findings);
            return TypedResults.NoContent();
        });
        group.MapPost("/reset", (SimulatedPlatform platform) =>
        {
            platform.Reset();
            return TypedResults.NoContent();
        });
    }

    private static Results<Accepted<PlatformAnswer>, Ok<PlatformAnswer>, ValidationProblem, StatusCodeHttpResult> Accept(
        PlatformRequest request, SimulatedPlatform platform, CallbackSender callbacks, IHostApplicationLifetime lifetime)
    {
        var faults = platform.Faults;
        if (faults.Down)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (Validate(request) is { Count: > 0 } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var (answer, isNew) = platform.Accept(request);
        if (!isNew)
        {
            return TypedResults.Ok(answer);
        }

        callbacks.Start(request, faults, lifetime.ApplicationStopping);
        return TypedResults.Accepted((string?)null, answer);
    }

    private static Results<Ok<PlatformAnswer>, NotFound, StatusCodeHttpResult> Find(Guid requestId, SimulatedPlatform platform)
    {
        if (platform.Faults.Down)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return platform.Find(requestId) is { } answer ? TypedResults.Ok(answer) : TypedResults.NotFound();
    }

    private static Dictionary<string, string[]> Validate(PlatformRequest request)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (request.Persons.Count == 0)
        {
            errors["persons"] = ["At least one person."];
        }

        if (request.Persons.Select(p => p.Ref).Distinct(StringComparer.Ordinal).Count() != request.Persons.Count)
        {
            errors["persons"] = ["Each ref once."];
        }

        if (request.Sources.Count == 0)
        {
            errors["sources"] = ["At least one source."];
        }

        if (request.Purpose is not ("dibao" or "tekun" or "relief" or "borderline" or "review"))
        {
            errors["purpose"] = ["One of dibao, tekun, relief, borderline, review."];
        }

        return errors;
    }
}
