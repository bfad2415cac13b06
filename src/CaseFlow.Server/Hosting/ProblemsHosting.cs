using CaseFlow.Cases.Kernel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CaseFlow.Server.Hosting;

/// <summary>Programs are told every failure as problem details (RFC 9457), with a stable code for refusals.</summary>
internal static class ProblemsHosting
{
    /// <summary>Registers problem details and how exceptions of the domain become them.</summary>
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => ProblemWords.Complete(context.ProblemDetails));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<DomainProblems>();
    }

    /// <summary>Handles exceptions and empty error answers of the routes for programs.</summary>
    public static void UseProblems(this WebApplication app) => app.UseWhen(context => !ErrorPagesHosting.IsPage(context), programs =>
    {
        programs.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = ErrorPagesHosting.StatusOf, SuppressDiagnosticsCallback = c => IsExpected(c.Exception) });
        programs.UseStatusCodePages();
    });

    /// <summary>Whether an exception is an expected answer of the domain rather than a failure of the program.</summary>
    internal static bool IsExpected(Exception exception) =>
        exception is RefusedException or ConflictException or InvalidInputException or StepFaultedException or BadHttpRequestException;
}

/// <summary>Writes what the domain says as problem details.</summary>
internal sealed class DomainProblems(IProblemDetailsService problems) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ErrorPagesHosting.IsPage(httpContext) || Of(exception) is not { } details)
        {
            return false;
        }

        httpContext.Response.StatusCode = details.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, Exception = exception, ProblemDetails = details });
    }

    private static ProblemDetails? Of(Exception exception) => exception switch
    {
        RefusedException refused => Details(
            StatusCodes.Status422UnprocessableEntity,
            refused.Refusal.Code,
            refused.Refusal.Message,
            [.. new (string, object?)[] { ("detailEn", refused.Refusal.English), ("field", refused.Field) }.Where(more => more.Item2 is not null)]),
        ConflictException conflict => Details(StatusCodes.Status409Conflict, "conflict", conflict.Message),
        InvalidInputException invalid => new ValidationProblemDetails(invalid.Errors.ToDictionary())
        {
            Status = StatusCodes.Status400BadRequest,
            Extensions = { ["code"] = "invalid-input" },
        },
        BadHttpRequestException unread => ProblemWords.Of(unread),
        StepFaultedException faulted => Details(StatusCodes.Status500InternalServerError, "step-faulted", faulted.Message, ("incident", faulted.IncidentId.ToString())),
        _ => null,
    };

    private static ProblemDetails Details(int status, string code, string detail, params (string Key, object? Value)[] more)
    {
        var details = new ProblemDetails { Status = status, Detail = detail, Extensions = { ["code"] = code } };
        foreach (var (key, value) in more)
        {
            details.Extensions[key] = value;
        }

        return details;
    }
}
