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

    private TemporaryPostgres? _postgres;

    /// <summary>The keys, beside the database.</summary>
    public string KeyFile => Path.Combine(Folder, "keys", "fields.json");

    /// <summary>Makes an empty database.</summary>
    /// <param name="postgres">Connection string of somebody who may create databases; null for SQLite.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ScenarioStore> CreateAsync(string? postgres, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-scenario-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        if (postgres is null)
        {
            return new ScenarioStore(folder, $"Data Source={Path.Combine(folder, "scenario.db")}");
        }

        var database = new TemporaryPostgres(postgres, "scenario");
        await database.CreateAsync(cancellationToken);
        return new ScenarioStore(folder, database.ConnectionString) { _postgres = database };
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
