namespace CaseFlow.Cases.Blobs;

/// <summary>
/// Content-addressed store of encrypted bytes: uploads and rendered documents. By default a table of the same database.
/// Uploads are staged before the step; those that no step takes are swept.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores content; storing the same content twice keeps one copy.</summary>
    /// <returns>The address: SHA-256 of the content, lower-case hex.</returns>
    Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Reads content; null if there is none at this address.</summary>
    Task<byte[]?> GetAsync(string hash, CancellationToken cancellationToken);
}

/// <summary>A row of the default blob store.</summary>
public sealed class Blob
{
    /// <summary>SHA-256 of the content in clear, lower-case hex.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The encrypted bytes.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Length in clear.</summary>
    public long Length { get; set; }

    /// <summary>When it was staged (machine time).</summary>
    public DateTimeOffset StoredAt { get; set; }
}
