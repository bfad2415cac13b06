using Microsoft.AspNetCore.Diagnostics;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Hosting;

/// <summary>People get a page that says what happened and what to do now; programs get problem details.</summary>
internal static class ErrorPagesHosting
{
    /// <summary>Handles exceptions and empty error answers for pages and for programs.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseWhen(IsPage, pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                CreateScopeForErrors = true,
                StatusCodeSelector = StatusOf,
                SuppressDiagnosticsCallback = c => ProblemsHosting.IsExpected(c.Exception),
            });
            pages.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        });
    }

    /// <summary>Whether a request comes from a person's browser rather than from a program.</summary>
    internal static bool IsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/studio", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    /// <summary>The status that tells an exception of the domain.</summary>
    internal static int StatusOf(Exception exception) => exception switch
    {
        ConflictException => StatusCodes.Status409Conflict,
        RefusedException => StatusCodes.Status422UnprocessableEntity,
        InvalidInputException => StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
