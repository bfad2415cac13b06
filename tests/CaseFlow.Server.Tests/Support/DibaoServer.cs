using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Support;

/// <summary>
/// The whole server on a database of its own, with policy and dibao imported and a small bureau, spoken to over HTTP.
/// </summary>
public abstract class DibaoServer(bool secondPerson) : IAsyncLifetime
{
    private readonly string folder = SharedKeys.NewDataFolder("caseflow-authoring-");
    private WebApplication? app;

    /// <summary>The first administrator.</summary>
    public HttpClient Author { get; private set; } = default!;

    /// <summary>The second administrator.</summary>
    public HttpClient Colleague { get; private set; } = default!;

    /// <summary>The director, who may read and publish, but not draw.</summary>
    public HttpClient Director { get; private set; } = default!;

    /// <summary>A clerk at the window of the street 团结街道.</summary>
    public HttpClient Clerk { get; private set; } = default!;

    /// <summary>A case handler of another township.</summary>
    public HttpClient Elsewhere { get; private set; } = default!;

    /// <summary>A citizen.</summary>
    public HttpClient Citizen { get; private set; } = default!;

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
        Clerk = Client(address, accounts[3]);
        Elsewhere = Client(address, accounts[4]);
        Citizen = Client(address, accounts[5]);
        Nobody = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Author, Colleague, Director, Clerk, Elsewhere, Citizen, Nobody })
        {
            client?.Dispose();
        }

        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        SharedKeys.Delete(folder);
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
            Person("author", "何志刚"), Person("colleague", "周敏"), Person("director", "孙建国"),
            Person("clerk", "李窗口"), Person("elsewhere", "钱外地"), Person("citizen", "王秀兰", AccountKind.Citizen),
        };
        await Services.GetRequiredService<IStepRunner>().RunAsync(
            new Step("test.seed", Actor.System("test")),
            async (services, token) =>
            {
                var work = services.GetRequiredService<IUnitOfWork>();
                var district = Unit("220502", "东昌区民政局", "东民", OrganisationLevel.District, null);
                var street = Unit("220502004", "团结街道", "东团", OrganisationLevel.Township, district);
                var township = Unit("220502100", "金厂镇", "东金", OrganisationLevel.Township, district);
                var community = Unit("220502004001", "东岭社区", "", OrganisationLevel.Community, street);
                work.Set<OrganisationUnit>().AddRange(district, street, township, community);
                work.Set<Account>().AddRange(accounts);
                work.Set<PostAssignment>().AddRange(
                    Post(accounts[0], PostKind.SystemAdmin, district), Post(accounts[1], PostKind.SystemAdmin, district),
                    Post(accounts[2], PostKind.BureauDirector, district), Post(accounts[3], PostKind.WindowClerk, street),
                    Post(accounts[4], PostKind.CaseHandler, township));
                await PolicyImport.ImportAsync(work, Repository.Path("policy"), token);
                await TemplateImport.ImportAsync(work, Repository.Path("templates"), new DateOnly(2024, 1, 1), token);
                return true;
            },
            CancellationToken.None);
        using var scope = Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<CaseTypeService>().ImportAsync(
            Actor.System("test"), CaseTypeFolder.Read(Repository.Path("workflows", "dibao")), "seed", CancellationToken.None);
        return accounts;
    }

    private static Account Person(string userName, string name, AccountKind kind = AccountKind.Staff) =>
        new() { UserName = userName, NormalizedUserName = userName.ToUpperInvariant(), DisplayName = name, Kind = kind };

    private static OrganisationUnit Unit(string code, string name, string bodyCode, OrganisationLevel level, OrganisationUnit? parent) =>
        new() { Code = code, Name = name, ShortName = name, BodyCode = bodyCode, Level = level, AreaType = AreaType.Urban, ParentId = parent?.Id };

    private static PostAssignment Post(Account account, PostKind post, OrganisationUnit unit) =>
        new() { AccountId = account.Id, OrganisationId = unit.Id, Post = post, ValidFrom = new DateOnly(2020, 1, 1) };

    private HttpClient Client(string address, Account account)
    {
        var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Services.GetRequiredService<AccessTokens>().Issue(account));
        return client;
    }
}

/// <summary>As in production: a second person publishes.</summary>
public sealed class ServerWithSecondPerson() : DibaoServer(secondPerson: true);

/// <summary>As in a demo: one person publishes.</summary>
public sealed class ServerWithoutSecondPerson() : DibaoServer(secondPerson: false);
