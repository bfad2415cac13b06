using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Cases.Verification;

/// <summary>
/// Signature of the platform's callbacks: <c>sha256=</c> and the hexadecimal HMAC-SHA256 over <c>{timestamp}.{body}</c>.
/// The timestamp (Unix seconds) keeps an old callback from being played again.
/// </summary>
public static class CallbackSignature
{
    /// <summary>Header of the signature.</summary>
    public const string SignatureHeader = "X-CaseFlow-Signature";

    /// <summary>Header of the timestamp.</summary>
    public const string TimestampHeader = "X-CaseFlow-Timestamp";

    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether a callback comes from who knows the secret and is not older or newer than five minutes. Constant time.</summary>
    /// <param name="secret">The shared secret; not empty.</param>
    /// <param name="timestamp">Value of the timestamp header.</param>
    /// <param name="signature">Value of the signature header.</param>
    /// <param name="body">The body's bytes as received.</param>
    /// <param name="now">The machine's time.</param>
    public static bool IsGenuine(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > s_tolerance.TotalSeconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        var expected = Encoding.ASCII.GetBytes("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(signature ?? ""));
    }
}
