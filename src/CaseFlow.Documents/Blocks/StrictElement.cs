using System.Xml;
using System.Xml.Linq;
using CaseFlow.Cases.Documents;

namespace CaseFlow.Documents.Blocks;

/// <summary>Reading that refuses what it does not know, with the element and its line.</summary>
internal static class StrictElement
{
    public static DocumentFormatException Error(this XObject at, string reason)
    {
        var name = at switch
        {
            XElement element => Describe(element),
            XAttribute attribute => $"{Describe(attribute.Parent!)} attribute \"{attribute.Name}\"",
            _ => at.Parent is { } parent ? $"content of {Describe(parent)}" : "document",
        };
        var info = (IXmlLineInfo)at;
        return new DocumentFormatException(name, info.HasLineInfo() ? info.LineNumber : 0, reason);
    }

    /// <summary>Checks that an element has no attribute beside these.</summary>
    public static XElement Allow(this XElement element, params string[] attributes)
    {
        foreach (var attribute in element.Attributes())
        {
            if (!attributes.Contains(attribute.Name.ToString()))
            {
                throw attribute.Error(attributes.Length == 0
                    ? "this element takes no attributes."
                    : $"unknown; allowed are {string.Join(", ", attributes)}.");
            }
        }

        return element;
    }

    /// <summary>The single class of an element, or null; must be one of those given.</summary>
    public static string? ClassOf(this XElement element, params string[] classes)
    {
        var value = (string?)element.Attribute("class");
        return value is null || classes.Contains(value)
            ? value
            : throw element.Attribute("class")!.Error($"unknown class \"{value}\"; allowed are {string.Join(", ", classes)}.");
    }

    /// <summary>A whole number from 1 to <paramref name="max"/>.</summary>
    public static int NumberOf(this XElement element, string attribute, int fallback, int max)
    {
        var found = element.Attribute(attribute);
        if (found is null)
        {
            return fallback;
        }

        return int.TryParse(found.Value, out var number) && number >= 1 && number <= max
            ? number
            : throw found.Error($"\"{found.Value}\" is no whole number from 1 to {max}.");
    }

    /// <summary>Child elements; anything else but white space and comments is refused.</summary>
    public static IEnumerable<XElement> OnlyElements(this XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child:
                    yield return child;
                    break;
                case XComment:
                    break;
                case XText text when string.IsNullOrWhiteSpace(text.Value):
                    break;
                default:
                    throw node.Error("text must stand in a block such as <p>.");
            }
        }
    }

    private static string Describe(XElement element) =>
        element.Attribute("class") is { } c ? $"<{element.Name} class=\"{c.Value}\">" : $"<{element.Name}>";
}
