using CaseFlow.Cases.Calendar;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CaseFlow.Server.Api;

/// <summary>The business clock; in a demo it can be moved forward.</summary>
internal static class ClockEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapClock(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/clock").WithTags("Clock");
        group.MapGet("", Read).WithName("GetClock").WithSummary("Business time");
        group.MapPost("/stop", Stop).WithName("StopClock").WithSummary("Ends a move under way at the day where it is")
            .RequireAuthorization(Policies.Administrator)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("", MoveAsync).WithName("MoveClock").WithSummary("Moves a demo's business time forward; what comes due then happens")
            .RequireAuthorization(Policies.Administrator)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Ok<ClockAnswer> Read(IBusinessClock clock, IClockControl control, Background.ClockWalker walker) =>
        TypedResults.Ok(new ClockAnswer(clock.Now, clock.Today, control.IsDemo, walker.Target));

    private static Ok<ClockAnswer> Stop(IBusinessClock clock, IClockControl control, Background.ClockWalker walker)
    {
        walker.Stop();
        return Read(clock, control, walker);
    }

    private static async Task<Ok<ClockAnswer>> MoveAsync(ClockMove move, IBusinessClock clock, IClockControl control, Background.ClockWalker walker, CancellationToken cancellationToken)
    {
        await walker.MoveToAsync(move.To, cancellationToken);
        return Read(clock, control, walker);
    }
}

/// <summary>Business time.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Today">The day in Asia/Shanghai.</param>
/// <param name="IsDemo">Whether it may be moved.</param>
/// <param name="MovingTo">Where a move under way leads; null while the clock stands where it should.</param>
internal sealed record ClockAnswer(DateTimeOffset Now, DateOnly Today, bool IsDemo, DateTimeOffset? MovingTo);

/// <summary>Where to move the clock.</summary>
/// <param name="To">A moment after now, at most two years ahead.</param>
internal sealed record ClockMove(DateTimeOffset To);
