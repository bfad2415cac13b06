using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using CaseFlow.Server.Pages;
using CaseFlow.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseFlow.Tests.Staff;

/// <summary>
/// The real server on a SQLite file of its own with the shipped dibao, policy and templates, a small bureau, and a clock that
/// the test moves. Cases are carried to their stages by the services, as people would.
/// </summary>
public sealed class StaffWorld : WebApplicationFactory<App>, IAsyncLifetime
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "correct horse battery staple";

    private readonly string _folder = SharedKeys.NewDataFolder("caseflow-staff-");
    private readonly Dictionary<string, Id<Account>> _accounts = new(StringComparer.Ordinal);
    private int _people;

    public ControlledClock Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(8)));

    public OrganisationUnit District { get; } = Unit("220502", "通化市东昌区民政局", "区民政局", "东民", OrganisationLevel.District);

    public OrganisationUnit Street { get; } = Unit("220502004", "通化市东昌区团结街道办事处", "团结街道", "东团", OrganisationLevel.Township);

    public OrganisationUnit Community { get; } = Unit("220502004001", "东岭社区", "东岭社区", "", OrganisationLevel.Community);

    public OrganisationUnit OtherStreet { get; } = Unit("220502003", "通化市东昌区老站街道办事处", "老站街道", "东老", OrganisationLevel.Township);

    public OrganisationUnit OtherCommunity { get; } = Unit("220502003001", "新园社区", "新园社区", "", OrganisationLevel.Community);

    public Id<Account> this[string userName] => _accounts[userName];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await StepAsync(async (services, token) =>
        {
            var work = services.GetRequiredService<IUnitOfWork>();
            await PolicyImport.ImportAsync(work, Path.Combine(Root, "policy"), token);
            await TemplateImport.ImportAsync(work, Path.Combine(Root, "templates"), Clock.Today.AddYears(-2), token);
            await TakeDistrictAsync(work, token);
            Street.ParentId = OtherStreet.ParentId = District.Id;
            Community.ParentId = Street.Id;
            OtherCommunity.ParentId = OtherStreet.Id;
            work.Set<OrganisationUnit>().AddRange(Street, Community, OtherStreet, OtherCommunity);
            AddPeople(work, services.GetRequiredService<IPasswordHasher<Account>>());
            return true;
        });
        await OnAsync<CaseTypeService, CaseTypeImport>(
            s => s.ImportAsync(Actor.System("import"), CaseTypeFolder.Read(Path.Combine(Root, "workflows", "dibao")), "first", Stop));
    }

    /// <summary>Files an application of an invented household at the counter and returns its case.</summary>
    public async Task<CaseInHand> FileAsync(string name, decimal monthlyWage = 1300, bool elsewhere = false, string spouse = "李国栋")
    {
        var actor = await ActorAsync(elsewhere ? "clerk-2" : "sunli");
        var form = Application(name, spouse, monthlyWage, (elsewhere ? OtherCommunity : Community).Code);
        var request = new ApplicationRequest("dibao", form, [], "counter", Guid.NewGuid());
        var receipt = await Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider
            .GetRequiredService<IIntakeService>().SubmitAsync(actor, request, Stop);
        return new CaseInHand(this, receipt.CaseId, receipt.CaseNumber);
    }

    /// <summary>Files an application of an invented household online and returns its case.</summary>
    public async Task<CaseInHand> FileOnlineAsync(string citizen, string name, IReadOnlyList<UploadedMaterial>? uploads = null)
    {
        var request = new ApplicationRequest("dibao", Application(name, "李国栋", 1300, Community.Code), uploads ?? [], "online", Guid.NewGuid());
        using var scope = Services.CreateScope();
        var receipt = await scope.ServiceProvider.GetRequiredService<IIntakeService>().SubmitAsync(await ActorAsync(citizen), request, Stop);
        return new CaseInHand(this, receipt.CaseId, receipt.CaseNumber);
    }

    /// <summary>Opens a citizen's account with the common password, as the administration would; nobody has proved who it is.</summary>
    public async Task OpenCitizenAsync(string userName, string name)
    {
        var account = new Account { UserName = userName, NormalizedUserName = userName.ToUpperInvariant(), DisplayName = name, Kind = AccountKind.Citizen, Email = $"{userName}@example.com" };
        account.PasswordHash = Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<IPasswordHasher<Account>>().HashPassword(account, Password);
        await StepAsync((services, _) =>
        {
            services.GetRequiredService<IUnitOfWork>().Set<Account>().Add(account);
            return Task.FromResult(true);
        });
        _accounts[userName] = account.Id;
    }

    public async Task<Actor> ActorAsync(string userName) =>
        await OnAsync<ActorDirectory, Actor?>(d => d.FindAsync(this[userName], Stop)) ?? throw new InvalidOperationException($"No account {userName}.");

    /// <summary>Uses a service of a scope of its own that sees everything.</summary>
    public async Task<TResult> OnAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> StepAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> body) =>
        Services.GetRequiredService<IStepRunner>().RunAsync(new Step("test", Actor.System("test")), body, Stop);

    /// <summary>Moves the clock to nine o'clock of a day, letting everything fire that comes due on the way.</summary>
    public async Task GoToAsync(DateOnly day)
    {
        var timers = Services.GetServices<IDueWork>().First(w => w.Name == "timers");
        while (Clock.Today < day)
        {
            Clock.MoveTo(BusinessTime.StartOf(Clock.Today.AddDays(1)).AddHours(9));
            while (await timers.RunDueAsync(Stop) > 0)
            {
                // What fired may have caused more that is due.
            }
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("data", _folder);
        builder.UseSetting("demo", "false");
        builder.UseSetting("fullSync", "false");
        builder.UseSetting("Limits:SignInPerMinute", "1000");
        builder.UseSetting("Limits:AnybodyPerMinute", "1000");
        builder.ConfigureServices(services =>
        {
            services.RemoveAll<IBusinessClock>();
            services.AddSingleton<IBusinessClock>(Clock);
            services.Configure<PasswordHasherOptions>(SharedKeys.QuickHashes);
            services.TryAddSingleton<IDocumentRenderer, TemplateRenderer>();
            if (services.All(s => s.ImplementationType != typeof(TimerWork)))
            {
                services.AddScoped<TimerStep>();
                services.AddSingleton<IDueWork, TimerWork>();
            }
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        SharedKeys.Delete(_folder);
    }

    /// <summary>An empty installation has a district already, for its first administrator; there is only one.</summary>
    private async Task TakeDistrictAsync(IUnitOfWork work, CancellationToken cancellationToken)
    {
        if (await work.Set<OrganisationUnit>().FirstOrDefaultAsync(o => o.Level == OrganisationLevel.District, cancellationToken) is not { } known)
        {
            work.Set<OrganisationUnit>().Add(District);
            return;
        }

        District.Id = known.Id;
        (known.Code, known.Name, known.ShortName, known.BodyCode, known.Phone) = (District.Code, District.Name, District.ShortName, District.BodyCode, District.Phone);
    }

    private void AddPeople(IUnitOfWork work, IPasswordHasher<Account> hasher)
    {
        Add("sunli", "孙丽", "民政窗口", PostKind.WindowClerk, Street);
        Add("zhouting", "周婷", "经办", PostKind.CaseHandler, Street);
        Add("liuyang", "刘洋", "经办", PostKind.CaseHandler, Street);
        Add("liujianguo", "刘建国", "民政办主任", PostKind.Reviewer, Street);
        Add("zhaomin", "赵敏", "民政分管副主任", PostKind.LeaderInCharge, Street);
        Add("donglin", "董琳", "社区协理员", PostKind.CommunityAssistant, Community);
        Add("clerk-2", "马丽", "民政窗口", PostKind.WindowClerk, OtherStreet);
        Add("handler-2", "高远", "经办", PostKind.CaseHandler, OtherStreet);
        Add("d-handler", "何静", "社会救助股", PostKind.CaseHandler, District);
        Add("d-reviewer", "郭强", "社会救助股股长", PostKind.Reviewer, District);
        Add("d-leader", "韩冰", "分管副局长", PostKind.LeaderInCharge, District);
        Add("finance", "马芳", "财务", PostKind.FinanceOfficer, District);
        Add("auditor", "纪明", "纪检", PostKind.DisciplineOfficer, District);
        Add("sysadmin", "管理员", "系统管理员", PostKind.SystemAdmin, District);
        Add("sysadmin2", "万能", "系统管理员", PostKind.SystemAdmin, District);
        Add("director", "孙建国", "局长", PostKind.BureauDirector, District);

        void Add(string userName, string name, string title, PostKind post, OrganisationUnit unit)
        {
            var account = new Account { UserName = userName, NormalizedUserName = userName.ToUpperInvariant(), DisplayName = name, Kind = AccountKind.Staff };
            account.PasswordHash = hasher.HashPassword(account, Password);
            work.Set<Account>().Add(account);
            work.Set<PostAssignment>().Add(new PostAssignment
            {
                AccountId = account.Id,
                Post = post,
                OrganisationId = unit.Id,
                JobTitle = title,
                ValidFrom = new DateOnly(2020, 1, 1),
            });
            _accounts[userName] = account.Id;
        }
    }

    private JsonObject Application(string name, string spouse, decimal wage, string community) => new()
    {
        ["applicant"] = new JsonObject
        {
            ["name"] = name,
            ["idNumber"] = IdNumber("19670312", female: true),
            ["phone"] = $"1380000{Interlocked.Increment(ref _people):D4}",
            ["hukouCommunity"] = community,
            ["address"] = "东岭社区 3 组 2 号楼 402",
            ["bankName"] = "农业银行",
            ["bankAccount"] = "6228480000000004417",
            ["seriousIllness"] = true,
            ["illness"] = "尿毒症",
        },
        ["members"] = new JsonArray(
            new JsonObject { ["ref"] = "m1", ["name"] = spouse, ["idNumber"] = IdNumber("19640705", female: false), ["relation"] = "Spouse", ["disabilityGrade"] = 2, ["disabilityKind"] = "limb" },
            new JsonObject { ["ref"] = "m2", ["name"] = "李晓雨", ["idNumber"] = IdNumber("20100901", female: true), ["relation"] = "Child", ["fullTimeStudent"] = true }),
        ["incomes"] = new JsonArray(new JsonObject { ["person"] = "applicant", ["kind"] = "Wage", ["amount"] = wage, ["period"] = "month", ["note"] = "好邻物业保洁" }),
        ["property"] = new JsonObject { ["dwellings"] = 1, ["company"] = false },
        ["relatives"] = new JsonObject { ["officerRelative"] = false },
        ["consents"] = new JsonArray(
            new JsonObject { ["person"] = "applicant", ["verification"] = true, ["signedOn"] = "2026-06-01" },
            new JsonObject { ["person"] = "m1", ["verification"] = true, ["signedOn"] = "2026-06-01" }),
        ["commitment"] = true,
    };

    /// <summary>An invented number with a valid check character.</summary>
    public string IdNumber(string born, bool female)
    {
        var order = (Interlocked.Increment(ref _people) * 2 % 998) + (female ? 0 : 1);
        var first = $"220502{born}{order:D3}";
        return first + CaseFlow.Cases.People.ResidentIdNumber.CheckCharacter(first);
    }

    private static OrganisationUnit Unit(string code, string name, string shortName, string body, OrganisationLevel level) =>
        new() { Code = code, Name = name, ShortName = shortName, BodyCode = body, Level = level, Phone = "0435-5550101" };

    internal static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The solution was not found.");
        }

        return folder.FullName;
    }
}
