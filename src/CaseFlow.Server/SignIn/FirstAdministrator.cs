using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.SignIn;

/// <summary>
/// An empty production installation has nobody who could open accounts: at each start without an administrator who has a
/// password, a one-time link for the first one is written to the log.
/// </summary>
internal sealed partial class FirstAdministrator(IServiceScopeFactory scopes, DemoState demo, Bureau bureau, IServer server, ILogger<FirstAdministrator> log) : IHostedLifecycleService
{
    private const string UserName = "admin";
    private const int MostAttempts = 5;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (demo.IsDemo)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        if (await AgreeAsync(scope.ServiceProvider, cancellationToken) is { } account)
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

    /// <summary>
    /// Several servers may start on one new database at the same moment; who comes second is refused and finds what the first
    /// one opened.
    /// </summary>
    private async Task<Account?> AgreeAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await FindOrOpenAsync(services, cancellationToken);
            }
            catch (Exception taken) when (attempt < MostAttempts && (taken is InvalidInputException or RefusedException or ConflictException))
            {
                await Task.Delay(BetweenAttempts, cancellationToken);
            }
        }
    }

    private async Task<Account?> FindOrOpenAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var work = services.GetRequiredService<IUnitOfWork>();
        var administrators = work.Set<PostAssignment>().AsNoTracking().Where(p => p.Post == PostKind.SystemAdmin && p.ValidTo == null);
        var accounts = await work.Set<Account>().AsNoTracking()
            .Where(a => !a.Disabled && administrators.Any(p => p.AccountId == a.Id)).ToListAsync(cancellationToken);
        if (accounts.Count > 0)
        {
            return accounts.Exists(a => a.PasswordHash is not null) ? null : accounts[0];
        }

        return await OpenAsync(services, work, cancellationToken);
    }

    private async Task<Account> OpenAsync(IServiceProvider services, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var organisation = services.GetRequiredService<OrganisationService>();
        var system = Actor.System("first administrator");
        var district = await work.Set<OrganisationUnit>().AsNoTracking().FirstOrDefaultAsync(o => o.Level == OrganisationLevel.District, cancellationToken)
            ?? await organisation.SaveUnitAsync(
                system,
                new OrganisationUnit { Code = OrganisationUnit.UnknownDistrictCode, Name = bureau.Name, ShortName = bureau.Name, Level = OrganisationLevel.District },
                cancellationToken);

        // A server that was killed between the two steps has left an account without a post.
        var normalized = UserName.ToUpperInvariant();
        var account = await work.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.NormalizedUserName == normalized && a.PasswordHash == null, cancellationToken)
            ?? await organisation.CreateAccountAsync(
                system, new Account { UserName = UserName, DisplayName = "系统管理员", Kind = AccountKind.Staff }, cancellationToken);
        await organisation.AssignPostAsync(
            system,
            new PostAssignment
            {
                AccountId = account.Id,
                Post = PostKind.SystemAdmin,
                OrganisationId = district.Id,
                JobTitle = "系统管理员",
                ValidFrom = services.GetRequiredService<IBusinessClock>().Today,
            },
            cancellationToken);
        return account;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no administrator yet. Open {Link} within a day to set the password of '{UserName}'.")]
    private static partial void Tell(ILogger logger, string link, string userName);
}
