using System.Collections.Concurrent;
using System.Text;
using CaseFlow.Cases.Documents;

namespace CaseFlow.Documents.Fonts;

/// <summary>The faces of this installation; loaded when first needed, kept for the life of the process.</summary>
internal sealed class FontLibrary : IDisposable
{
    private readonly DocumentFontOptions _options;
    private readonly Lazy<IReadOnlyDictionary<string, SourceFace>> _faces;
    private readonly ConcurrentDictionary<(FaceRole Role, int CodePoint), SourceFace> _choices = new();
    private readonly ConcurrentDictionary<int, bool> _known = new();

    public FontLibrary(DocumentFontOptions options)
    {
        _options = options;
        _faces = new Lazy<IReadOnlyDictionary<string, SourceFace>>(Load);
    }

    /// <summary>Whether any face has a character.</summary>
    public bool Has(int codePoint) => _known.GetOrAdd(codePoint, c => _faces.Value.Values.Any(f => f.Has(c)));

    /// <summary>The face that draws a character in a role: its own, else a fallback, else any other that has it.</summary>
    /// <exception cref="DocumentFormatException">No face has it: the document must not be printed with a hole.</exception>
    public SourceFace FaceFor(FaceRole role, int codePoint) => _choices.GetOrAdd((role, codePoint), Choose);

    public void Dispose()
    {
        if (_faces.IsValueCreated)
        {
            foreach (var face in _faces.Value.Values)
            {
                face.Dispose();
            }
        }
    }

    private SourceFace Choose((FaceRole Role, int CodePoint) key)
    {
        var own = _faces.Value[FileOf(key.Role)];
        if (own.Has(key.CodePoint))
        {
            return own;
        }

        var others = _options.Fallbacks.Select(f => _faces.Value[f]).Concat(_faces.Value.Values);
        return others.FirstOrDefault(f => f.Has(key.CodePoint)) ?? throw new DocumentFormatException(
            $"character {new Rune(key.CodePoint)} (U+{key.CodePoint:X4})",
            0,
            "no font has it; add one that does to DocumentFonts:Fallbacks.");
    }

    private Dictionary<string, SourceFace> Load()
    {
        var files = Enum.GetValues<FaceRole>().Select(FileOf).Concat(_options.Fallbacks).Distinct();
        return files.ToDictionary(f => f, f => new SourceFace(Path.Combine(_options.Directory, f)));
    }

    private string FileOf(FaceRole role) => role switch
    {
        FaceRole.Title => _options.Title,
        FaceRole.Hei => _options.Hei ?? _options.Title,
        FaceRole.Kai => _options.Kai ?? _options.Body,
        _ => _options.Body,
    };
}
