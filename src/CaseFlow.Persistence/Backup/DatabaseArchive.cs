using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Backup;

/// <summary>A zip file with a manifest and a file of rows for each table.</summary>
internal sealed class DatabaseArchive(IServiceScopeFactory scopes, Transactions transactions, IDatabase database, KeyRing ring, TimeProvider time)
    : IDatabaseArchive
{
    private const int Format = 1;
    private const string ManifestName = "manifest.json";
    private const string WrongKeys = "The key file is not the one that belongs to this backup. Put that one in place first.";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <inheritdoc/>
    public async Task<ArchiveSummary> BackupAsync(string file, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(file);
        if (File.Exists(full))
        {
            throw new ArchiveException($"{full} exists already. A backup never overwrites another; choose another name.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var unfinished = full + ".part";
        try
        {
            var manifest = await WriteAsync(unfinished, cancellationToken);
            File.Move(unfinished, full, overwrite: false);
            return Summary(manifest);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <inheritdoc/>
    public async Task<ArchiveSummary> RestoreAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new ArchiveException($"There is no file {Path.GetFullPath(file)}.");
        }

        using var zip = OpenArchive(file);
        var manifest = await ReadManifestAsync(zip, cancellationToken);
        CheckKeys(manifest);
        await CheckRowsAsync(zip, manifest, cancellationToken);
        await database.MigrateAsync(cancellationToken);
        await transactions.RunAsync("restore", (db, stop) => FillAsync(db, zip, manifest, stop), cancellationToken);
        return Summary(manifest);
    }

    private static ArchiveSummary Summary(Manifest manifest) =>
        new(manifest.CreatedAt, manifest.Tables.ToDictionary(t => t.Name, t => t.Rows, StringComparer.Ordinal));

    private static ZipArchive OpenArchive(string file)
    {
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (InvalidDataException)
        {
            throw new ArchiveException($"{Path.GetFullPath(file)} is no backup of CaseFlow.");
        }
    }

    private static async Task<Manifest> ReadManifestAsync(ZipArchive zip, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(ManifestName) ?? throw new ArchiveException("The file is no backup of CaseFlow: it has no manifest.");
        await using var stream = await entry.OpenAsync(cancellationToken);
        Manifest? manifest;
        try
        {
            manifest = await JsonSerializer.DeserializeAsync<Manifest>(stream, Json, cancellationToken);
        }
        catch (Exception damage) when (damage is JsonException or InvalidDataException)
        {
            throw new ArchiveException($"The manifest of the backup is damaged: {damage.Message}");
        }

        return manifest is { Format: Format, Tables: not null, Keys: not null } ? manifest : throw new ArchiveException("The backup has a format that this version does not know.");
    }

    private static async Task<long> FillAsync(CaseFlowDbContext db, ZipArchive zip, Manifest manifest, CancellationToken cancellationToken)
    {
        var tables = ArchiveTable.Of(db);
        foreach (var table in tables)
        {
            if (await ArchiveSql.AnyAsync(db, table, cancellationToken))
            {
                throw new ArchiveException($"The database is not empty ({table.Name} has rows). A restore fills an empty database only.");
            }
        }

        var rows = 0L;
        foreach (var table in tables)
        {
            rows += await ArchiveSql.InsertAsync(db, table, ParentsFirst.Order(table, ReadAsync(zip, table, manifest, cancellationToken), cancellationToken), cancellationToken);
        }

        return rows;
    }

    private static async IAsyncEnumerable<object?[]> ReadAsync(
        ZipArchive zip, ArchiveTable table, Manifest manifest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var about = manifest.Tables.FirstOrDefault(t => t.Name == table.Name);
        var entry = zip.GetEntry(EntryName(table));
        if (about is null || entry is null)
        {
            throw new ArchiveException($"The backup lacks the rows of {table.Name}.");
        }

        await using var stream = await entry.OpenAsync(cancellationToken);
        await foreach (var row in ArchiveRows.ReadAsync(stream, table, about.Hash, cancellationToken))
        {
            yield return row;
        }
    }

    private static string EntryName(ArchiveTable table) => $"tables/{table.Name}.jsonl";

    private void CheckKeys(Manifest manifest)
    {
        var missing = manifest.Keys.Where(k => !ring.Ids.Contains(k)).ToList();
        if (missing.Count > 0 || manifest.IndexKey != ring.IndexFingerprint)
        {
            throw new ArchiveException(WrongKeys);
        }
    }

    /// <summary>Reads the whole file before the database is touched, and tries the keys on a value of each encrypted column.</summary>
    private async Task CheckRowsAsync(ZipArchive zip, Manifest manifest, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>();
        var tables = ArchiveTable.Of(db);
        if (ArchiveTable.Fingerprint(tables) != manifest.Schema)
        {
            throw new ArchiveException("The backup was made by a version with other tables. Restore it with that version; then start this one, which migrates it.");
        }

        var encrypted = EncryptedColumn.Of(db).ToLookup(c => c.Table, StringComparer.Ordinal);
        foreach (var table in tables)
        {
            try
            {
                await CheckRowsAsync(table, [.. encrypted[table.Name]], ReadAsync(zip, table, manifest, cancellationToken));
            }
            catch (InvalidDataException damage)
            {
                throw new ArchiveException($"The rows of {table.Name} in the file are damaged: {damage.Message}");
            }
        }
    }

    private static async Task CheckRowsAsync(ArchiveTable table, List<EncryptedColumn> untried, IAsyncEnumerable<object?[]> rows)
    {
        var places = table.Columns.Select((c, i) => (c.Name, Place: i)).ToDictionary(c => c.Name, c => c.Place, StringComparer.Ordinal);
        await foreach (var row in rows)
        {
            foreach (var column in untried.Where(c => row[places[c.Name]] is not null).ToList())
            {
                if (!column.Text.CanRead((byte[])row[places[column.Name]]!))
                {
                    throw new ArchiveException(WrongKeys);
                }

                untried.Remove(column);
            }
        }
    }

    private async Task<Manifest> WriteAsync(string file, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("backup"));
        var db = scope.ServiceProvider.GetRequiredService<CaseFlowDbContext>();
        var tables = ArchiveTable.Of(db);
        await using var snapshot = await SnapshotSql.BeginAsync(db, cancellationToken);
        await using var target = new FileStream(file, FileMode.Create, FileAccess.ReadWrite);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var zip = new ZipArchive(target, ZipArchiveMode.Create);
        var about = new List<ManifestTable>();
        foreach (var table in tables)
        {
            await using var stream = await zip.CreateEntry(EntryName(table), CompressionLevel.Fastest).OpenAsync(cancellationToken);
            var (rows, hash) = await ArchiveRows.WriteAsync(stream, table, ArchiveSql.ReadAsync(db, table, cancellationToken), cancellationToken);
            about.Add(new ManifestTable(table.Name, rows, hash));
        }

        var manifest = new Manifest(Format, time.GetUtcNow(), ArchiveTable.Fingerprint(tables), [.. ring.Ids.Order(StringComparer.Ordinal)], ring.IndexFingerprint, about);
        await using var entry = await zip.CreateEntry(ManifestName).OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(entry, manifest, Json, cancellationToken);
        return manifest;
    }

    private sealed record Manifest(
        int Format,
        DateTimeOffset CreatedAt,
        string Schema,
        IReadOnlyList<string> Keys,
        string IndexKey,
        IReadOnlyList<ManifestTable> Tables);

    private sealed record ManifestTable(string Name, long Rows, string Hash);
}
