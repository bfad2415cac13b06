using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>
/// The services of the server on the temporary database, as production composes them; only the machine's clock stands still,
/// mails are kept, and nothing runs in the background: the scenario's clock lets due work happen.
/// </summary>
internal sealed class ScenarioHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ScenarioHost(ServiceProvider services, ScenarioStore store, ScenarioTime time, ScenarioMailbox mailbox)
    {
        _services = services;
        Api = new ScenarioApi(store, this);
        Time = time;
        Mailbox = mailbox;
    }

    /// <summary>Services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The machine's clock.</summary>
    public ScenarioTime Time { get; }

    /// <summary>Mails that were sent.</summary>
    public ScenarioMailbox Mailbox { get; }

    /// <summary>The API of the whole server on this database; it starts with the first call.</summary>
    public ScenarioApi Api { get; }

    /// <summary>The business clock.</summary>
    public IBusinessClock Clock => Services.GetRequiredService<IBusinessClock>();

    /// <summary>Moves business time.</summary>
    public ScenarioClock Mover => new(Services.GetRequiredService<IClockControl>(), Clock, Services.GetRequiredService<IDueTimers>(), Services.GetServices<IDueWork>());

    /// <summary>Starts on a store; the schema is made if it is missing.</summary>
    public static async Task<ScenarioHost> StartAsync(ScenarioStore store, ScenarioTime time, CancellationToken cancellationToken)
    {
        var mailbox = new ScenarioMailbox(Path.Combine(store.Folder, "mails.jsonl"));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IMailTransport>(mailbox);
        ScenarioServices.Add(services, store.Options());
        var host = new ScenarioHost(services.BuildServiceProvider(validateScopes: true), store, time, mailbox);
        await host.Services.GetRequiredService<IDatabase>().MigrateAsync(cancellationToken);
        return host;
    }

    /// <summary>Reads with a service in a scope that may read everything.</summary>
    public async Task<TResult> ReadAsync<TService, TResult>(Func<TService, Task<TResult>> read)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("scenario"));
        return await read(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Reads rows.</summary>
    public Task<TResult> ReadAsync<TResult>(Func<IUnitOfWork, Task<TResult>> read) => ReadAsync<IUnitOfWork, TResult>(read);

    /// <summary>Acts with a service that opens its own steps.</summary>
    public Task<TResult> ActAsync<TService, TResult>(Func<TService, Task<TResult>> act)
        where TService : notnull => ReadAsync(act);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await _services.DisposeAsync();
    }
}
