using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CaseFlow.Persistence.Sql;

/// <summary>Sets on each opened SQLite connection what the file does not remember.</summary>
internal sealed class SqlitePragmas(bool fullSync) : DbConnectionInterceptor
{
    private readonly string commands = For(fullSync);

    /// <summary>The commands.</summary>
    public static string For(bool fullSync) =>
        $"PRAGMA synchronous={(fullSync ? "FULL" : "NORMAL")}; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = commands;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = commands;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
