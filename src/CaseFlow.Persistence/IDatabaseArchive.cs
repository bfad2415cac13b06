namespace CaseFlow.Persistence;

/// <summary>
/// Copies the whole database into one file and back, the same file for both kinds of database. Encrypted columns stay
/// encrypted in it; the key file is not in it and has to be kept apart.
/// </summary>
public interface IDatabaseArchive
{
    /// <summary>Writes a consistent copy while the servers go on.</summary>
    /// <param name="file">The new file.</param>
    /// <param name="cancellationToken">Stops; no file is left.</param>
    /// <exception cref="ArchiveException">The file exists.</exception>
    Task<ArchiveSummary> BackupAsync(string file, CancellationToken cancellationToken);

    /// <summary>Fills an empty database from a file, in one transaction. The file is read through before the database is touched.</summary>
    /// <param name="file">A file that <see cref="BackupAsync"/> wrote.</param>
    /// <param name="cancellationToken">Stops; nothing is stored.</param>
    /// <exception cref="ArchiveException">The database holds rows, the file is damaged or of another schema, or the key file is another; or the database does not take a row.</exception>
    Task<ArchiveSummary> RestoreAsync(string file, CancellationToken cancellationToken);
}

/// <summary>What was copied.</summary>
/// <param name="CreatedAt">When the copy was made (machine time).</param>
/// <param name="Rows">Rows by table.</param>
public sealed record ArchiveSummary(DateTimeOffset CreatedAt, IReadOnlyDictionary<string, long> Rows);

/// <summary>A backup or restore that cannot be done; nothing was changed.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class ArchiveException(string message) : Exception(message);
