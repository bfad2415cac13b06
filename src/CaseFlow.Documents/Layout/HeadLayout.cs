using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>Red head, number, red line and title; the body then begins on a line of the grid.</summary>
internal sealed class HeadLayout(TextLayout text, float line)
{
    private const float LargestHead = 40;
    private const float RedLine = 1.6f;
    private const float GapAboveNumber = 6 * PageGeometry.Millimetre;

    /// <summary>The red line lies 4 mm below the number.</summary>
    private const float GapAboveRedLine = 4 * PageGeometry.Millimetre;

    private const float GapAboveTitle = 9 * PageGeometry.Millimetre;

    /// <summary>Half a line at least between the title and the text.</summary>
    private readonly float _gapBelowTitle = line * 0.5f;

    public List<Piece> Pieces(Article article, float top)
    {
        var pieces = new List<Piece>();
        if (article.RedHead is { Length: > 0 } body)
        {
            pieces.AddRange(RedHead(body, article.Number));
        }
        else if (article.Number is { Length: > 0 } number)
        {
            pieces.AddRange(text.Lines([new Inline(number, NoWrap: true)], TextStyle.Body, Alignment.Right, 0, PageGeometry.TextWidth));
        }

        pieces.AddRange(text.Balanced(article.Title, TextStyle.Title, PageGeometry.TextWidth));
        pieces.Add(Gap(_gapBelowTitle + (line < PageGeometry.Line ? 0 : ToGrid(top + pieces.Sum(p => p.Height) + _gapBelowTitle))));
        return pieces;
    }

    /// <summary>Height up to the next of the 22 lines.</summary>
    private static float ToGrid(float y)
    {
        var next = MathF.Ceiling(((y - PageGeometry.Top) / PageGeometry.Line) - 0.01f);
        return PageGeometry.Top + (next * PageGeometry.Line) - y;
    }

    private IEnumerable<Piece> RedHead(string body, string? number)
    {
        var unit = text.Width(body, new TextStyle(FaceRole.Title, 1, 1));
        var size = Math.Min(LargestHead, (PageGeometry.TextWidth - (4 * PageGeometry.Millimetre)) / unit);
        var room = PageGeometry.TextWidth - (8 * PageGeometry.Millimetre) - (unit * size);
        var tracking = Math.Clamp(room / Math.Max(1, body.Length - 1), 0, size * 0.35f);
        var style = new TextStyle(FaceRole.Title, size, size * 1.1f, tracking, TextStyle.LegalRed);
        var width = text.Width(body, style) - tracking;
        yield return new Piece(style.Line, text.Line(body, style, (PageGeometry.TextWidth - width) / 2), KeepWithNext: true);
        yield return Gap(GapAboveNumber);
        foreach (var piece in text.Lines([new Inline(number ?? "", NoWrap: true)], TextStyle.Body with { Line = 20 }, Alignment.Center, 0, PageGeometry.TextWidth))
        {
            yield return piece with { KeepWithNext = true };
        }

        yield return Gap(GapAboveRedLine);
        yield return new Piece(RedLine, [new RuleMark(0, RedLine / 2, PageGeometry.TextWidth, RedLine / 2, RedLine, TextStyle.LegalRed)], KeepWithNext: true);
        yield return Gap(GapAboveTitle);
    }

    private static Piece Gap(float height) => new(height, [], KeepWithNext: true);
}
