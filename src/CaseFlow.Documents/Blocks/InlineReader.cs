using System.Text;
using System.Xml.Linq;

namespace CaseFlow.Documents.Blocks;

/// <summary>Reads the text of a block: strong, span.nowrap, time and br are the only marks inside.</summary>
internal static class InlineReader
{
    public static IReadOnlyList<Inline> Read(XElement element)
    {
        var raw = new List<Inline>();
        Collect(element, strong: false, noWrap: false, raw);
        return Tidy(raw);
    }

    /// <summary>The text without marks; line ends become spaces.</summary>
    public static string Plain(XElement element) =>
        string.Concat(Read(element).Select(i => i.Text == "\n" ? " " : i.Text));

    private static void Collect(XElement element, bool strong, bool noWrap, List<Inline> into)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText text:
                    into.Add(new Inline(text.Value, strong, noWrap));
                    break;
                case XComment:
                    break;
                case XElement child:
                    CollectMark(child, strong, noWrap, into);
                    break;
                default:
                    throw node.Error("only text and elements may stand here.");
            }
        }
    }

    private static void CollectMark(XElement child, bool strong, bool noWrap, List<Inline> into)
    {
        switch (child.Name.ToString())
        {
            case "strong":
                Collect(child.Allow(), strong: true, noWrap, into);
                break;
            case "time":
                Collect(child.Allow("datetime"), strong, noWrap, into);
                break;
            case "span":
                if (child.Allow("class").ClassOf("nowrap") is null)
                {
                    throw child.Error("a span must have the class nowrap.");
                }

                Collect(child, strong, noWrap: true, into);
                break;
            case "br":
                child.Allow();
                into.Add(LineEnd);
                break;
            default:
                throw child.Error("unknown inside a text; allowed are strong, span.nowrap, time and br.");
        }
    }

    private static readonly Inline LineEnd = new("\n");

    /// <summary>White space as in HTML, but a line end of the source between two Chinese characters leaves nothing.</summary>
    private static List<Inline> Tidy(List<Inline> raw)
    {
        var result = new List<Inline>();
        var pending = false;
        var broken = false;
        var last = '\n';
        foreach (var inline in raw)
        {
            if (ReferenceEquals(inline, LineEnd))
            {
                result.Add(inline);
                (pending, broken, last) = (false, false, '\n');
                continue;
            }

            var text = new StringBuilder();
            foreach (var c in inline.Text)
            {
                if (c is ' ' or '\t' or '\r' or '\n')
                {
                    pending = true;
                    broken |= c == '\n';
                    continue;
                }

                if (pending && last != '\n' && !(broken && (IsWide(last) || IsWide(c))))
                {
                    text.Append(' ');
                }

                text.Append(c);
                (pending, broken, last) = (false, false, c);
            }

            if (text.Length > 0)
            {
                result.Add(inline with { Text = text.ToString() });
            }
        }

        return result;
    }

    private static bool IsWide(char c) => c >= '\u2E80';
}
