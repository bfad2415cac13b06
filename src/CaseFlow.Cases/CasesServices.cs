using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Policy;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Raises;
using CaseFlow.Cases.Reviews;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Cases;

/// <summary>Composition of the domain.</summary>
public static class CasesServices
{
    /// <summary>
    /// Adds the services of the domain. The host adds what they stand on: unit of work, steps, locks, audit, blind index
    /// (persistence), the workflow port (activities), and a business clock.
    /// </summary>
    public static IServiceCollection AddCaseFlowCases(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PublicationPolicy>();
        services.AddSingleton<CaseTypeCache>();
        services.AddSingleton<FormValidator>();
        services.AddSingleton<ITaskService, TaskService>();
        services.AddSingleton<IIntakeService, IntakeService>();
        services.AddSingleton<CitizenAccounts>();
        services.AddScoped<StepContext>();
        AddCaseFiles(services);
        AddTasks(services);
        services.AddSingleton<PolicyShelf>();
        services.AddScoped<PolicyDesk>();
        services.AddScoped<AssessmentService>();
        services.AddScoped<AuthorityDesk>();
        services.AddScoped<RecusalService>();
        services.AddScoped<ExtensionNotice>();
        services.AddScoped<DeadlineService>();
        services.TryAddSingleton<DocumentOptions>();
        services.AddScoped<DocumentData>();
        services.AddScoped<DocumentModels>();
        services.AddScoped<DocumentService>();
        services.TryAddSingleton<MessageOptions>();
        services.AddScoped<MessageDesk>();
        services.AddScoped<NotificationService>();
        services.AddScoped<PublicNoticeService>();
        services.AddScoped<ObjectionAnswers>();
        services.AddScoped<PublicationService>();
        services.AddScoped<SuspensionService>();
        services.AddScoped<BenefitService>();
        AddPayments(services);
        AddRaises(services);
        services.AddSingleton<IDueWork, MonthClosing>();
        services.AddScoped<VerificationService>();
        services.AddScoped<ReviewService>();
        services.AddScoped<ActorDirectory>();
        services.AddScoped<BureauDirectory>();
        services.AddScoped<OrganisationService>();
        services.AddScoped<FirstAdministratorOpening>();
        services.AddScoped<IncidentService>();
        services.AddScoped<PolicyChangeService>();
        services.AddScoped<ClockWalk>();
        return services;
    }

    private static void AddCaseFiles(IServiceCollection services)
    {
        services.AddScoped<CaseLocks>();
        services.AddScoped<CaseFileService>();
        services.AddScoped<CaseTimeline>();
        services.AddScoped<CaseMove>();
        services.AddScoped<MaterialService>();
        services.AddScoped<CaseSearch>();
        services.AddScoped<CaseTypeCatalogue>();
        services.AddScoped<CaseTypeService>();
        services.AddScoped<WorkflowVersions>();
        services.AddScoped<ProcedureReader>();
        services.AddScoped<ProcedureService>();
        services.AddScoped<EconomicRegistry>();
        services.AddScoped<HouseholdRegistry>();
    }

    private static void AddPayments(IServiceCollection services)
    {
        services.AddScoped<PaymentOpening>();
        services.AddScoped<PaymentSources>();
        services.AddScoped<PaymentLists>();
        services.AddScoped<PaymentStep>();
        services.AddScoped<ReturnedPayments>();
        services.AddScoped<ReturnedMoneyReader>();
        services.AddScoped<PaymentService>();
        services.AddScoped<AccountCorrection>();
    }

    private static void AddRaises(IServiceCollection services)
    {
        services.AddScoped<RaiseSources>();
        services.AddScoped<StandardRaises>();
        services.AddScoped<RaiseOpening>();
        services.AddScoped<RaiseStep>();
        services.AddScoped<RaiseService>();
        services.AddSingleton<IDueWork, RaiseWork>();
    }

    private static void AddTasks(IServiceCollection services)
    {
        services.AddScoped<IntakeStep>();
        services.AddScoped<CitizenAccountStep>();
        services.AddScoped<OneTimeCodes>();
        services.AddScoped<WithdrawalStep>();
        services.AddScoped<ChangeReportStep>();
        services.AddScoped<TaskDesk>();
        services.AddScoped<TaskStep>();
        services.AddScoped<TaskCompletion>();
        services.AddScoped<SecondInvestigator>();
        services.AddScoped<AskedPapers>();
        services.AddScoped<ChangeGuard>();
        services.AddScoped<TaskOpening>();
        services.AddScoped<InboxQuery>();
    }
}
