using System.Data.Common;
using System.Runtime.CompilerServices;
using CaseFlow.Persistence.Backup;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CaseFlow.Persistence.Sql;

/// <summary>Reads and fills whole tables on the context's connection and transaction. Names come from the model.</summary>
internal static class ArchiveSql
{
    /// <summary>All rows of a table, in the order of its key.</summary>
    public static async IAsyncEnumerable<object?[]> ReadAsync(CaseFlowDbContext db, ArchiveTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command(db, $"SELECT {Names(table)} FROM \"{table.Name}\" ORDER BY {string.Join(", ", table.Key.Select(k => $"\"{k}\""))}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = await reader.IsDBNullAsync(i, cancellationToken) ? null : Read(reader, i, table.Columns[i].Type);
            }

            yield return row;
        }
    }

    /// <summary>Inserts rows.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="ArchiveException">The database does not take a row; the message names it.</exception>
    public static async Task<long> InsertAsync(CaseFlowDbContext db, ArchiveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var values = string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"));
        await using var command = Command(db, $"INSERT INTO \"{table.Name}\" ({Names(table)}) VALUES ({values})");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            count++;
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (DbException refused)
            {
                throw new ArchiveException($"The database does not take row {count} of {table.Name}: {refused.Message}");
            }
        }

        return count;
    }

    /// <summary>Whether a table holds a row.</summary>
    public static async Task<bool> AnyAsync(CaseFlowDbContext db, ArchiveTable table, CancellationToken cancellationToken)
    {
        await using var command = Command(db, $"SELECT 1 FROM \"{table.Name}\" LIMIT 1");
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static string Names(ArchiveTable table) => string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));

    private static object Read(DbDataReader reader, int column, Type type) => type switch
    {
        _ when type == typeof(byte[]) => reader.GetFieldValue<byte[]>(column),
        _ when type == typeof(Guid) => reader.GetGuid(column),
        _ when type == typeof(DateOnly) => reader.GetFieldValue<DateOnly>(column),
        _ when type == typeof(bool) => reader.GetBoolean(column),
        _ when type == typeof(long) => reader.GetInt64(column),
        _ when type == typeof(int) => reader.GetInt32(column),
        _ => reader.GetString(column),
    };

    private static DbCommand Command(CaseFlowDbContext db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Names of tables and columns come from the model, values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
