using Microsoft.AspNetCore.Http.HttpResults;

namespace CaseFlow.Simulators.Sms;

/// <summary>The gateway's answer.</summary>
/// <param name="Key">Key of the message.</param>
/// <param name="Status">accepted or refused.</param>
public sealed record SmsAnswer(string Key, string Status);

internal static class SmsEndpoints
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/messages", Accept);
        group.MapGet("/messages", (SimulatedGateway gateway) => gateway.Kept);
        group.MapPut("/faults", (SmsFaults faults, SimulatedGateway gateway) => gateway.Faults = faults);
        group.MapDelete("/faults", (SimulatedGateway gateway) => gateway.Faults = new SmsFaults());
    }

    private static Results<Accepted<SmsAnswer>, UnprocessableEntity<SmsAnswer>, StatusCodeHttpResult> Accept(SmsMessage message, SimulatedGateway gateway)
    {
        if (gateway.Faults.Down)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return gateway.Accept(message)
            ? TypedResults.Accepted((string?)null, new SmsAnswer(message.Key, "accepted"))
            : TypedResults.UnprocessableEntity(new SmsAnswer(message.Key, "refused"));
    }
}
