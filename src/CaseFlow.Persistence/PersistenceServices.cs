using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Persistence;

/// <summary>Composition of the persistence.</summary>
public static class PersistenceServices
{
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
        services.TryAddSingleton<IWakeUp, WakeUp>();
        services.AddSingleton<IStepRunner, StepRunner>();
        services.AddScoped<Locks>();
        services.AddScoped<ILocks>(s => s.GetRequiredService<Locks>());
    }
}
