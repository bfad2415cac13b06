using System.Runtime.CompilerServices;

namespace CaseFlow.Persistence.Backup;

/// <summary>Puts rows of a table that refers to itself into an order in which each row's parent comes before it.</summary>
internal static class ParentsFirst
{
    /// <summary>The rows in order; a table that does not refer to itself is passed through row by row.</summary>
    public static async IAsyncEnumerable<object?[]> Order(ArchiveTable table, IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (table.ParentColumn is null)
        {
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                yield return row;
            }

            yield break;
        }

        var key = Index(table, table.Key[0]);
        var parent = Index(table, table.ParentColumn);
        var waiting = await rows.ToListAsync(cancellationToken);
        var given = new HashSet<object>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(r => r[parent] is null || given.Contains(r[parent]!)).ToList();
            if (ready.Count == 0)
            {
                throw new ArchiveException($"Rows of {table.Name} refer to rows that the backup does not hold.");
            }

            foreach (var row in ready)
            {
                given.Add(row[key]!);
                yield return row;
            }

            waiting.RemoveAll(ready.Contains);
        }
    }

    private static int Index(ArchiveTable table, string column) => table.Columns.Select(c => c.Name).ToList().IndexOf(column);
}
