using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CaseFlow.Persistence.Tests.Support;

/// <summary>One process' worth of services on a database, with the few rows that every case needs.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private DatabaseKind? owns;

    private TestHost(CaseFlowPersistenceOptions options, Action<IServiceCollection>? more = null)
    {
        Options = options;
        var collection = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddCaseFlowPersistence(options);
        more?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public CaseFlowPersistenceOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 15, 1, 0, 0, TimeSpan.Zero));

    public IStepRunner Steps => services.GetRequiredService<IStepRunner>();

    public IServiceProvider Services => services;

    public static async Task<TestHost> StartAsync(DatabaseKind kind, Action<IServiceCollection>? more = null) =>
        new(await kind.NewAsync(Stop), more) { owns = kind };

    /// <summary>A host whose database fails as the interceptor says.</summary>
    internal static async Task<TestHost> StartAsync(DatabaseKind kind, FailingDatabase failing)
    {
        var options = await kind.NewAsync(Stop);
        options.Interceptors = failing.Interceptors;
        return new(options) { owns = kind };
    }

    public static TestHost On(CaseFlowPersistenceOptions options) => new(options);

    /// <summary>A second process on the same database.</summary>
    public TestHost Second(Action<IServiceCollection>? more = null) => new(Options, more);

    /// <summary>Runs a step of the system.</summary>
    public Task<T> StepAsync<T>(Func<IUnitOfWork, ILocks, Task<T>> body, string name = "test.step") =>
        Steps.RunAsync(
            new Step(name, Actor.System("test")),
            (s, _) => body(s.GetRequiredService<IUnitOfWork>(), s.GetRequiredService<ILocks>()),
            Stop);

    /// <summary>Reads with a scope of its own, as a page does.</summary>
    public async Task<T> ReadAsync<T>(DataScope? scope, Func<IUnitOfWork, Task<T>> read)
    {
        await using var request = services.CreateAsyncScope();
        if (scope is not null)
        {
            request.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(scope);
        }

        return await read(request.ServiceProvider.GetRequiredService<IUnitOfWork>());
    }

    /// <summary>Reads everything.</summary>
    public Task<T> ReadAsync<T>(Func<IUnitOfWork, Task<T>> read) => ReadAsync(DataScope.System("test"), read);

    /// <summary>Counts rows.</summary>
    public Task<int> CountAsync<T>()
        where T : class =>
        ReadAsync(db => db.Set<T>().CountAsync(Stop));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (owns is not null)
        {
            await owns.DropAsync(Options);
        }
    }
}
