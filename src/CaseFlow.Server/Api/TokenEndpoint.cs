using CaseFlow.Server.Hosting;
using CaseFlow.Server.SignIn;

namespace CaseFlow.Server.Api;

/// <summary>Gives a program a token for the account it signs in with.</summary>
internal static class TokenEndpoint
{
    /// <summary>Maps <c>POST /api/v1/token</c>.</summary>
    public static void MapTokens(this WebApplication app) => app
        .MapPost("/api/v1/token", IssueAsync)
        .WithName("IssueToken")
        .WithTags("Token")
        .WithSummary("Signs in and issues a bearer token")
        .Produces<TokenAnswer>()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .RequireRateLimiting(RateLimitHosting.SignIn)
        .AllowAnonymous();

    private static async Task<IResult> IssueAsync(TokenRequest request, SignInDesk desk, AccessTokens tokens, HttpContext context)
    {
        var answer = await desk.CheckAsync(request.UserName?.Trim() ?? "", request.Password ?? "", CancellationToken.None);
        if (answer.Account is { } account)
        {
            return account.MustChangePassword
                ? Problem(StatusCodes.Status401Unauthorized, "password-change-required", "请先在网页上修改密码。")
                : Results.Ok(new TokenAnswer(tokens.Issue(account), "Bearer", (int)AccessTokens.Lifetime.TotalSeconds));
        }

        if (answer.WaitFor is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status429TooManyRequests, "sign-in-locked", $"尝试次数太多，请等 {answer.Minutes} 分钟再试。");
        }

        return Problem(StatusCodes.Status401Unauthorized, "sign-in-failed", "登录名或密码不对。");
    }

    private static IResult Problem(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}

/// <summary>Name and password of an account.</summary>
/// <param name="UserName">Sign-in name.</param>
/// <param name="Password">Password.</param>
internal sealed record TokenRequest(string? UserName, string? Password);

/// <summary>A token.</summary>
/// <param name="AccessToken">The token: <c>Authorization: Bearer ...</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until it ends.</param>
internal sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn);
