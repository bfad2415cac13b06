using System.Collections.Concurrent;
using CaseFlow.Cases;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence;
using CaseFlow.Workflows.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseFlow.Activities.Tests.Support;

/// <summary>The whole domain on a SQLite file of its own, under a clock that the test moves, with the shipped dibao, policy and templates.</summary>
public sealed class DibaoHost : IAsyncDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("caseflow-activities-").FullName;
    private static readonly Lazy<Task<(string File, Bureau Bureau)>> Seeded = new(() => SeedFileAsync(Shipped));
    private static readonly ConcurrentDictionary<string, Lazy<Task<(string File, Bureau Bureau)>>> SeededGolden = new(StringComparer.Ordinal);
    private readonly ServiceProvider _services;
    private readonly string _connection;

    private DibaoHost(DateTimeOffset start, string connection, Action<IServiceCollection>? more)
    {
        Clock = new ControlledClock(start);
        _connection = connection;
        Connection = connection;
        var services = new ServiceCollection()
            .AddSingleton<IBusinessClock>(Clock)
            .AddSingleton<IDocumentRenderer, TemplateRenderer>()
            .AddCaseFlowPersistence(new CaseFlowPersistenceOptions
            {
                Provider = CaseFlowPersistenceOptions.ProviderOf(connection),
                ConnectionString = connection,
                KeyFile = Path.Combine(Folder, "keys.json"),
                CreateKeyFile = true,
                NodeName = "test",
            })
            .AddCaseFlowCases()
            .AddCaseFlowActivities()
            .AddCaseFlowDueWork();
        more?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static string Root { get; } = FindRoot();

    /// <summary>The case type as it is shipped now.</summary>
    public static string Shipped => Path.Combine(Root, "workflows", "dibao");

    public ControlledClock Clock { get; }

    /// <summary>How the database is reached.</summary>
    public string Connection { get; }

    public IStepRunner Steps => _services.GetRequiredService<IStepRunner>();

    public required Bureau Bureau { get; init; }

    /// <summary>Opens a bureau on a day at nine o'clock.</summary>
    public static async Task<DibaoHost> OpenAsync(string day = "2026-03-02", Action<IServiceCollection>? more = null)
    {
        var (file, bureau) = await Seeded.Value;
        return OpenCopy(file, bureau, day, more);
    }

    /// <summary>Opens a bureau whose dibao is the one that was published when the golden states were written.</summary>
    public static async Task<DibaoHost> OpenGoldenAsync(string definitions, string day)
    {
        var (file, bureau) = await SeededGolden.GetOrAdd(definitions, d => new(() => SeedFileAsync(d))).Value;
        return OpenCopy(file, bureau, day, null);
    }

    private static DibaoHost OpenCopy(string file, Bureau bureau, string day, Action<IServiceCollection>? more)
    {
        var copy = NewFile();
        File.Copy(file, copy);
        return new DibaoHost(At(day), Sqlite(copy), more) { Bureau = bureau };
    }

    /// <summary>Keeps a copy of the file and the time, at which another bureau can be opened.</summary>
    public HostSnapshot Snapshot()
    {
        var copy = NewFile();
        using var source = new SqliteConnection(Connection);
        using var target = new SqliteConnection(Sqlite(copy));
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        return new HostSnapshot(copy, Clock.Now);
    }

    /// <summary>A second bureau that stands where this one stood.</summary>
    public DibaoHost Open(HostSnapshot snapshot)
    {
        var copy = NewFile();
        File.Copy(snapshot.File, copy);
        return new DibaoHost(snapshot.Time, Sqlite(copy), null) { Bureau = Bureau };
    }

    /// <summary>Opens a bureau on a database of its own at the server that <c>CASEFLOW_TEST_POSTGRES</c> names.</summary>
    public static async Task<DibaoHost> OpenOnPostgresAsync(string day)
    {
        var admin = Environment.GetEnvironmentVariable("CASEFLOW_TEST_POSTGRES")
            ?? throw new InvalidOperationException("CASEFLOW_TEST_POSTGRES must hold the connection string of an administrator; ./test sets it.");
        var name = "dibao_" + Guid.NewGuid().ToString("N");
        await using (var connection = new NpgsqlConnection(admin))
        {
            await connection.OpenAsync(Stop);
            await using var create = connection.CreateCommand();
            create.CommandText = $"CREATE DATABASE {name}";
            await create.ExecuteNonQueryAsync(Stop);
        }

        var own = new NpgsqlConnectionStringBuilder(admin) { Database = name, MaxPoolSize = 10 }.ConnectionString;
        return await SeedAsync(At(day), own, Shipped);
    }

    /// <summary>Another server on the same database, with nothing in common but that; its clock starts with this one's.</summary>
    public DibaoHost Another() => new(Clock.Now, _connection, null) { Bureau = Bureau };

    /// <summary>Policy, templates, bureau and case type are put into one file once; each test gets a copy.</summary>
    private static async Task<(string File, Bureau Bureau)> SeedFileAsync(string caseType)
    {
        var file = NewFile();
        await using var host = await SeedAsync(At("2025-01-02"), Sqlite(file), caseType);
        return (file, host.Bureau);
    }

    private static async Task<DibaoHost> SeedAsync(DateTimeOffset start, string connection, string caseType)
    {
        var host = new DibaoHost(start, connection, null) { Bureau = new Bureau() };
        await host._services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
        await host.Steps.RunAsync(
            new Step("seed", Actor.System("seed")),
            async (services, token) =>
            {
                var work = services.GetRequiredService<IUnitOfWork>();
                await PolicyImport.ImportAsync(work, Path.Combine(Root, "policy"), token);
                await TemplateImport.ImportAsync(work, Path.Combine(Root, "templates"), host.Clock.Today, token);
                host.Bureau.Open(work);
                return true;
            },
            CancellationToken.None);
        await host.OnAsync<CaseTypeService, CaseTypeImport>(s => s.ImportAsync(
            Actor.System("import"), CaseTypeFolder.Read(caseType), "first", CancellationToken.None));
        return host;
    }

    private static string Sqlite(string file) => $"Data Source={file};Pooling=False";

    private static string NewFile() => Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".db");

    /// <summary>Nine o'clock of a day.</summary>
    public static DateTimeOffset At(string day) =>
        new(DateOnly.ParseExact(day, "yyyy-MM-dd").ToDateTime(new TimeOnly(9, 0)), BusinessTime.Offset);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Uses a service as a page does, seeing everything.</summary>
    public async Task<TResult> OnAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Uses a service with somebody's scope.</summary>
    public async Task<TResult> AsAsync<TService, TResult>(DataScope who, Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(who);
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task DoAsync<TService>(Func<TService, Task> use)
        where TService : notnull => await OnAsync<TService, bool>(async service =>
    {
        await use(service);
        return true;
    });

    public Task<T> ReadAsync<T>(Func<IUnitOfWork, Task<T>> read) => OnAsync(read);

    public Task<T> StepAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> body) =>
        Steps.RunAsync(new Step("test", Actor.System("test")), body, Stop);

    public async Task<Actor> ActorAsync(Id<Account> account) =>
        await OnAsync<ActorDirectory, Actor?>(d => d.FindAsync(account, Stop)) ?? throw new InvalidOperationException("No such account.");

    /// <summary>Moves the clock to nine o'clock of a day, letting everything fire that comes due on the way.</summary>
    public async Task GoToAsync(string day)
    {
        var target = At(day);
        while (Clock.Now < target)
        {
            var next = BusinessTime.StartOf(Clock.Today.AddDays(1)).AddMinutes(1);
            var waiting = await OnAsync<IWorkflowStore, IReadOnlyList<StoredBookmark>>(async s => await s.FindBookmarksAsync(new BookmarkQuery { DueAt = target }, Stop));
            if (waiting.Count == 0)
            {
                Clock.MoveTo(target);
                return;
            }

            var due = BusinessTime.StartOf(BusinessTime.DayOf(waiting.Min(b => b.Bookmark.DueAt!.Value))).AddMinutes(1);
            next = due > next ? due : next;
            Clock.MoveTo(next < target ? next : target);
            await FireDueAsync();
        }
    }

    public Task FireDueAsync() => RunDueAsync("timers");

    /// <summary>Lets one kind of due work happen until nothing is left of it.</summary>
    public async Task RunDueAsync(string name)
    {
        var work = _services.GetServices<IDueWork>().First(w => w.Name == name);
        while (await work.RunDueAsync(Stop) > 0)
        {
            // What fired may have caused more that is due.
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

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

/// <summary>A kept copy of a bureau.</summary>
public sealed record HostSnapshot(string File, DateTimeOffset Time);

internal static class ServiceExtensions
{
    public static IUnitOfWork GetRequiredWork(this IServiceProvider services) => services.GetRequiredService<IUnitOfWork>();
}
