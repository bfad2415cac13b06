using CaseFlow.Documents.Blocks;

namespace CaseFlow.Documents.Layout;

/// <summary>Sets a table with all its lines drawn; rows are the pieces, the head is repeated on each page.</summary>
internal sealed class TableLayout(TextLayout text)
{
    private const float Padding = 4;
    private const float Hairline = 0.75f;
    private const float LeastRow = 26;

    public List<Piece> Pieces(Table table)
    {
        var widths = Widths(table.Weights);
        var pieces = new List<Piece>();
        if (table.Caption is { Count: > 0 } caption)
        {
            pieces.AddRange(text.Lines(caption, TextStyle.Caption, Alignment.Center, 0, PageGeometry.TextWidth).Select(p => p with { KeepWithNext = true }));
        }

        List<Piece> head = [.. table.Head.SelectMany(r => Row(r, widths)).Select(p => p with { KeepWithNext = true })];
        pieces.AddRange(head);
        foreach (var piece in table.Rows.SelectMany(r => Row(r, widths)))
        {
            pieces.Add(piece with { Repeat = head });
        }

        pieces.Add(Piece.Space(8));
        return pieces;
    }

    private static float[] Widths(IReadOnlyList<float> weights)
    {
        var sum = weights.Sum();
        return [.. weights.Select(w => PageGeometry.TextWidth * w / sum)];
    }

    /// <summary>One row, or several if it is higher than a page.</summary>
    private List<Piece> Row(TableRow row, float[] widths)
    {
        var cells = Cells(row, widths);
        var lines = cells.Max(c => Math.Max(c.Lines.Count, c.Cell.MinLines));
        var most = (int)((PageGeometry.TextHeight - (6 * PageGeometry.Line)) / TextStyle.Cell.Line);
        var result = new List<Piece>();
        for (var from = 0; from < lines; from += most)
        {
            var part = Math.Min(most, lines - from);
            result.Add(Slice(cells, from, part, first: from == 0, last: from + part == lines));
        }

        return result;
    }

    private List<SetCell> Cells(TableRow row, float[] widths)
    {
        var result = new List<SetCell>();
        var x = 0f;
        var column = 0;
        foreach (var cell in row.Cells)
        {
            var width = widths.Skip(column).Take(cell.Columns).Sum();
            var alignment = cell.Align switch
            {
                CellAlign.Right => Alignment.Right,
                CellAlign.Center => Alignment.Center,
                _ => Alignment.Left,
            };
            var style = cell.Label ? TextStyle.CellLabel : TextStyle.Cell;
            result.Add(new SetCell(cell, x, width, text.Lines(cell.Text, style, alignment, x + Padding, width - (2 * Padding))));
            x += width;
            column += cell.Columns;
        }

        return result;
    }

    private static Piece Slice(List<SetCell> cells, int from, int count, bool first, bool last)
    {
        var height = Math.Max(LeastRow, (count * TextStyle.Cell.Line) + (2 * Padding));
        var marks = new List<Mark>();
        foreach (var cell in cells)
        {
            List<Piece> lines = [.. cell.Lines.Skip(from).Take(count)];
            var used = Math.Max(lines.Count, Math.Min(count, cell.Cell.MinLines)) * TextStyle.Cell.Line;
            var top = cell.Cell.MinLines > 1 ? Padding : (height - used) / 2;
            marks.AddRange(lines.SelectMany((l, i) => l.Marks.Select(m => TextLayout.Move(m, 0, top + (i * TextStyle.Cell.Line)))));
            marks.Add(new RuleMark(cell.X, 0, cell.X, height, Hairline, TextStyle.Black));
        }

        marks.Add(new RuleMark(PageGeometry.TextWidth, 0, PageGeometry.TextWidth, height, Hairline, TextStyle.Black));
        if (first)
        {
            marks.Add(new RuleMark(0, 0, PageGeometry.TextWidth, 0, Hairline, TextStyle.Black));
        }

        if (last)
        {
            marks.Add(new RuleMark(0, height, PageGeometry.TextWidth, height, Hairline, TextStyle.Black));
        }

        return new Piece(height, marks);
    }

    private sealed record SetCell(TableCell Cell, float X, float Width, List<Piece> Lines);
}
