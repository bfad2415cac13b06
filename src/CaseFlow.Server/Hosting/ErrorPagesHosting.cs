using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
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
            pages.Use(OnlyShowErrorsAsync);
        });
    }

    /// <summary>
    /// The error page that follows a refused form is only shown: it must not take the form for its own, or the refusal (too
    /// many attempts, a token that does not fit) would be hidden behind another.
    /// </summary>
    private static async Task OnlyShowErrorsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch
        {
            ForgetForm(context);
            throw;
        }

        if (context.Response is { StatusCode: >= 400, HasStarted: false })
        {
            ForgetForm(context);
        }
    }

    private static void ForgetForm(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        context.Request.Method = HttpMethods.Get;
        context.Request.ContentType = null;
        context.Request.Body = Stream.Null;
        context.Features.Set<IFormFeature>(null);
        context.Features.Set<IAntiforgeryValidationFeature>(null);
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
