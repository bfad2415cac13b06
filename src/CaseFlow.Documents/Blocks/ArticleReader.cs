using System.Xml;
using System.Xml.Linq;
using CaseFlow.Cases.Documents;

namespace CaseFlow.Documents.Blocks;

/// <summary>Reads the closed set of blocks of <c>docs/document-blocks.md</c>; anything else is an error that names it.</summary>
internal static class ArticleReader
{
    /// <exception cref="DocumentFormatException">The HTML is not well formed or holds something that is no block.</exception>
    public static Article Read(string html)
    {
        var root = Parse(html).Root!;
        if (root.Name != "article" || root.Allow("class").ClassOf("doc") is null)
        {
            throw root.Error("a document is one <article class=\"doc\">.");
        }

        return ReadArticle(root);
    }

    private static XDocument Parse(string html)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(html.Trim()), settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new DocumentFormatException("document", e.LineNumber, "not well formed: " + e.Message);
        }
    }

    private static Article ReadArticle(XElement root)
    {
        string? redHead = null, number = null;
        IReadOnlyList<Inline>? title = null;
        var body = new List<Block>();
        Signature? signature = null;
        IReadOnlyList<IReadOnlyList<Inline>> imprint = [];
        Check? check = null;
        var place = 0;
        foreach (var element in root.OnlyElements())
        {
            var now = PlaceOf(element);
            if (now < place || (now == place && now != BodyPlace))
            {
                throw element.Error("stands in the wrong place; the order is header, h1, body, section.signature, footer.imprint, aside.check, each at most once.");
            }

            place = now;
            switch (now)
            {
                case 1:
                    (redHead, number) = ReadHeader(element);
                    break;
                case 2:
                    title = InlineReader.Read(element.Allow());
                    break;
                case BodyPlace:
                    body.Add(BlockReader.Read(element));
                    break;
                case 4:
                    signature = ReadSignature(element);
                    break;
                case 5:
                    imprint = [.. element.OnlyElements().Select(p => InlineReader.Read(Expect(p, "p").Allow()))];
                    break;
                default:
                    check = ReadCheck(element);
                    break;
            }
        }

        return title is { Count: > 0 }
            ? new Article(redHead, number, title, body, signature, imprint, check)
            : throw root.Error("has no title (h1).");
    }

    private const int BodyPlace = 3;

    private static int PlaceOf(XElement element) => element.Name.ToString() switch
    {
        "header" => 1,
        "h1" => 2,
        "section" => element.ClassOf("signature") is null ? throw element.Error("a section must have the class signature.") : 4,
        "footer" => element.Allow("class").ClassOf("imprint") is null ? throw element.Error("a footer must have the class imprint.") : 5,
        "aside" => element.ClassOf("check") is null ? throw element.Error("an aside must have the class check.") : 6,
        _ => BodyPlace,
    };

    private static (string? RedHead, string? Number) ReadHeader(XElement header)
    {
        string? redHead = null, number = null;
        foreach (var p in header.Allow().OnlyElements())
        {
            var text = InlineReader.Plain(Expect(p, "p").Allow("class"));
            switch (p.ClassOf("red-head", "number"))
            {
                case "red-head":
                    redHead = text;
                    break;
                case "number":
                    number = text;
                    break;
                default:
                    throw p.Error("a header holds p.red-head and p.number.");
            }
        }

        return (redHead, number);
    }

    private static Signature ReadSignature(XElement section)
    {
        section.Allow("class", "data-seal", "data-seal-remark");
        string? name = null, date = null, iso = null;
        foreach (var p in section.OnlyElements())
        {
            var text = InlineReader.Plain(Expect(p, "p").Allow("class"));
            switch (p.ClassOf("body", "date"))
            {
                case "body":
                    name = text;
                    break;
                case "date":
                    date = text;
                    iso = (string?)p.Element("time")?.Attribute("datetime");
                    break;
                default:
                    throw p.Error("a signature holds p.body and p.date.");
            }
        }

        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(date))
        {
            throw section.Error("needs p.body and p.date.");
        }

        var seal = (string?)section.Attribute("data-seal");
        var remark = (string?)section.Attribute("data-seal-remark");
        return new Signature(name, date, iso, string.IsNullOrEmpty(seal) ? null : new Seal(seal, string.IsNullOrEmpty(remark) ? null : remark));
    }

    private static Check ReadCheck(XElement aside)
    {
        var address = (string?)aside.Allow("class", "data-address").Attribute("data-address");
        if (string.IsNullOrEmpty(address))
        {
            throw aside.Error("needs data-address, the address in the QR code.");
        }

        return new Check(address, [.. aside.OnlyElements().Select(p => InlineReader.Plain(Expect(p, "p").Allow()))]);
    }

    private static XElement Expect(XElement element, string name) =>
        element.Name == name ? element : throw element.Error($"only <{name}> may stand here.");
}
