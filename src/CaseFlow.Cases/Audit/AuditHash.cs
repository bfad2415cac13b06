using System.Security.Cryptography;

namespace CaseFlow.Cases.Audit;

/// <summary>The arithmetic of the chains, for whoever writes one and whoever checks one.</summary>
public static class AuditHash
{
    /// <summary>What the first entry of a chain follows.</summary>
    public static byte[] Start => new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over the previous entry's hash and this entry's content.</summary>
    public static byte[] Next(byte[] previous, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(content);
        var joined = new byte[previous.Length + content.Length];
        previous.CopyTo(joined, 0);
        content.CopyTo(joined, previous.Length);
        return SHA256.HashData(joined);
    }
}
