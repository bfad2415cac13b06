using CaseFlow.Server.Admin.Workflows;
using CaseFlow.Server.Studio;

namespace CaseFlow.Server.ElsaApi;

/// <summary>The part of Elsa's HTTP API that the designer needs, below <c>/elsa/api</c>.</summary>
internal static class ElsaEndpoints
{
    /// <summary>Registers the services behind the API.</summary>
    public static void AddElsaApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<PublicationSetting>();
        builder.Services.AddScoped<DefinitionDrafts>();
        builder.Services.AddScoped<DefinitionPublication>();
        builder.Services.AddSingleton<DefinitionAuthoring>();
        builder.Services.AddSingleton<DescriptorCatalogue>();
        builder.Services.AddSingleton<DesignerLabels>();
        builder.Services.AddScoped<DefinitionCheck>();
        builder.Services.AddScoped<DeadlineChoices>();
        builder.Services.AddScoped<WorkflowDesk>();
    }

    /// <summary>Maps the routes. They take the designer's short-lived token only, never a cookie, so that no other site can use them.</summary>
    public static void MapElsaApi(this WebApplication app)
    {
        var api = app.MapGroup("/elsa/api")
            .RequireAuthorization(StudioHosting.ApiPolicy)
            .AddEndpointFilter(ElsaAccess.CheckAsync)
            .AddEndpointFilter<ElsaProblems>()
            .ExcludeFromDescription();
        api.MapDefinitionReads();
        api.MapDefinitionWrites();
        api.MapDefinitionBulk();
        api.MapDescriptors();
        api.MapInstances();
    }

    /// <summary>Marks a route as changing definitions.</summary>
    public static RouteHandlerBuilder Changes(this RouteHandlerBuilder route) => route.WithMetadata(new ChangesDefinitions());
}
