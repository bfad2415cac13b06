using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Policy;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Audit;
using CaseFlow.Persistence.Backup;
using CaseFlow.Persistence.Blobs;
using CaseFlow.Persistence.Calendar;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Integrity;
using CaseFlow.Persistence.Messages;
using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;
using CaseFlow.Persistence.Workflows;
using CaseFlow.Workflows.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Persistence;

/// <summary>Composition of the persistence.</summary>
public static class PersistenceServices
{
    /// <summary>Key of the <see cref="IWorkflowStore"/> for definitions that are tied to no case; each burst commits by itself.</summary>
    public const string StandaloneStore = "standalone";

    /// <summary>
    /// Adds unit of work, steps, locks, scope, keys and the rest of the persistence for one database. Afterwards call
    /// <see cref="IDatabase.MigrateAsync"/> once. The key file is opened when it is first needed.
    /// </summary>
    public static IServiceCollection AddCaseFlowPersistence(this IServiceCollection services, CaseFlowPersistenceOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => KeyRing.Open(options.KeyFile, options.CreateKeyFile));
        services.AddSingleton<FieldCipher>();
        services.AddSingleton<BlindIndex>();
        services.AddSingleton<IBlindIndex>(s => s.GetRequiredService<BlindIndex>());
        AddContext(services, options);
        AddSteps(services);
        services.AddScoped<IWorkflowStore, WorkflowStore>();
        services.AddKeyedSingleton<IWorkflowStore, StandaloneWorkflowStore>(StandaloneStore);
        AddIntegrity(services);
        return services;
    }

    private static void AddContext(IServiceCollection services, CaseFlowPersistenceOptions options)
    {
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            AddContext<SqliteCaseFlowDbContext>(services, options);
        }
        else
        {
            AddContext<PostgresCaseFlowDbContext>(services, options);
        }

        services.AddScoped<IUnitOfWork>(s => s.GetRequiredService<CaseFlowDbContext>());
        services.AddScoped<ICurrentScope, CurrentScope>();
        services.AddSingleton<IDatabase, Database>();
    }

    private static void AddContext<TContext>(IServiceCollection services, CaseFlowPersistenceOptions options)
        where TContext : CaseFlowDbContext
    {
        services.AddPooledDbContextFactory<TContext>((s, builder) => ContextOptions.Configure(builder, options, s.GetRequiredService<KeyRing>()));
        services.AddScoped<CaseFlowDbContext>(s =>
        {
            var db = s.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
            db.Bind(s.GetRequiredService<ICurrentScope>());
            return db;
        });
    }

    private static void AddSteps(IServiceCollection services)
    {
        services.AddSingleton<WriteGate>();
        services.AddSingleton<Transactions>();
        services.AddSingleton<IncidentRecorder>();
        services.AddSingleton<IIncidentLog>(s => s.GetRequiredService<IncidentRecorder>());
        services.AddSingleton<IOutboxQueue, OutboxQueue>();
        services.AddSingleton<DueTimers>();
        services.AddSingleton<IDueTimers>(s => s.GetRequiredService<DueTimers>());
        services.AddSingleton<IDueWork, FreeTimerWork>();
        services.TryAddSingleton<IWakeUp, WakeUp>();
        services.AddSingleton<IStepRunner, StepRunner>();
        services.AddSingleton<BusinessClock>();
        services.TryAddSingleton<IBusinessClock>(s => s.GetRequiredService<BusinessClock>());
        services.TryAddSingleton<IClockControl>(s => s.GetRequiredService<BusinessClock>());
        services.AddScoped<IPolicyStamp, PolicyStamps>();
        services.AddScoped<IAuditTrail, AuditTrail>();
        services.AddSingleton<IAccessLog, AccessLog>();
        services.AddSingleton<AuditRoots>();
        services.AddSingleton<IDueWork>(s => s.GetRequiredService<AuditRoots>());
        services.AddScoped<IBlobStore, BlobStore>();
        services.AddSingleton<BlobSweeper>();
        services.AddSingleton<IDueWork>(s => s.GetRequiredService<BlobSweeper>());
        services.AddSingleton<JournalSweeper>();
        services.AddSingleton<IDueWork>(s => s.GetRequiredService<JournalSweeper>());
        services.AddScoped<Locks>();
        services.AddScoped<ILocks>(s => s.GetRequiredService<Locks>());
    }

    private static void AddIntegrity(IServiceCollection services)
    {
        services.AddSingleton<IIntegrityRule, EncryptedIsReadable>();
        services.AddSingleton<IIntegrityRule, CasesGoOn>();
        services.AddSingleton<IIntegrityRule, WorkflowStatesAreWhole>();
        services.AddSingleton<IIntegrityRule, NumbersAreGapless>();
        services.AddSingleton<IIntegrityRule, MessagesHaveOneKey>();
        services.AddSingleton<IIntegrityRule, LedgerIsConsistent>();
        services.AddSingleton<IIntegrityRule, PaymentsAgree>();
        services.AddSingleton<IIntegrityRule, RaisesAgree>();
        services.AddSingleton<IIntegrityRule, ChainsAreWhole>();
        services.AddSingleton<IIntegrityRule, ContentIsWhole>();
        services.AddSingleton<IIntegrityRule, CopiesAgree>();
        services.AddSingleton<IIntegrityCheck, IntegrityCheck>();
        services.AddSingleton<IDatabaseArchive, DatabaseArchive>();
    }
}
