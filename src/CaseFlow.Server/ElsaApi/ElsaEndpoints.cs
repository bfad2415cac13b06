using CaseFlow.Cases.CaseTypes;
using CaseFlow.Server.Studio;
using CaseFlow.Workflows.Descriptors;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Server.ElsaApi;

/// <summary>The part of Elsa's HTTP API that the designer needs, below <c>/elsa/api</c>.</summary>
internal static class ElsaEndpoints
{
    /// <summary>Registers the services behind the API.</summary>
    public static void AddElsaApi(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(_ => ActivityRegistry.CreateDefault());
        builder.Services.AddSingleton(Policy(builder.Configuration));
        builder.Services.AddScoped<DefinitionDrafts>();
        builder.Services.AddScoped<DefinitionPublication>();
        builder.Services.AddSingleton<DefinitionAuthoring>();
        builder.Services.AddSingleton<DescriptorCatalogue>();
        builder.Services.AddSingleton<DesignerLabels>();
        builder.Services.AddScoped<DefinitionCheck>();
    }

    /// <summary>
    /// A workflow is published by a second person. A demo does without, so that one person can try it; the setting
    /// <c>publication:secondPerson</c> decides otherwise, and the audit says which it was.
    /// </summary>
    private static PublicationPolicy Policy(IConfiguration configuration) => new()
    {
        SecondPerson = configuration.GetValue("publication:secondPerson", !configuration.GetValue("demo", true)),
    };

    /// <summary>Maps the routes. They take the designer's short-lived token only, never a cookie, so that no other site can use them.</summary>
    public static void MapElsaApi(this WebApplication app)
    {
        var api = app.MapGroup("/elsa/api")
            .RequireAuthorization(StudioTokens.Policy)
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
