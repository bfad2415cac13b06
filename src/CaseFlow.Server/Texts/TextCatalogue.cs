using System.Reflection;
using System.Text.Json;

namespace CaseFlow.Server.Texts;

/// <summary>
/// All words that pages show. Each feature folder has one <c>Texts.json</c> with lines <c>"Inbox.Title": ["待办", "To do"]</c>:
/// key, Chinese, English; both stand side by side, so that neither is forgotten. A key is unique over all folders.
/// </summary>
internal sealed class TextCatalogue
{
    private readonly Dictionary<string, string[]> entries;

    private TextCatalogue(Dictionary<string, string[]> entries) => this.entries = entries;

    /// <summary>Every key with its texts (Chinese, English).</summary>
    public IReadOnlyDictionary<string, string[]> Entries => entries;

    /// <summary>Reads the texts that were built into <paramref name="assembly"/>.</summary>
    /// <exception cref="InvalidDataException">A file is not of the form above, or two files hold the same key.</exception>
    public static TextCatalogue FromAssembly(Assembly assembly)
    {
        var all = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            Add(all, name, stream);
        }

        return new TextCatalogue(all);
    }

    /// <summary>The text of a key in a language, or null where there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="english">English; else Chinese.</param>
    public string? Find(string key, bool english) => entries.TryGetValue(key, out var texts) ? texts[english ? 1 : 0] : null;

    private static void Add(Dictionary<string, string[]> all, string file, Stream stream)
    {
        var texts = JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream, JsonSerializerOptions.Strict)
            ?? throw new InvalidDataException($"{file} is empty.");
        foreach (var (key, pair) in texts)
        {
            if (pair.Length != 2)
            {
                throw new InvalidDataException($"{file}: {key} needs exactly a Chinese and an English text.");
            }

            if (!all.TryAdd(key, pair))
            {
                throw new InvalidDataException($"{file}: {key} stands in another file already.");
            }
        }
    }
}
