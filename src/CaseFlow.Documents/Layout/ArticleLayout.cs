using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>Lays an article out as pages.</summary>
internal sealed class ArticleLayout
{
    private readonly TextLayout _text;
    private readonly TableLayout _tables;
    private readonly HeadLayout _head;
    private readonly FootLayout _foot;
    private readonly TextStyle _body;
    private readonly TextStyle _hei;
    private readonly TextStyle _kai;

    private ArticleLayout(FontLibrary fonts, float line)
    {
        _text = new TextLayout(fonts);
        _tables = new TableLayout(_text);
        _head = new HeadLayout(_text, line);
        _foot = new FootLayout(_text, line);
        _body = TextStyle.Body with { Line = line };
        _hei = _body with { Role = FaceRole.Hei };
        _kai = _body with { Role = FaceRole.Kai };
    }

    /// <summary>
    /// Lays out on 22 lines a page. If the last page would bear little more than the signature, lines are set closer until
    /// it fits on the page before (GB/T 9704, 7.3.5.5 allows it), as far as reading stays easy.
    /// </summary>
    public static IReadOnlyList<Page> Pages(Article article, FontLibrary fonts)
    {
        var (pages, end) = new ArticleLayout(fonts, PageGeometry.Line).Pages(article);
        if (pages.Count == 1 || end > PageGeometry.Top + (ShortPage * PageGeometry.Line))
        {
            return pages;
        }

        foreach (var line in s_closerLines)
        {
            var (closer, _) = new ArticleLayout(fonts, line).Pages(article);
            if (closer.Count < pages.Count)
            {
                return closer;
            }
        }

        return pages;
    }

    private const int ShortPage = 7;
    private static readonly float[] s_closerLines = [28, 27, 26, 25];

    private (IReadOnlyList<Page> Pages, float End) Pages(Article article)
    {
        var top = article.RedHead is null ? PageGeometry.Top : PageGeometry.RedHeadTop;
        var pieces = _head.Pieces(article, top);
        var head = pieces.Count;
        foreach (var block in article.Body)
        {
            pieces.AddRange(Body(block));
        }

        if (article.Signature is { } signature)
        {
            KeepTextWithSignature(pieces, head);
            pieces.Add(_foot.Signature(signature));
        }

        var paginator = new Paginator(top);
        var pages = paginator.Paginate(pieces, _foot.Imprint(article.Imprint));
        _foot.AddPageNumbers(pages);
        if (article.Check is { } check)
        {
            _foot.AddCheck(pages, check);
        }

        return (pages, paginator.End);
    }

    private IEnumerable<Piece> Body(Block block) => block switch
    {
        Paragraph paragraph => ParagraphLines(paragraph),
        Heading heading => HeadingLines(heading),
        NumberedList list => list.Items.SelectMany((item, i) => _text.Lines(
            [new Inline($"{i + 1}.", NoWrap: true), new Inline(" "), .. item], _body, Alignment.Justify, 0, PageGeometry.TextWidth, 2 * PageGeometry.Cell)),
        Table table => _tables.Pieces(table),
        _ => throw new ArgumentOutOfRangeException(nameof(block)),
    };

    private List<Piece> ParagraphLines(Paragraph paragraph)
    {
        List<Piece> Set(TextStyle style, Alignment alignment, float indent) =>
            _text.Lines(paragraph.Text, style, alignment, 0, PageGeometry.TextWidth, indent);

        return paragraph.Kind switch
        {
            ParagraphKind.Addressee => Set(_body, Alignment.Justify, 0),
            ParagraphKind.Contact => [Piece.Space(_body.Line / 3), .. Set(_body, Alignment.Left, 0)],
            ParagraphKind.Note => Set(TextStyle.Small, Alignment.Left, 0),
            ParagraphKind.Center => Set(_body, Alignment.Center, 0),
            _ => Set(_body, Alignment.Justify, 2 * PageGeometry.Cell),
        };
    }

    private IEnumerable<Piece> HeadingLines(Heading heading) =>
        _text.Lines(heading.Text, heading.Level == 2 ? _hei : _kai, Alignment.Justify, 0, PageGeometry.TextWidth, 2 * PageGeometry.Cell)
            .Select(p => p with { KeepWithNext = true });

    /// <summary>The page of the signature bears at least one line of text (GB/T 9704, 7.3.5).</summary>
    private static void KeepTextWithSignature(List<Piece> pieces, int head)
    {
        for (var i = pieces.Count - 1; i >= head; i--)
        {
            pieces[i] = pieces[i] with { KeepWithNext = true };
            if (!pieces[i].Blank)
            {
                return;
            }
        }
    }
}
