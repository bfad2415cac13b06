using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>Turns texts into lines.</summary>
internal sealed class TextLayout(FontLibrary fonts)
{
    private readonly Atomizer _atomizer = new(fonts);

    public List<Piece> Lines(IReadOnlyList<Inline> text, TextStyle style, Alignment alignment, float x, float width, float indent = 0)
    {
        var lines = LineBreaker.Break(_atomizer.Atoms(text, style), width, indent);
        return [.. lines.Select((line, i) =>
        {
            var shift = i == 0 ? indent : 0;
            return new Piece(style.Line, LineSetter.Set(line, style, alignment, x + shift, width - shift));
        })];
    }

    /// <summary>Lines of about the same length, as a title wants.</summary>
    public List<Piece> Balanced(IReadOnlyList<Inline> text, TextStyle style, float width)
    {
        var atoms = _atomizer.Atoms(text, style);
        var count = LineBreaker.Break(atoms, width, 0).Count;
        var narrow = width;
        while (count > 1 && narrow - style.Size > width / 2 && LineBreaker.Break(atoms, narrow - style.Size, 0).Count == count)
        {
            narrow -= style.Size;
        }

        return [.. LineBreaker.Break(atoms, narrow, 0).Select(line =>
            new Piece(style.Line, LineSetter.Set(line, style, Alignment.Center, 0, width), KeepWithNext: true))];
    }

    public float Width(string text, TextStyle style) => _atomizer.Atoms([new Inline(text)], style).Sum(a => a.Width);

    /// <summary>One line without breaks, from <paramref name="x"/> to the right.</summary>
    public List<Mark> Line(string text, TextStyle style, float x, float y = 0)
    {
        var atoms = _atomizer.Atoms([new Inline(text)], style);
        return [.. LineSetter.Set(new BrokenLine(atoms, atoms.Sum(a => a.Width), true), style, Alignment.Left, x, float.MaxValue)
            .Select(m => Move(m, 0, y))];
    }

    public static Mark Move(Mark mark, float dx, float dy) => mark switch
    {
        GlyphRun run => run with { X = [.. run.X.Select(x => x + dx)], Baseline = run.Baseline + dy },
        RuleMark rule => rule with { X1 = rule.X1 + dx, X2 = rule.X2 + dx, Y1 = rule.Y1 + dy, Y2 = rule.Y2 + dy },
        SealMark seal => seal with { X = seal.X + dx, Y = seal.Y + dy },
        QrMark qr => qr with { X = qr.X + dx, Y = qr.Y + dy },
        _ => throw new ArgumentOutOfRangeException(nameof(mark)),
    };
}
