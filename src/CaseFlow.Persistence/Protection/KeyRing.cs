using System.Security.Cryptography;
using System.Text.Json;

namespace CaseFlow.Persistence.Protection;

/// <summary>
/// The keys outside the database: AES-256 keys by id, of which the current one encrypts and all decrypt, and one HMAC key
/// for the blind index, which is never changed (all indexes would have to be computed anew).
/// </summary>
internal sealed class KeyRing
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Dictionary<string, byte[]> keys;

    private KeyRing(KeyFile file)
    {
        CurrentId = file.Current;
        keys = file.Keys.ToDictionary(k => k.Key, k => Key(k.Value), StringComparer.Ordinal);
        IndexKey = Key(file.IndexKey);
        if (!keys.ContainsKey(CurrentId))
        {
            throw new InvalidDataException($"The key file has no key '{CurrentId}', which it calls current.");
        }

        IndexFingerprint = Convert.ToHexStringLower(SHA256.HashData(IndexKey))[..16];
        Fingerprint = $"{IndexFingerprint}:{CurrentId}";
    }

    /// <summary>Id of the key that encrypts.</summary>
    public string CurrentId { get; }

    /// <summary>Key of the blind index.</summary>
    public byte[] IndexKey { get; }

    /// <summary>Tells one ring from another without revealing a key.</summary>
    public string Fingerprint { get; }

    /// <summary>Tells one index key from another without revealing it.</summary>
    public string IndexFingerprint { get; }

    /// <summary>All key ids.</summary>
    public IReadOnlyCollection<string> Ids => keys.Keys;

    /// <summary>The key with an id.</summary>
    /// <exception cref="CryptographicException">The ring does not have it.</exception>
    public byte[] Get(string id) =>
        keys.TryGetValue(id, out var key)
            ? key
            : throw new CryptographicException($"The key '{id}' is not in the key file. Restore the key file that belongs to this database.");

    /// <summary>Reads the key file, or makes it where that is allowed.</summary>
    /// <exception cref="FileNotFoundException">There is none and it may not be made.</exception>
    /// <exception cref="InvalidDataException">It is no key file; the message names it.</exception>
    public static KeyRing Open(string path, bool create)
    {
        if (!File.Exists(path))
        {
            if (!create)
            {
                throw new FileNotFoundException($"The key file {path} is missing. Without it the database cannot be read; put the one that belongs to it there.", path);
            }

            Write(path, "k1");
        }

        try
        {
            return JsonSerializer.Deserialize<KeyFile>(File.ReadAllText(path), Json) is { Current: not null, Keys: not null, IndexKey: not null } file
                ? new KeyRing(file)
                : throw new InvalidDataException("It names no keys.");
        }
        catch (Exception damage) when (damage is JsonException or FormatException or InvalidDataException)
        {
            throw new InvalidDataException($"{path} is no key file, or is damaged: {damage.Message}", damage);
        }
    }

    /// <summary>Keys that are never stored, for tools that only need the model.</summary>
    public static KeyRing Throwaway() => new(Make("none"));

    private static KeyFile Make(string id) => new(id, new Dictionary<string, string> { [id] = Fresh() }, Fresh());

    private static void Write(string path, string id)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var file = Make(id);
        var temporary = $"{full}.{Environment.ProcessId}";
        File.WriteAllText(temporary, JsonSerializer.Serialize(file, Json));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        try
        {
            File.Move(temporary, full, overwrite: false);
        }
        catch (IOException) when (File.Exists(full))
        {
            File.Delete(temporary);
        }
    }

    private static string Fresh() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static byte[] Key(string text)
    {
        var key = Convert.FromBase64String(text);
        return key.Length == 32 ? key : throw new InvalidDataException("A key has 32 bytes.");
    }

    private sealed record KeyFile(string Current, Dictionary<string, string> Keys, string IndexKey);
}
