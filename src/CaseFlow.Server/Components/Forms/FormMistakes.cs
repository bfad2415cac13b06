using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Components.Forms;

/// <summary>Brings sentences by JSON pointer together with the labels of a schema, in the order of its fields.</summary>
internal static class FormMistakes
{
    /// <summary>A pointer as the domain writes fields (<c>members/0/name</c>) or as pages do (<c>/members/0/name</c>).</summary>
    public static string Pointer(string field) => field.StartsWith('/') ? field : "/" + field;

    /// <summary>The sentences of the domain by pointer.</summary>
    public static Dictionary<string, string[]> Of(InvalidInputException invalid) =>
        invalid.Errors.ToDictionary(e => Pointer(e.Key), e => e.Value, StringComparer.Ordinal);

    /// <summary>Adds them to the page's mistakes; those in a list say which line and whose.</summary>
    /// <param name="errors">The page's mistakes.</param>
    /// <param name="form">The fields.</param>
    /// <param name="sentences">Sentences by pointer.</param>
    /// <param name="words">Words for lines of lists; null names the field alone.</param>
    /// <param name="data">What was entered.</param>
    public static void Add(
        FormErrors errors, SchemaField? form, IReadOnlyDictionary<string, string[]> sentences, FormWords? words = null, JsonObject? data = null)
    {
        var order = new List<string>();
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        Walk(form, FieldPath.Root, order, labels);
        foreach (var (pointer, messages) in sentences.OrderBy(s => Place(order, s.Key)))
        {
            var label = labels.GetValueOrDefault(Pattern(pointer)) ?? "";
            errors.Add(new FieldPath(pointer).Name, words is null ? label : InLine(pointer, label, form, data, words), string.Join(' ', messages));
        }
    }

    private static string InLine(string pointer, string label, SchemaField? form, JsonObject? data, FormWords words)
    {
        var (field, node) = (form, (JsonNode?)data);
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (field?.Kind is FieldKind.Repeated && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            {
                var entry = node is JsonArray list && at < list.Count ? list[at] as JsonObject : null;
                return words.Line(field.Label, at + 1, Whose(field, entry), label);
            }

            field = field?.Children.FirstOrDefault(c => c.Property == part);
            node = (node as JsonObject)?[part];
        }

        return label;
    }

    private static string? Whose(SchemaField list, JsonObject? entry)
    {
        var person = FormReader.Shown(entry?["person"]);
        var option = list.Children.FirstOrDefault(c => c.Property == "person")?.Options.FirstOrDefault(o => o.Value == person);
        return option?.Label ?? (FormReader.Shown(entry?["name"]) is { Length: > 0 } name ? name : null);
    }

    private static void Walk(SchemaField? field, FieldPath path, List<string> order, Dictionary<string, string> labels)
    {
        foreach (var child in field?.Children ?? [])
        {
            var place = path.Of(child.Property);
            order.Add(place.Pointer);
            labels[place.Pointer] = child.Label;
            Walk(child, child.Kind is FieldKind.Repeated ? place.Of("*") : place, order, labels);
        }
    }

    private static int Place(List<string> order, string pointer)
    {
        var at = order.IndexOf(Pattern(pointer));
        return at < 0 ? int.MaxValue : at;
    }

    private static string Pattern(string pointer) =>
        string.Join('/', pointer.Split('/').Select(p => p.Length > 0 && p.All(char.IsAsciiDigit) ? "*" : p));
}
