using System.Collections.Concurrent;
using HarfBuzzSharp;
using SkiaSharp;

namespace CaseFlow.Documents.Fonts;

/// <summary>The parts that a face plays in a document.</summary>
internal enum FaceRole
{
    Body,
    Title,
    Hei,
    Kai,
}

/// <summary>One font file, parsed once and kept: Skia measures with it, HarfBuzz cuts subsets from it.</summary>
internal sealed class SourceFace : IDisposable
{
    private readonly SKTypeface _typeface;
    private readonly SKFont _font;
    private readonly Blob _blob;
    private readonly Face _face;
    private readonly ConcurrentDictionary<int, float> _advances = new();
    private readonly Lock _measure = new();

    public SourceFace(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"Font file {path} is missing; building the server brings it, or set DocumentFonts.", path);
        }

        _typeface = SKTypeface.FromFile(path) ?? throw new InvalidDataException($"{path} is no font that can be read.");
        _font = new SKFont(_typeface, UnitsOfMeasure) { Hinting = SKFontHinting.None, LinearMetrics = true };

        // Not Blob.FromStream: it keeps a pointer to an array that it does not pin, and crashes after the next collection.
        _blob = Blob.FromFile(path);
        _blob.MakeImmutable();
        _face = new Face(_blob, 0);
        _face.MakeImmutable();
        Path = path;
    }

    private const float UnitsOfMeasure = 1000f;

    public string Path { get; }

    public bool Has(int codePoint) => _font.GetGlyph(codePoint) != 0;

    /// <summary>Width of the character as a share of the type size.</summary>
    public float Advance(int codePoint) => _advances.GetOrAdd(codePoint, Measure);

    /// <summary>
    /// A face that holds exactly these characters. So the PDF is small, and its text layer cannot name a look-alike radical.
    /// A font that cannot be cut is taken whole: the file grows, the print is the same.
    /// </summary>
    public SKTypeface Subset(IEnumerable<int> codePoints)
    {
        using var data = HarfBuzzSubset.Cut(_face.Handle, codePoints);
        return (data is null ? SKTypeface.FromFile(Path) : SKTypeface.FromData(data)) ?? throw new InvalidDataException($"The subset of {Path} cannot be read.");
    }

    /// <summary>Outline of a character at the given size, with its origin at the left of the baseline.</summary>
    public SKPath? Outline(int codePoint, float size)
    {
        using var font = new SKFont(_typeface, size) { Hinting = SKFontHinting.None };
        return font.GetGlyphPath(font.GetGlyph(codePoint));
    }

    public void Dispose()
    {
        _font.Dispose();
        _typeface.Dispose();
        _face.Dispose();
        _blob.Dispose();
    }

    private float Measure(int codePoint)
    {
        lock (_measure)
        {
            return _font.GetGlyphWidths([_font.GetGlyph(codePoint)])[0] / UnitsOfMeasure;
        }
    }
}
