using CaseFlow.Documents.Fonts;
using CaseFlow.Documents.Layout;
using SkiaSharp;

namespace CaseFlow.Documents.Drawing;

/// <summary>The faces of one document, each with only the characters that its pages show.</summary>
internal sealed class FaceSubsets : IDisposable
{
    private readonly Dictionary<SourceFace, SKTypeface> _subsets = [];

    public FaceSubsets(IReadOnlyList<Page> pages)
    {
        var runs = pages.SelectMany(p => p.Content).SelectMany(c => c.Marks).OfType<GlyphRun>();
        foreach (var face in runs.GroupBy(r => r.Face))
        {
            _subsets[face.Key] = face.Key.Subset(face.SelectMany(r => r.CodePoints).Distinct());
        }
    }

    public SKTypeface Of(SourceFace face) => _subsets[face];

    public void Dispose()
    {
        foreach (var typeface in _subsets.Values)
        {
            typeface.Dispose();
        }
    }
}
