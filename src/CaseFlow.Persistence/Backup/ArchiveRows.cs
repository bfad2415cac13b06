using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CaseFlow.Persistence.Backup;

/// <summary>Rows as lines of JSON arrays, one value for each column.</summary>
internal static class ArchiveRows
{
    /// <summary>Writes rows and hashes what is written.</summary>
    public static async Task<(long Rows, string Hash)> WriteAsync(Stream stream, ArchiveTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(row.Select((value, i) => Text(value, table.Columns[i].Type))) + "\n");
            hash.AppendData(line);
            await stream.WriteAsync(line, cancellationToken);
            count++;
        }

        return (count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Reads rows and checks at the end that they are those that were written.</summary>
    /// <exception cref="ArchiveException">The lines were changed or are not all there.</exception>
    public static async IAsyncEnumerable<object?[]> ReadAsync(
        Stream stream,
        ArchiveTable table,
        string expectedHash,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var number = 0L;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            yield return Row(line, table, ++number);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != expectedHash)
        {
            throw new ArchiveException($"The rows of {table.Name} in the file are damaged.");
        }
    }

    private static object?[] Row(string line, ArchiveTable table, long number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            object?[] row = [.. json.RootElement.EnumerateArray().Select((value, i) => Value(value, table.Columns[i].Type))];
            return row.Length == table.Columns.Count ? row : throw new FormatException($"It has {row.Length} values instead of {table.Columns.Count}.");
        }
        catch (Exception damage) when (damage is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new ArchiveException($"Row {number} of {table.Name} in the file is damaged: {damage.Message}");
        }
    }

    private static object? Text(object? value, Type type) => value switch
    {
        null => null,
        byte[] bytes => Convert.ToBase64String(bytes),
        Guid id => id.ToString("D"),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string or bool or long or int => value,
        _ => throw new NotSupportedException($"A column of type {type.Name} cannot be backed up."),
    };

    private static object? Value(JsonElement value, Type type)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return type switch
        {
            _ when type == typeof(byte[]) => value.GetBytesFromBase64(),
            _ when type == typeof(Guid) => value.GetGuid(),
            _ when type == typeof(DateOnly) => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when type == typeof(bool) => value.GetBoolean(),
            _ when type == typeof(long) => value.GetInt64(),
            _ when type == typeof(int) => value.GetInt32(),
            _ => value.GetString(),
        };
    }
}
