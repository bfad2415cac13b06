using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>How lines stand between the margins.</summary>
internal enum Alignment
{
    Justify,
    Left,
    Center,
    Right,
}

/// <summary>Gives each character of a line its place.</summary>
internal static class LineSetter
{
    /// <summary>A gap wider than this share of the type size would tear the line: then it stays ragged.</summary>
    private const float WidestGap = 0.6f;

    public static List<Mark> Set(BrokenLine line, TextStyle style, Alignment alignment, float x, float width)
    {
        var rest = width - line.Width;
        var gaps = Math.Max(1, line.Atoms.Count - 1);
        var stretch = alignment == Alignment.Justify && !line.Last && rest > 0 && rest / gaps <= style.Size * WidestGap ? rest / gaps : 0;
        var squeeze = rest < 0 ? -rest / Math.Max(0.01f, line.Atoms.Sum(a => a.Squeeze)) : 0;
        var cursor = x + alignment switch
        {
            Alignment.Center => Math.Max(0, rest / 2),
            Alignment.Right => Math.Max(0, rest),
            _ => 0,
        };
        var runs = new RunBuilder(style);
        foreach (var atom in line.Atoms)
        {
            var given = atom.Squeeze * Math.Min(1, squeeze);
            cursor -= IsOpening(atom) ? given : 0;
            foreach (var glyph in atom.Glyphs)
            {
                runs.Add(glyph, cursor);
                cursor += glyph.Width;
            }

            cursor -= IsOpening(atom) ? 0 : given;
            cursor += stretch;
        }

        return runs.Build();
    }

    private static bool IsOpening(Atom atom) => !atom.BreakAfter;

    /// <summary>Collects characters of the same face into one run.</summary>
    private sealed class RunBuilder(TextStyle style)
    {
        private readonly List<Mark> _done = [];
        private List<int> _codePoints = [];
        private List<float> _x = [];
        private SourceFace? _face;

        public void Add(SetGlyph glyph, float x)
        {
            if (_face is not null && !ReferenceEquals(_face, glyph.Face))
            {
                Flush();
            }

            _face = glyph.Face;
            _codePoints.Add(glyph.CodePoint);
            _x.Add(x);
        }

        public List<Mark> Build()
        {
            Flush();
            return _done;
        }

        private void Flush()
        {
            if (_face is not null && _codePoints.Count > 0)
            {
                _done.Add(new GlyphRun(_face, style.Size, style.Color, _codePoints, _x, style.Baseline));
            }

            _codePoints = [];
            _x = [];
        }
    }
}
