using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Persistence.Protection;

/// <summary>
/// AES-256-GCM for single values: version, key id, nonce, tag, cipher text. The column's name is authenticated with it, so
/// that a value cannot be moved to another column.
/// </summary>
internal sealed class FieldCipher(KeyRing ring)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Tells one set of keys from another.</summary>
    public string Fingerprint => ring.Fingerprint;

    /// <summary>Encrypts text.</summary>
    public byte[] Encrypt(string text, string column) => Encrypt(Encoding.UTF8.GetBytes(text), column);

    /// <summary>Decrypts text.</summary>
    public string DecryptText(byte[] cipher, string column) => Encoding.UTF8.GetString(Decrypt(cipher, column));

    /// <summary>Encrypts bytes.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> clear, string column)
    {
        var id = Encoding.ASCII.GetBytes(ring.CurrentId);
        var head = 2 + id.Length;
        var result = new byte[head + NonceLength + TagLength + clear.Length];
        result[0] = Version;
        result[1] = (byte)id.Length;
        id.CopyTo(result.AsSpan(2));
        var nonce = result.AsSpan(head, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(ring.Get(ring.CurrentId), TagLength);
        aes.Encrypt(
            nonce,
            clear,
            result.AsSpan(head + NonceLength + TagLength),
            result.AsSpan(head + NonceLength, TagLength),
            Encoding.UTF8.GetBytes(column));
        return result;
    }

    /// <summary>Decrypts bytes.</summary>
    /// <exception cref="CryptographicException">The value was changed, comes from another column, or its key is missing.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> cipher, string column)
    {
        if (cipher.Length < 2 || cipher[0] != Version || cipher.Length < 2 + cipher[1] + NonceLength + TagLength)
        {
            throw new CryptographicException($"A value of {column} is not encrypted as it should be.");
        }

        var head = 2 + cipher[1];
        var key = ring.Get(Encoding.ASCII.GetString(cipher[2..head]));
        var clear = new byte[cipher.Length - head - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(
            cipher.Slice(head, NonceLength),
            cipher[(head + NonceLength + TagLength)..],
            cipher.Slice(head + NonceLength, TagLength),
            clear,
            Encoding.UTF8.GetBytes(column));
        return clear;
    }
}
