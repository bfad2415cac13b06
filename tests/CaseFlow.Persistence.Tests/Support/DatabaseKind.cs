using CaseFlow.Persistence.Context;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseFlow.Persistence.Tests.Support;

/// <summary>Makes migrated, empty databases of one kind: the schema is built once for each run and then copied.</summary>
public abstract class DatabaseKind
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("caseflow-persistence-").FullName;

    /// <summary>SQLite files.</summary>
    public static DatabaseKind Sqlite { get; } = new SqliteKind();

    /// <summary>Databases of the server that <c>CASEFLOW_TEST_POSTGRES</c> names.</summary>
    public static DatabaseKind Postgres { get; } = new PostgresKind();

    /// <summary>Keys of all tests.</summary>
    public static string KeyFile { get; } = Path.Combine(Folder, "keys", "keys.json");

    /// <summary>A fresh temporary path.</summary>
    public static string TemporaryPath(string extension) => Path.Combine(Folder, Guid.NewGuid().ToString("N") + extension);

    /// <summary>Options for a fresh, migrated database.</summary>
    public abstract Task<CaseFlowPersistenceOptions> NewAsync(CancellationToken cancellationToken);

    /// <summary>Removes a database.</summary>
    public abstract Task DropAsync(CaseFlowPersistenceOptions options);

    /// <summary>Options for a fresh database without a schema.</summary>
    public abstract Task<CaseFlowPersistenceOptions> NewBareAsync(CancellationToken cancellationToken);

    private static CaseFlowPersistenceOptions Options(DatabaseProvider provider, string connectionString) => new()
    {
        Provider = provider,
        ConnectionString = connectionString,
        KeyFile = KeyFile,
        CreateKeyFile = true,
        NodeName = "test",
    };

    private static async Task MigrateAsync(CaseFlowPersistenceOptions options, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddCaseFlowPersistence(options).BuildServiceProvider();
        await services.GetRequiredService<IDatabase>().MigrateAsync(cancellationToken);
    }

    private sealed class SqliteKind : DatabaseKind
    {
        private readonly Lazy<Task<string>> template = new(MakeTemplateAsync);

        public override async Task<CaseFlowPersistenceOptions> NewAsync(CancellationToken cancellationToken)
        {
            var file = TemporaryPath(".db");
            File.Copy(await template.Value, file);
            return Options(DatabaseProvider.Sqlite, $"Data Source={file}");
        }

        public override Task<CaseFlowPersistenceOptions> NewBareAsync(CancellationToken cancellationToken) =>
            Task.FromResult(Options(DatabaseProvider.Sqlite, $"Data Source={TemporaryPath(".db")}"));

        public override Task DropAsync(CaseFlowPersistenceOptions options)
        {
            SqliteConnection.ClearPool(new SqliteConnection(options.ConnectionString));
            var file = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
            foreach (var suffix in new[] { "", "-wal", "-shm" })
            {
                File.Delete(file + suffix);
            }

            return Task.CompletedTask;
        }

        private static async Task<string> MakeTemplateAsync()
        {
            var file = TemporaryPath(".template.db");
            await MigrateAsync(Options(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=False"), CancellationToken.None);
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
            return file;
        }
    }

    private sealed class PostgresKind : DatabaseKind
    {
        private readonly Lazy<Task<string>> template = new(MakeTemplateAsync);
        private static readonly SemaphoreSlim Copying = new(1, 1);

        private static string Admin => Environment.GetEnvironmentVariable("CASEFLOW_TEST_POSTGRES")
            ?? throw new InvalidOperationException("CASEFLOW_TEST_POSTGRES must hold the connection string of an administrator; ./test sets it.");

        public override async Task<CaseFlowPersistenceOptions> NewAsync(CancellationToken cancellationToken)
        {
            var from = await template.Value;
            var name = NewName();
            await Copying.WaitAsync(cancellationToken);
            try
            {
                await RunAsync($"CREATE DATABASE {name} TEMPLATE {from}", cancellationToken);
            }
            finally
            {
                Copying.Release();
            }

            return Options(DatabaseProvider.PostgreSql, Of(name));
        }

        public override async Task<CaseFlowPersistenceOptions> NewBareAsync(CancellationToken cancellationToken)
        {
            var name = NewName();
            await RunAsync($"CREATE DATABASE {name}", cancellationToken);
            return Options(DatabaseProvider.PostgreSql, Of(name));
        }

        public override async Task DropAsync(CaseFlowPersistenceOptions options)
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(options.ConnectionString));
            await RunAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(options.ConnectionString).Database} WITH (FORCE)", CancellationToken.None);
        }

        private static async Task<string> MakeTemplateAsync()
        {
            var name = NewName();
            await RunAsync($"CREATE DATABASE {name}", CancellationToken.None);
            await MigrateAsync(Options(DatabaseProvider.PostgreSql, Of(name) + ";Pooling=false"), CancellationToken.None);
            return name;
        }

        private static string NewName() => "caseflow_" + Guid.NewGuid().ToString("N");

        private static string Of(string database) =>
            new NpgsqlConnectionStringBuilder(Admin) { Database = database, MaxPoolSize = 20 }.ConnectionString;

        private static async Task RunAsync(string sql, CancellationToken cancellationToken)
        {
            await using var connection = new NpgsqlConnection(Admin);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
