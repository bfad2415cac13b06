using System.Threading.RateLimiting;

namespace CaseFlow.Server.Hosting;

/// <summary>Slows down those who try passwords.</summary>
internal static class RateLimitHosting
{
    /// <summary>Policy of sign-in forms and of the token route: attempts per address and minute. Merely looking is free.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Policy of forms that anybody may send without an account: posts per address and minute.</summary>
    public const string Anybody = "anybody";

    /// <summary>Registers the policies; <c>Limits:SignInPerMinute</c> changes the number.</summary>
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        var anybodyPerMinute = builder.Configuration.GetValue("Limits:AnybodyPerMinute", 10);
        var perMinute = builder.Configuration.GetValue("Limits:SignInPerMinute", 20);
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignIn, context => Posts(context, perMinute));
            options.AddPolicy(Anybody, context => Posts(context, anybodyPerMinute));
        });
    }

    private static RateLimitPartition<string> Posts(HttpContext context, int perMinute) => HttpMethods.IsPost(context.Request.Method)
        ? RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) })
        : RateLimitPartition.GetNoLimiter("looking");
}
