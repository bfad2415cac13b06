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

    /// <summary>Adds them to the page's mistakes.</summary>
    public static void Add(FormErrors errors, SchemaField? form, IReadOnlyDictionary<string, string[]> sentences)
    {
        var order = new List<string>();
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        Walk(form, FieldPath.Root, order, labels);
        foreach (var (pointer, messages) in sentences.OrderBy(s => Place(order, s.Key)))
        {
            errors.Add(new FieldPath(pointer).Name, labels.GetValueOrDefault(Pattern(pointer)) ?? "", string.Join(' ', messages));
        }
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
