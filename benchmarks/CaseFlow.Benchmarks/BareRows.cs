using System.Data.Common;
using System.Diagnostics;
using CaseFlow.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>
/// The rows that one finished instance left, written again under new ids by plain ADO.NET: half of the history with the
/// instance in a first transaction, then an update of the instance with the other half in a second.
/// </summary>
internal sealed class BareRows : IAsyncDisposable
{
    private static readonly string[] History = ["WorkflowJournal", "WorkflowRecords"];
    private readonly CaseFlowPersistenceOptions options;
    private readonly List<(string Table, string[] Columns, object?[] Values)> history = [];
    private readonly SemaphoreSlim gate = new(1);
    private (string[] Columns, object?[] Values) instance;

    private BareRows(CaseFlowPersistenceOptions options) => this.options = options;

    /// <summary>Rows written for one instance.</summary>
    public int RowsPerInstance => history.Count + 2;

    /// <summary>Reads the rows of an instance.</summary>
    public static async Task<BareRows> CaptureAsync(CaseFlowPersistenceOptions options, string instanceId)
    {
        var rows = new BareRows(options);
        await using var connection = await rows.OpenAsync();
        rows.instance = (await ReadAsync(connection, "WorkflowInstances", "Id", instanceId)).Select(r => (r.Columns, r.Values)).Single();
        foreach (var table in History)
        {
            rows.history.AddRange((await ReadAsync(connection, table, "InstanceId", instanceId)).Select(r => (table, r.Columns, r.Values)));
        }

        return rows;
    }

    /// <summary>Writes the rows of many instances.</summary>
    /// <returns>Instances a second.</returns>
    public async Task<double> RunManyAsync(int count, int atOnce)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await WriteOneAsync());
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task WriteOneAsync()
    {
        var id = Guid.CreateVersion7().ToString("N");
        var half = history.Count / 2;
        await InTransactionAsync(async (connection, transaction) =>
        {
            await InsertAsync(connection, transaction, "WorkflowInstances", instance.Columns, instance.Values, "Id", id);
            foreach (var (table, columns, values) in history.Take(half))
            {
                await InsertAsync(connection, transaction, table, columns, values, "InstanceId", id);
            }
        });
        await InTransactionAsync(async (connection, transaction) =>
        {
            await using var update = connection.CreateCommand();
            update.Transaction = transaction;
            update.CommandText = """UPDATE "WorkflowInstances" SET "State" = @state, "Revision" = "Revision" + 1 WHERE "Id" = @id""";
            Add(update, "@state", instance.Values[Array.IndexOf(instance.Columns, "State")]);
            Add(update, "@id", id);
            await update.ExecuteNonQueryAsync();
            foreach (var (table, columns, values) in history.Skip(half))
            {
                await InsertAsync(connection, transaction, table, columns, values, "InstanceId", id);
            }
        });
    }

    private async Task InTransactionAsync(Func<DbConnection, DbTransaction, Task> write)
    {
        var alone = options.Provider == DatabaseProvider.Sqlite;
        if (alone)
        {
            await gate.WaitAsync();
        }

        try
        {
            await using var connection = await OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await write(connection, transaction);
            await transaction.CommitAsync();
        }
        finally
        {
            if (alone)
            {
                gate.Release();
            }
        }
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = options.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(options.ConnectionString)
            : new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        if (connection is SqliteConnection)
        {
            await using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000;";
            await pragmas.ExecuteNonQueryAsync();
        }

        return connection;
    }

    private static async Task<List<(string[] Columns, object?[] Values)>> ReadAsync(DbConnection connection, string table, string key, string id)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"""SELECT * FROM "{table}" WHERE "{key}" = @id""";
        Add(command, "@id", id);
        var rows = new List<(string[], object?[])>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add((columns, values));
        }

        return rows;
    }

    private static async Task InsertAsync(
        DbConnection connection, DbTransaction transaction, string table, string[] columns, object?[] values, string key, string id)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"""INSERT INTO "{table}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})""";
        for (var i = 0; i < columns.Length; i++)
        {
            var isOwnId = columns[i] == "Id" && table != "WorkflowInstances" && values[i] is string;
            Add(command, $"@p{i}", columns[i] == key ? id : isOwnId ? Guid.CreateVersion7().ToString("N") : values[i]);
        }

        await command.ExecuteNonQueryAsync();
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
