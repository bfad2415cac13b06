using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Procedures;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Cases;

/// <summary>Composition of what is done after commits and in the course of time.</summary>
public static class DueWorkServices
{
    /// <summary>
    /// Adds timers, outbox and rendering as <see cref="IDueWork"/>. The host adds a PDF renderer and a mail transport, and
    /// either runs the works in a loop (the server) or calls <see cref="DueWork.DrainAsync"/> (simulations).
    /// </summary>
    public static IServiceCollection AddCaseFlowDueWork(this IServiceCollection services)
    {
        services.AddScoped<TimerStep>();
        services.AddSingleton<IDueWork, TimerWork>();
        services.AddSingleton<DocumentPdfs>();
        services.AddSingleton<IDueWork, OutboxDispatch>();
        services.AddSingleton<IDueWork, DocumentPdfWork>();
        return services;
    }
}
