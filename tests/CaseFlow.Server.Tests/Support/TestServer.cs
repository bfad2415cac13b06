using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Pages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CaseFlow.Server.Tests.Support;

/// <summary>The real server in this process, empty, on a SQLite file in a folder of its own; machine time can be moved.</summary>
public sealed class TestServer : WebApplicationFactory<App>
{
    /// <summary>A password that the rules allow.</summary>
    public const string Password = "correct horse battery staple";

    private readonly string folder = SharedKeys.NewDataFolder("caseflow-server-");

    /// <summary>The machine's clock.</summary>
    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 15, 1, 0, 0, TimeSpan.Zero));

    /// <summary>A browser without a session.</summary>
    public PageClient Browser() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true }));

    /// <summary>A client that does not follow redirects.</summary>
    public HttpClient Program() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Opens an account with a password, and a post for staff.</summary>
    public async Task<Account> OpenAsync(string userName, params PostKind[] posts)
    {
        using var scope = Services.CreateScope();
        var organisation = scope.ServiceProvider.GetRequiredService<OrganisationService>();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>();
        var system = Actor.System("test");
        var account = new Account
        {
            UserName = userName,
            DisplayName = "赵敏",
            Kind = posts.Length == 0 ? AccountKind.Citizen : AccountKind.Staff,
        };
        account.PasswordHash = hasher.HashPassword(account, Password);
        account = await organisation.CreateAccountAsync(system, account, TestContext.Current.CancellationToken);
        if (posts.Length > 0)
        {
            var unit = new OrganisationUnit { Code = Random.Shared.Next(100_000_000, 999_999_999).ToString("D9"), Name = "团结街道办事处", ShortName = "团结街道", Level = OrganisationLevel.Township };
            await organisation.SaveUnitAsync(system, unit, TestContext.Current.CancellationToken);
            foreach (var post in posts)
            {
                await organisation.AssignPostAsync(
                    system,
                    new PostAssignment
                    {
                        AccountId = account.Id,
                        Post = post,
                        OrganisationId = unit.Id,
                        JobTitle = post.ToString(),
                        ValidFrom = scope.ServiceProvider.GetRequiredService<IBusinessClock>().Today.AddDays(-1),
                    },
                    TestContext.Current.CancellationToken);
            }
        }

        return account;
    }

    /// <summary>Does something with services of a scope of its own.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(act);
        using var scope = Services.CreateScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("data", folder);
        builder.UseSetting("demo", "false");
        builder.UseSetting("fullSync", "false");
        builder.UseSetting("Limits:SignInPerMinute", "1000");
        builder.UseSetting("Limits:AnybodyPerMinute", "3");
        builder.ConfigureServices(services => services
            .AddSingleton<TimeProvider>(Time)
            .Configure<PasswordHasherOptions>(SharedKeys.QuickHashes));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        SharedKeys.Delete(folder);
    }
}
