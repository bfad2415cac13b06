using CaseFlow.Activities.Engine;
using CaseFlow.Cases.Procedures;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Activities;

/// <summary>Composition of the activities and of the workflow port on our engine.</summary>
public static class ActivitiesServices
{
    /// <summary>
    /// Adds the activities of cases and the workflow port. The host adds the engine's store (persistence); a registry of
    /// activity types that is there already gets ours added.
    /// </summary>
    public static IServiceCollection AddCaseFlowActivities(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => ActivityRegistry.CreateDefault().AddActivitiesFrom(typeof(StaffTask).Assembly));
        services.AddSingleton<CaseDefinitionCache>();
        services.AddSingleton<CaseWorkflowRunner>();
        services.AddScoped<CaseDefinitions>();
        services.AddSingleton<ConsequenceCache>();
        services.AddScoped<ConsequenceReader>();
        services.AddScoped<IWorkflowDefinitionSource>(s => s.GetRequiredService<CaseDefinitions>());
        services.AddScoped<ICaseWorkflow, CaseWorkflow>();
        return services;
    }
}
