using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.ElsaApi;

/// <summary>
/// The whole server on a database of its own, with dibao imported, two administrators and a director, spoken to over HTTP.
/// </summary>
public abstract class AuthoringServer(bool secondPerson) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("caseflow-authoring-").FullName;
    private WebApplication? app;

    /// <summary>The first administrator.</summary>
    public HttpClient Author { get; private set; } = default!;

    /// <summary>The second administrator.</summary>
    public HttpClient Colleague { get; private set; } = default!;

    /// <summary>The director, who may read and publish, but not draw.</summary>
    public HttpClient Director { get; private set; } = default!;

    /// <summary>Nobody: no token.</summary>
    public HttpClient Nobody { get; private set; } = default!;

    /// <summary>Services of the server.</summary>
    internal IServiceProvider Services => app!.Services;

    public async ValueTask InitializeAsync()
    {
        app = CaseFlowServer.Build(
        [
            "--urls", "http://127.0.0.1:0", "--data", folder, "--demo", "false", "--applicationName", "CaseFlow.Server", "--contentRoot", Repository.Path("src", "CaseFlow.Server"),
            "--publication:secondPerson", secondPerson ? "true" : "false", "--Logging:LogLevel:Default", "Error",
        ]);
        await app.StartAsync();
        var accounts = await SeedAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Author = Client(address, accounts[0]);
        Colleague = Client(address, accounts[1]);
        Director = Client(address, accounts[2]);
        Nobody = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Author, Colleague, Director, Nobody })
        {
            client?.Dispose();
        }

        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads rows as the system.</summary>
    internal async Task<T> ReadAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> read) =>
        await Services.GetRequiredService<IStepRunner>().RunAsync(new Step("test.read", Actor.System("test")), read, TestContext.Current.CancellationToken);

    /// <summary>Makes a definition by import and returns it.</summary>
    internal async Task<JsonObject> ImportAsync(JsonObject model)
    {
        var response = await Author.PostAsJsonAsync("/elsa/api/workflow-definitions/import", model, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    private async Task<List<Account>> SeedAsync()
    {
        var accounts = new List<Account>
        {
            new() { UserName = "author", NormalizedUserName = "AUTHOR", DisplayName = "何志刚", Kind = AccountKind.Staff },
            new() { UserName = "colleague", NormalizedUserName = "COLLEAGUE", DisplayName = "周敏", Kind = AccountKind.Staff },
            new() { UserName = "director", NormalizedUserName = "DIRECTOR", DisplayName = "孙建国", Kind = AccountKind.Staff },
        };
        await Services.GetRequiredService<IStepRunner>().RunAsync(
            new Step("test.seed", Actor.System("test")),
            (services, _) =>
            {
                var work = services.GetRequiredService<IUnitOfWork>();
                var district = new OrganisationUnit { Code = "220502", Name = "东昌区民政局", ShortName = "区民政局", BodyCode = "东民", Level = OrganisationLevel.District };
                work.Set<OrganisationUnit>().Add(district);
                work.Set<Account>().AddRange(accounts);
                work.Set<PostAssignment>().AddRange(accounts.Select((a, i) => new PostAssignment
                {
                    AccountId = a.Id,
                    OrganisationId = district.Id,
                    Post = i < 2 ? PostKind.SystemAdmin : PostKind.BureauDirector,
                    ValidFrom = new DateOnly(2020, 1, 1),
                }));
                return Task.FromResult(true);
            },
            CancellationToken.None);
        using var scope = Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<CaseTypeService>().ImportAsync(
            Actor.System("test"), CaseTypeFolder.Read(Repository.Path("workflows", "dibao")), "seed", CancellationToken.None);
        return accounts;
    }

    private HttpClient Client(string address, Account account)
    {
        var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Services.GetRequiredService<AccessTokens>().Issue(account));
        return client;
    }
}

/// <summary>As in production: a second person publishes.</summary>
public sealed class ServerWithSecondPerson() : AuthoringServer(secondPerson: true);

/// <summary>As in a demo: one person publishes.</summary>
public sealed class ServerWithoutSecondPerson() : AuthoringServer(secondPerson: false);
