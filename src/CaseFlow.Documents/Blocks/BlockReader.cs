using System.Globalization;
using System.Xml.Linq;

namespace CaseFlow.Documents.Blocks;

/// <summary>Reads one block of the body.</summary>
internal static class BlockReader
{
    private const int MaxColumns = 12;

    public static Block Read(XElement element) => element.Name.ToString() switch
    {
        "p" => new Paragraph(KindOf(element.Allow("class")), InlineReader.Read(element)),
        "h2" => new Heading(2, InlineReader.Read(element.Allow())),
        "h3" => new Heading(3, InlineReader.Read(element.Allow())),
        "ol" => new NumberedList([.. element.Allow().OnlyElements().Select(Item)]),
        "table" => ReadTable(element.Allow()),
        _ => throw element.Error("no block of a document; allowed are p, h2, h3, ol and table."),
    };

    private static ParagraphKind KindOf(XElement p) => p.ClassOf("addressee", "remedies", "contact", "note", "center") switch
    {
        "addressee" => ParagraphKind.Addressee,
        "remedies" => ParagraphKind.Remedies,
        "contact" => ParagraphKind.Contact,
        "note" => ParagraphKind.Note,
        "center" => ParagraphKind.Center,
        _ => ParagraphKind.Plain,
    };

    private static IReadOnlyList<Inline> Item(XElement li) =>
        li.Name == "li" ? InlineReader.Read(li.Allow()) : throw li.Error("a list holds only <li>.");

    private static Table ReadTable(XElement table)
    {
        IReadOnlyList<Inline>? caption = null;
        List<float>? weights = null;
        List<TableRow> head = [], rows = [];
        foreach (var part in table.OnlyElements())
        {
            switch (part.Name.ToString())
            {
                case "caption":
                    caption = InlineReader.Read(part.Allow());
                    break;
                case "colgroup":
                    weights = [.. part.Allow().OnlyElements().Select(Weight)];
                    break;
                case "thead":
                    head.AddRange(part.Allow().OnlyElements().Select(Row));
                    break;
                case "tbody":
                    rows.AddRange(part.Allow().OnlyElements().Select(Row));
                    break;
                default:
                    throw part.Error("a table holds caption, colgroup, thead and tbody.");
            }
        }

        return new Table(caption, CheckColumns(table, weights, head, rows), head, rows);
    }

    private static List<float> CheckColumns(XElement table, List<float>? weights, List<TableRow> head, List<TableRow> rows)
    {
        var first = head.Concat(rows).FirstOrDefault() ?? throw table.Error("has no row.");
        var columns = weights?.Count ?? first.Cells.Sum(c => c.Columns);
        if (columns is < 1 or > MaxColumns)
        {
            throw table.Error($"has {columns} columns; 1 to {MaxColumns} are possible.");
        }

        var line = 0;
        foreach (var row in head.Concat(rows))
        {
            line++;
            var sum = row.Cells.Sum(c => c.Columns);
            if (sum != columns)
            {
                throw table.Error($"row {line} fills {sum} of {columns} columns.");
            }
        }

        return weights ?? [.. Enumerable.Repeat(1f, columns)];
    }

    private static float Weight(XElement col)
    {
        if (col.Name != "col")
        {
            throw col.Error("a colgroup holds only <col>.");
        }

        var width = (string?)col.Allow("data-width").Attribute("data-width") ?? "1";
        return float.TryParse(width, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight is > 0 and <= 100
            ? weight
            : throw col.Error($"data-width \"{width}\" is no share above 0 and up to 100.");
    }

    private static TableRow Row(XElement tr) =>
        tr.Name == "tr" ? new TableRow([.. tr.Allow().OnlyElements().Select(Cell)]) : throw tr.Error("only <tr> may stand here.");

    private static TableCell Cell(XElement cell)
    {
        var label = cell.Name == "th";
        if (!label && cell.Name != "td")
        {
            throw cell.Error("a row holds only <th> and <td>.");
        }

        cell.Allow("class", "colspan", "data-lines", "scope");
        var align = cell.ClassOf("num", "center", "left") switch
        {
            "num" => CellAlign.Right,
            "center" => CellAlign.Center,
            "left" => CellAlign.Left,
            _ => label ? CellAlign.Center : CellAlign.Left,
        };
        return new TableCell(InlineReader.Read(cell), label, align, cell.NumberOf("colspan", 1, MaxColumns), cell.NumberOf("data-lines", 1, 30));
    }
}
