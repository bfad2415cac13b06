using CaseFlow.Simulators.Sms;
using CaseFlow.Simulators.Verification;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Simulators;

/// <summary>Puts the simulators into a host: their own process, or the server in demo mode. Never for production.</summary>
public static class SimulatorHosting
{
    /// <summary>Adds both simulators; options come from the section <c>Simulators</c>.</summary>
    public static IServiceCollection AddSimulators(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = configuration.GetSection(SimulatorOptions.Section).Get<SimulatorOptions>() ?? new SimulatorOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(nameof(CallbackSender));
        return services.AddSingleton(options).AddSingleton<SimulatedPlatform>().AddSingleton<CallbackSender>().AddSingleton<SimulatedGateway>();
    }

    /// <summary>Maps the verification platform below <c>/simulators/verification</c>.</summary>
    public static IEndpointRouteBuilder MapVerificationSimulator(this IEndpointRouteBuilder endpoints)
    {
        VerificationEndpoints.Map(endpoints.MapGroup("/simulators/verification").ExcludeFromDescription());
        return endpoints;
    }

    /// <summary>Maps the SMS gateway below <c>/simulators/sms</c>.</summary>
    public static IEndpointRouteBuilder MapSmsSimulator(this IEndpointRouteBuilder endpoints)
    {
        SmsEndpoints.Map(endpoints.MapGroup("/simulators/sms").ExcludeFromDescription());
        return endpoints;
    }
}
