using Npgsql;

namespace CaseFlow.Persistence.Sql;

/// <summary>A database of its own on a PostgreSQL server, for a simulation or a trial; it is dropped at the end.</summary>
/// <param name="administrator">Connection string of somebody who may create databases.</param>
/// <param name="prefix">Beginning of its name: small letters only.</param>
public sealed class TemporaryPostgres(string administrator, string prefix) : IAsyncDisposable
{
    private readonly string name = $"{prefix}_{Guid.NewGuid():N}";

    /// <summary>Connection string of the database.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(administrator) { Database = name, MaxPoolSize = 20 }.ConnectionString;

    /// <summary>Creates it, empty.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => ExecuteAsync($"CREATE DATABASE {name}", cancellationToken);

    /// <summary>Drops it, whoever is still connected.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(administrator);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
