using System.Globalization;
using System.Net;
using System.Text;
using CaseFlow.Documents.Blocks;

namespace CaseFlow.Documents.Screen;

/// <summary>Writes an article as HTML for <c>document.css</c>.</summary>
internal static class ScreenHtml
{
    public static string Render(string html)
    {
        var article = ArticleReader.Read(html);
        var o = new StringBuilder("<article class=\"doc\">");
        Header(o, article);
        Element(o, "h1", article.Title);
        foreach (var block in article.Body)
        {
            Body(o, block);
        }

        if (article.Signature is { } signature)
        {
            Sign(o, signature);
        }

        if (article.Imprint.Count > 0)
        {
            o.Append("<footer class=\"imprint\">");
            foreach (var line in article.Imprint)
            {
                Element(o, "p", line);
            }

            o.Append("</footer>");
        }

        if (article.Check is { } check)
        {
            CheckMark(o, check);
        }

        return o.Append("</article>").ToString();
    }

    private static void Header(StringBuilder o, Article article)
    {
        if (article.RedHead is null && article.Number is null)
        {
            return;
        }

        o.Append("<header>");
        if (article.RedHead is { } head)
        {
            // The type shrinks with the length of the name, so that it stays on one line.
            o.Append(CultureInfo.InvariantCulture, $"<p class=\"red-head\" style=\"--length:{head.Length}\">").Append(Text(head)).Append("</p>");
        }

        if (article.Number is { } number)
        {
            o.Append("<p class=\"number\">").Append(Text(number)).Append("</p>");
        }

        o.Append("</header>");
    }

    private static void Body(StringBuilder o, Block block)
    {
        switch (block)
        {
            case Paragraph { Kind: ParagraphKind.Plain } paragraph:
                Element(o, "p", paragraph.Text);
                break;
            case Paragraph paragraph:
                Element(o, "p", paragraph.Text, $" class=\"{paragraph.Kind.ToString().ToLowerInvariant()}\"");
                break;
            case Heading heading:
                Element(o, $"h{heading.Level}", heading.Text);
                break;
            case NumberedList list:
                o.Append("<ol>");
                foreach (var item in list.Items)
                {
                    Element(o, "li", item);
                }

                o.Append("</ol>");
                break;
            case Table table:
                TableHtml(o, table);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block));
        }
    }

    private static void TableHtml(StringBuilder o, Table table)
    {
        o.Append("<table>");
        if (table.Caption is { } caption)
        {
            Element(o, "caption", caption);
        }

        var sum = table.Weights.Sum();
        o.Append("<colgroup>");
        foreach (var weight in table.Weights)
        {
            o.Append(CultureInfo.InvariantCulture, $"<col style=\"width:{100 * weight / sum:0.##}%\">");
        }

        o.Append("</colgroup>");
        Rows(o, "thead", table.Head, "col");
        Rows(o, "tbody", table.Rows, "row");
        o.Append("</table>");
    }

    private static void Rows(StringBuilder o, string part, IReadOnlyList<TableRow> rows, string scope)
    {
        if (rows.Count == 0)
        {
            return;
        }

        o.Append(CultureInfo.InvariantCulture, $"<{part}>");
        foreach (var row in rows)
        {
            o.Append("<tr>");
            foreach (var cell in row.Cells)
            {
                var align = cell.Align switch { CellAlign.Right => "num", CellAlign.Center => "center", _ => "left" };
                var attributes = new StringBuilder($" class=\"{align}\"");
                if (cell.Label)
                {
                    attributes.Append(CultureInfo.InvariantCulture, $" scope=\"{scope}\"");
                }

                if (cell.Columns > 1)
                {
                    attributes.Append(CultureInfo.InvariantCulture, $" colspan=\"{cell.Columns}\"");
                }

                if (cell.MinLines > 1)
                {
                    attributes.Append(CultureInfo.InvariantCulture, $" style=\"--lines:{cell.MinLines}\"");
                }

                Element(o, cell.Label ? "th" : "td", cell.Text, attributes.ToString());
            }

            o.Append("</tr>");
        }

        o.Append(CultureInfo.InvariantCulture, $"</{part}>");
    }

    private static void Sign(StringBuilder o, Signature signature)
    {
        o.Append("<section class=\"signature\"><p class=\"body\">").Append(Text(signature.Body)).Append("</p><p class=\"date\">");
        if (signature.IsoDate is { } iso)
        {
            o.Append("<time datetime=\"").Append(Text(iso)).Append("\">").Append(Text(signature.Date)).Append("</time>");
        }
        else
        {
            o.Append(Text(signature.Date));
        }

        o.Append("</p>");
        if (signature.Seal is { } seal)
        {
            o.Append(ScreenSvg.Seal(seal));
        }

        o.Append("</section>");
    }

    private static void CheckMark(StringBuilder o, Check check)
    {
        o.Append("<aside class=\"check\">").Append(ScreenSvg.Qr(check.Address)).Append("<div>");
        foreach (var line in check.Lines)
        {
            o.Append("<p>").Append(Text(line)).Append("</p>");
        }

        o.Append("</div></aside>");
    }

    private static void Element(StringBuilder o, string name, IReadOnlyList<Inline> text, string attributes = "")
    {
        o.Append('<').Append(name).Append(attributes).Append('>');
        foreach (var inline in text)
        {
            o.Append(inline switch
            {
                { Text: "\n" } => "<br>",
                { Strong: true } => $"<strong>{Text(inline.Text)}</strong>",
                { NoWrap: true } => $"<span class=\"nowrap\">{Text(inline.Text)}</span>",
                _ => Text(inline.Text),
            });
        }

        o.Append("</").Append(name).Append('>');
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);
}
