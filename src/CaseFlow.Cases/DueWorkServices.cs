using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Procedures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Cases;

/// <summary>Composition of what is done after commits.</summary>
public static class DueWorkServices
{
    /// <summary>
    /// Adds as <see cref="IDueWork"/>: timers where there is a workflow port, rendering where there is a PDF renderer, the
    /// outbox where there is also a mail transport. Calling it again adds what has come since. The server runs all works in
    /// loops; simulations call <see cref="DueWork.DrainAsync"/>.
    /// </summary>
    public static IServiceCollection AddCaseFlowDueWork(this IServiceCollection services)
    {
        if (Has<ICaseWorkflow>(services))
        {
            services.TryAddScoped<TimerStep>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, TimerWork>());
        }

        if (Has<IDocumentPdfRenderer>(services))
        {
            services.TryAddSingleton<DocumentPdfs>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, DocumentPdfWork>());
            if (Has<IMailTransport>(services))
            {
                services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, OutboxDispatch>());
            }
        }

        if (Has<ISmsGateway>(services))
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IDueWork, SmsDispatch>());
        }

        return services;
    }

    private static bool Has<T>(IServiceCollection services) => services.Any(s => s.ServiceType == typeof(T));
}
