using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// An empty production installation has nobody who could open accounts: at each start without an administrator who has a
/// password, a one-time link for the first one is written to the log.
/// </summary>
internal sealed partial class FirstAdministrator(IServiceScopeFactory scopes, DemoState demo, Bureau bureau, IServer server, ILogger<FirstAdministrator> log) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (demo.IsDemo)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstAdministratorOpening>().FindOrOpenAsync(bureau.Name, cancellationToken) is { } account)
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
            Tell(log, address + scope.ServiceProvider.GetRequiredService<PasswordLinks>().PathFor(account), account.UserName);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no administrator yet. Open {Link} within a day to set the password of '{UserName}'.")]
    private static partial void Tell(ILogger logger, string link, string userName);
}
