using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>Signature and seal, imprint, page number, and the check mark in the lower margin.</summary>
internal sealed class FootLayout(TextLayout text, float line)
{
    /// <summary>Seals of counties and townships measure 42 mm.</summary>
    public const float SealDiameter = 42 * PageGeometry.Millimetre;

    /// <summary>The seal's top stays within one line of the text (GB/T 9704, 7.3.5.1).</summary>
    private readonly float _blank = line * 1.5f;

    private const float QrSize = 19 * PageGeometry.Millimetre;
    private static readonly TextStyle s_number = new(FaceRole.Body, 14, 20);

    /// <summary>Body name centred over the date, which stands four characters from the right; the seal presses both.</summary>
    public Piece Signature(Signature signature)
    {
        var style = TextStyle.Body with { Line = line };
        var name = text.Width(signature.Body, style);
        var date = text.Width(signature.Date, style);
        var centre = PageGeometry.TextWidth - Math.Max((4 * PageGeometry.Cell) + (date / 2), (PageGeometry.Cell * 2) + (name / 2));
        List<Mark> marks =
        [
            .. text.Line(signature.Body, style, centre - (name / 2), _blank),
            .. text.Line(signature.Date, style, centre - (date / 2), _blank + line),
        ];
        if (signature.Seal is { } seal)
        {
            marks.Add(new SealMark(centre, _blank + (line * 0.92f), seal.Name, seal.Remark));
        }

        return new Piece(_blank + (2 * line), marks);
    }

    /// <summary>版记: lines between two rules at the very bottom of the last page; null if there is none.</summary>
    public Piece? Imprint(IReadOnlyList<IReadOnlyList<Inline>> lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        var marks = new List<Mark>();
        var y = 4f;
        foreach (var piece in lines.SelectMany(l => text.Lines(l, TextStyle.Small, Alignment.Left, PageGeometry.Cell, PageGeometry.TextWidth - (2 * PageGeometry.Cell))))
        {
            var at = y;
            marks.AddRange(piece.Marks.Select(m => TextLayout.Move(m, 0, at)));
            y += piece.Height;
        }

        y += 4;
        marks.Add(new RuleMark(0, 0, PageGeometry.TextWidth, 0, 1f, TextStyle.Black));
        marks.Add(new RuleMark(0, y, PageGeometry.TextWidth, y, 1f, TextStyle.Black));
        return new Piece(y, marks);
    }

    /// <summary>"— 1 —" 7 mm below the text area, one character from the outer edge: right on odd pages, left on even ones.</summary>
    public void AddPageNumbers(IReadOnlyList<Page> pages)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            var label = $"— {i + 1} —";
            var x = IsOdd(i) ? PageGeometry.Right - PageGeometry.Cell - text.Width(label, s_number) : PageGeometry.Left + PageGeometry.Cell;
            pages[i].Content.Add(new Placed(x, PageGeometry.Bottom + (7 * PageGeometry.Millimetre) - 3, text.Line(label, s_number, 0)));
        }
    }

    /// <summary>QR code and its lines in the lower margin of the last page, opposite to the page number.</summary>
    public void AddCheck(IReadOnlyList<Page> pages, Check check)
    {
        var odd = IsOdd(pages.Count - 1);
        var lines = check.Lines.Count * TextStyle.Fine.Line;
        var marks = new List<Mark> { new QrMark(odd ? 0 : PageGeometry.TextWidth - QrSize, 0, QrSize, check.Address) };
        for (var i = 0; i < check.Lines.Count; i++)
        {
            var width = text.Width(check.Lines[i], TextStyle.Fine);
            var x = odd ? QrSize + 8 : PageGeometry.TextWidth - QrSize - 8 - width;
            marks.AddRange(text.Line(check.Lines[i], TextStyle.Fine, x, ((QrSize - lines) / 2) + (i * TextStyle.Fine.Line)));
        }

        pages[^1].Content.Add(new Placed(PageGeometry.Left, PageGeometry.Bottom + (5 * PageGeometry.Millimetre), marks));
    }

    private static bool IsOdd(int index) => index % 2 == 0;
}
