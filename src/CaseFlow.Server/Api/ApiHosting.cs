using CaseFlow.Server.SignIn;
using Scalar.AspNetCore;

namespace CaseFlow.Server.Api;

/// <summary>The API for programs below <c>/api/v1</c>: the same services, scopes and locks as the pages, by bearer token.</summary>
internal static class ApiHosting
{
    /// <summary>Address of the description.</summary>
    public const string DocumentAddress = "/api/v1/openapi.json";

    private const string Reference = "/docs/api";

    /// <summary>The reference page writes its settings into itself; its script comes from this server, no font from elsewhere.</summary>
    private const string ReferencePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

    /// <summary>Registers the description of the API.</summary>
    public static void AddApi(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer<ApiDocument>();
        options.AddOperationTransformer<ApiDocument>();
    });

    /// <summary>Maps the routes, their description, and the page that shows it.</summary>
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization(Policies.SignedIn);
        api.MapCases();
        api.MapTasks();
        api.MapApplications();
        api.MapDocuments();
        api.MapClock();
        api.MapIncidents();
        app.MapOpenApi("/api/{documentName}/openapi.json").AllowAnonymous();
        var reference = app.MapGroup("").AddEndpointFilter(AllowReference);
        reference.MapScalarApiReference(Reference, options =>
        {
            options.Title = "CaseFlow API";
            options.DefaultFonts = false;
            options.OpenApiRoutePattern = "/api/{documentName}/openapi.json";
            options.DocumentDownloadType = DocumentDownloadType.None;
        }).AllowAnonymous();
    }

    private static ValueTask<object?> AllowReference(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.ContentSecurityPolicy = ReferencePolicy;
        return next(context);
    }
}
