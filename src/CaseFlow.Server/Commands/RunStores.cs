using CaseFlow.Persistence;
using CaseFlow.Workflows.Hosting;
using Microsoft.Data.Sqlite;

namespace CaseFlow.Server.Commands;

/// <summary>Where <c>run-definition</c> keeps instances; each run gets a new and empty store.</summary>
internal interface IRunStores : IAsyncDisposable
{
    /// <summary>Opens a new and empty store.</summary>
    Task<IWorkflowStore> OpenAsync();
}

/// <summary>The stores that can be asked for.</summary>
internal static class RunStores
{
    /// <summary>Their names.</summary>
    public static readonly IReadOnlyList<string> Names = ["memory", "sqlite"];

    /// <summary>Finds stores by name; null where there are none of that name.</summary>
    public static IRunStores? Find(string name) => name switch
    {
        "memory" => new MemoryRunStores(),
        "sqlite" => new SqliteRunStores(),
        _ => null,
    };

    private sealed class MemoryRunStores : IRunStores
    {
        public Task<IWorkflowStore> OpenAsync() => Task.FromResult<IWorkflowStore>(new InMemoryWorkflowStore());

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>SQLite files in a temporary folder: one is migrated, each run gets a copy of it.</summary>
internal sealed class SqliteRunStores : IRunStores
{
    /// <summary>A SQLite database is up to three files.</summary>
    private static readonly string[] DatabaseFiles = ["", "-wal", "-shm"];

    private readonly string folder = Directory.CreateTempSubdirectory("caseflow-run-").FullName;
    private readonly List<ServiceProvider> opened = [];
    private int count;

    /// <inheritdoc />
    public async Task<IWorkflowStore> OpenAsync()
    {
        var template = Path.Combine(folder, "template.db");
        if (!File.Exists(template))
        {
            await using var services = Services(template);
            await services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
            SqliteConnection.ClearAllPools();
        }

        var file = Path.Combine(folder, $"{++count}.db");
        foreach (var suffix in DatabaseFiles.Where(x => File.Exists(template + x)))
        {
            File.Copy(template + suffix, file + suffix);
        }

        var provider = Services(file);
        opened.Add(provider);
        return provider.GetRequiredKeyedService<IWorkflowStore>(PersistenceServices.StandaloneStore);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var provider in opened)
        {
            await provider.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private ServiceProvider Services(string file)
    {
        var options = CaseFlowPersistenceOptions.ForSqlite(file, Path.Combine(folder, "keys.json"));
        options.CreateKeyFile = true;
        return new ServiceCollection().AddLogging().AddCaseFlowPersistence(options).BuildServiceProvider();
    }
}
