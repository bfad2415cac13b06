using Microsoft.AspNetCore.Antiforgery;

namespace CaseFlow.Server.Hosting;

/// <summary>Addresses beside the pages that take a form check its token, as pages do by themselves.</summary>
internal static class FormTokens
{
    /// <summary>
    /// A form whose token does not fit (somebody else signed in meanwhile), or which was too large to read, is answered with a
    /// page in words instead of the framework's bare line.
    /// </summary>
    public static void UseFormTokenPages(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (!ErrorPagesHosting.IsPage(context) || context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } token)
        {
            return next(context);
        }

        var tooLarge = token.Error?.GetBaseException() is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } or InvalidDataException;
        context.Response.StatusCode = tooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    /// <summary>Refuses a form without the token of a page of ours.</summary>
    public static RouteHandlerBuilder RequireToken(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new RequireAntiforgeryTokenAttribute());
}
