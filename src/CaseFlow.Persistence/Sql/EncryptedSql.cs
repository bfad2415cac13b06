using System.Runtime.CompilerServices;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CaseFlow.Persistence.Sql;

/// <summary>Reads encrypted columns as they are stored. Names come from the model.</summary>
internal static class EncryptedSql
{
    /// <summary>The rows of one table that hold a value in one of its encrypted columns.</summary>
    /// <param name="db">The context, on the transaction of the reader.</param>
    /// <param name="columns">Columns of one table.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The row's key, and the stored values in the order of the columns.</returns>
    public static async IAsyncEnumerable<(string Key, byte[]?[] Values)> ReadAsync(
        CaseFlowDbContext db, IReadOnlyList<EncryptedColumn> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = columns[0].Key;
        var names = string.Join(", ", key.Concat(columns.Select(c => c.Name)).Select(n => $"\"{n}\""));
        var sql = $"SELECT {names} FROM \"{columns[0].Table}\" ORDER BY {string.Join(", ", key.Select(k => $"\"{k}\""))}";
        await using var command = db.Database.GetDbConnection().Command(db.Database.CurrentTransaction?.GetDbTransaction(), sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new byte[]?[columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = await reader.IsDBNullAsync(key.Count + i, cancellationToken) ? null : reader.GetFieldValue<byte[]>(key.Count + i);
            }

            yield return (string.Join(' ', Enumerable.Range(0, key.Count).Select(i => reader.GetValue(i).ToString())), values);
        }
    }
}
