using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Cases;

/// <summary>Composition of what is done after commits.</summary>
public static class DueWorkServices
{
    /// <summary>
    /// Adds rendering and the outbox as <see cref="IDueWork"/>, where the host has added a PDF renderer and a mail transport
    /// before. The server runs all works in loops; simulations call <see cref="DueWork.DrainAsync"/>.
    /// </summary>
    public static IServiceCollection AddCaseFlowDueWork(this IServiceCollection services)
    {
        if (!Has<IDocumentPdfRenderer>(services))
        {
            return services;
        }

        services.AddSingleton<DocumentPdfs>();
        services.AddSingleton<IDueWork, DocumentPdfWork>();
        if (Has<IMailTransport>(services))
        {
            services.AddSingleton<IDueWork, OutboxDispatch>();
        }

        return services;
    }

    private static bool Has<T>(IServiceCollection services) => services.Any(s => s.ServiceType == typeof(T));
}
