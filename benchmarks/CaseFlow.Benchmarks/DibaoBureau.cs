using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Activities;
using CaseFlow.Cases;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Benchmarks;

/// <summary>One street with its window, and the shipped dibao, policy and templates, composed as the server composes them.</summary>
internal sealed class DibaoBureau : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly OrganisationUnit district = new()
    {
        Code = "220502",
        Name = "通化市东昌区民政局",
        ShortName = "区民政局",
        BodyCode = "东民",
        Level = OrganisationLevel.District,
        Phone = "0435-5550100",
    };

    private readonly OrganisationUnit street = new()
    {
        Code = "220502004",
        Name = "通化市东昌区团结街道办事处",
        ShortName = "团结街道",
        BodyCode = "东团",
        Level = OrganisationLevel.Township,
        Phone = "0435-5550101",
    };

    private readonly Account window = new() { UserName = "window", NormalizedUserName = "WINDOW", DisplayName = "window", Kind = AccountKind.Staff };

    private DibaoBureau(CaseFlowPersistenceOptions options) => services = new ServiceCollection().AddLogging()
        .AddSingleton<IBusinessClock>(new ControlledClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, BusinessTime.Offset)))
        .AddSingleton<IDocumentRenderer, TemplateRenderer>()
        .AddCaseFlowPersistence(options).AddCaseFlowCases().AddCaseFlowActivities().AddCaseFlowDueWork().BuildServiceProvider();

    /// <summary>Who sits at the window: takes applications in and accepts them.</summary>
    public required Actor Clerk { get; init; }

    /// <summary>Opens the bureau on an empty database.</summary>
    public static async Task<DibaoBureau> OpenAsync(CaseFlowPersistenceOptions options)
    {
        var opening = new DibaoBureau(options) { Clerk = Actor.System("benchmark") };
        await opening.services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
        await opening.SeedAsync();
        var clerk = await opening.OnAsync<ActorDirectory, Actor?>(d => d.FindAsync(opening.window.Id, CancellationToken.None));
        await opening.DisposeAsync();
        return new DibaoBureau(options) { Clerk = clerk ?? throw new InvalidOperationException("The window has no account.") };
    }

    /// <summary>A service that every scope shares.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Uses a service in a scope that sees everything.</summary>
    public async Task<TResult> OnAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("benchmark"));
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>The form of the household of one person: everybody is somebody else.</summary>
    public static JsonObject Form(int number)
    {
        var born = new DateOnly(1950, 1, 1).AddDays(number).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var first = $"220502{born}002";
        return new JsonObject
        {
            ["applicant"] = new JsonObject
            {
                ["name"] = "王秀兰（演示）",
                ["idNumber"] = first + ResidentIdNumber.CheckCharacter(first),
                ["phone"] = "13800000001",
                ["email"] = $"household{number}@example.org",
                ["hukouCommunity"] = "220502004001",
                ["address"] = "东岭社区1号楼2单元",
                ["bankName"] = "农业银行",
                ["bankAccount"] = "6228480000000004417",
                ["electronicDelivery"] = true,
            },
            ["members"] = new JsonArray(),
            ["incomes"] = new JsonArray(),
            ["property"] = new JsonObject { ["dwellings"] = 1, ["company"] = false },
            ["relatives"] = new JsonObject { ["officerRelative"] = false },
            ["consents"] = new JsonArray(new JsonObject { ["person"] = "applicant", ["verification"] = true }),
            ["commitment"] = true,
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task SeedAsync()
    {
        var root = Root();
        await Get<IStepRunner>().RunAsync(
            new Step("seed", Actor.System("benchmark")),
            async (step, token) =>
            {
                var work = step.GetRequiredService<IUnitOfWork>();
                await PolicyImport.ImportAsync(work, Path.Combine(root, "policy"), token);
                await TemplateImport.ImportAsync(work, Path.Combine(root, "templates"), new DateOnly(2025, 1, 2), token);
                street.ParentId = district.Id;
                var community = new OrganisationUnit
                {
                    Code = "220502004001",
                    Name = "东岭社区",
                    ShortName = "东岭社区",
                    Level = OrganisationLevel.Community,
                    AreaType = AreaType.Urban,
                    ParentId = street.Id,
                };
                work.Set<OrganisationUnit>().AddRange(district, street, community);
                work.Set<Account>().Add(window);
                work.Set<PostAssignment>().Add(new PostAssignment
                {
                    AccountId = window.Id,
                    Post = PostKind.WindowClerk,
                    OrganisationId = street.Id,
                    ValidFrom = new DateOnly(2020, 1, 1),
                });
                return true;
            },
            CancellationToken.None);
        await OnAsync<CaseTypeService, CaseTypeImport>(s => s.ImportAsync(
            Actor.System("import"), CaseTypeFolder.Read(Path.Combine(root, "workflows", "dibao")), "first", CancellationToken.None));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run it inside the repository: it reads workflows, templates and policy.");
        }

        return folder.FullName;
    }
}
