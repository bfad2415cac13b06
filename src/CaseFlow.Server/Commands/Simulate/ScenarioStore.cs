using CaseFlow.Persistence;
using CaseFlow.Persistence.Sql;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>The temporary database of one scenario: a SQLite file, or a database of its own on a PostgreSQL server.</summary>
/// <param name="Folder">Folder with the keys (and the file); deleted at the end.</param>
/// <param name="Connection">Connection string of the scenario's database.</param>
internal sealed record ScenarioStore(string Folder, string Connection) : IAsyncDisposable
{
    /// <summary>How long a dispatcher keeps a mail for itself; short, so that what a killed process held is free soon.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The keys of this process, in a file that every scenario copies: the entity model holds its keys, so with keys of its
    /// own each scenario would build the model and compile every query anew, which takes longer than the scenario.
    /// </summary>
    private static readonly Lazy<string> SharedKeys = new(MakeKeys);

    /// <summary>A migrated, empty SQLite file, made once a process.</summary>
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private TemporaryPostgres? _postgres;

    /// <summary>The keys, beside the database.</summary>
    public string KeyFile => Path.Combine(Folder, "keys", "fields.json");

    /// <summary>Makes a database without cases; on SQLite its schema is there already.</summary>
    /// <param name="postgres">Connection string of somebody who may create databases; null for SQLite.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ScenarioStore> CreateAsync(string? postgres, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-scenario-").FullName;
        if (postgres is null)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "scenario.db"), await Migrated.Value, cancellationToken);
            return new ScenarioStore(folder, $"Data Source={Path.Combine(folder, "scenario.db")}").WithKeys();
        }

        var database = new TemporaryPostgres(postgres, "scenario");
        await database.CreateAsync(cancellationToken);
        return new ScenarioStore(folder, database.ConnectionString) { _postgres = database }.WithKeys();
    }

    /// <summary>Options of the persistence.</summary>
    public CaseFlowPersistenceOptions Options() => new()
    {
        Provider = CaseFlowPersistenceOptions.ProviderOf(Connection),
        ConnectionString = Connection,
        KeyFile = KeyFile,
        CreateKeyFile = true,
        NodeName = "scenario",
        OutboxLease = Lease,
    };

    private ScenarioStore WithKeys()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, SharedKeys.Value);
        return this;
    }

    private static async Task<byte[]> MigrateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-scenario-").FullName;
        var file = Path.Combine(folder, "scenario.db");
        await using (var store = new ScenarioStore(folder, $"Data Source={file};Pooling=False").WithKeys())
        {
            await using (var services = new ServiceCollection().AddCaseFlowPersistence(store.Options()).BuildServiceProvider())
            {
                await services.GetRequiredService<IDatabase>().MigrateAsync(CancellationToken.None);
            }

            return await File.ReadAllBytesAsync(file);
        }
    }

    private static string MakeKeys()
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-keys-");
        var file = Path.Combine(folder.FullName, "fields.json");
        KeyFiles.Create(file);
        var text = File.ReadAllText(file);
        folder.Delete(recursive: true);
        return text;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
