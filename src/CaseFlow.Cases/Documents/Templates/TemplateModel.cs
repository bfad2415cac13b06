using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>Type of a field that a template may read.</summary>
public enum FieldType
{
    /// <summary>Text; dates and amounts come as they are printed.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>Fields of its own.</summary>
    Object,

    /// <summary>Any number of objects with these fields, or of texts if none are given.</summary>
    List,
}

/// <summary>A field of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Optional">May be null: the template must ask before it reads inside.</param>
/// <param name="Example">Example value; of an object or list it is made of its fields if absent.</param>
/// <param name="Fields">Fields of an object or of each entry of a list.</param>
public sealed record ModelField(string Name, FieldType Type, bool Optional, JsonNode? Example, IReadOnlyList<ModelField> Fields);

/// <summary>What a template says of itself: title, kind of number, and the fields that it may read with an example for each.</summary>
/// <param name="Title">Title of the document.</param>
/// <param name="NumberKind">Kind character of its official number; null if it gets none.</param>
/// <param name="Fields">Fields.</param>
public sealed record TemplateModel(string Title, string? NumberKind, IReadOnlyList<ModelField> Fields)
{
    /// <summary>Reads a declaration as written in <c>*.model.json</c>, its <c>uses</c> already resolved.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TemplateModel Parse(string json)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            return new TemplateModel((string?)root["title"] ?? "", (string?)root["numberKind"], ReadFields(root["fields"]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new FormatException("Not a model declaration: " + e.Message, e);
        }
    }

    /// <summary>A model made of the examples.</summary>
    public JsonObject Example() => ExampleOf(Fields);

    /// <summary>
    /// The model as the template reads it: optional fields that are absent become null. Fields beyond the declaration are
    /// kept out of the way but not refused: one model serves many templates.
    /// </summary>
    /// <returns>The completed copy, and the paths of required fields that are absent or null.</returns>
    public (JsonObject Model, IReadOnlyList<string> Missing) Complete(JsonObject model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var copy = model.DeepClone().AsObject();
        var missing = new List<string>();
        Complete(copy, Fields, "", missing);
        return (copy, missing);
    }

    private static void Complete(JsonObject model, IReadOnlyList<ModelField> fields, string path, List<string> missing)
    {
        foreach (var field in fields)
        {
            var at = path + field.Name;
            switch (model[field.Name])
            {
                case null when field.Optional:
                    model[field.Name] = null;
                    break;
                case null:
                    missing.Add(at);
                    break;
                case JsonObject child:
                    Complete(child, field.Fields, at + ".", missing);
                    break;
                case JsonArray list:
                    foreach (var item in list.OfType<JsonObject>())
                    {
                        Complete(item, field.Fields, at + "[].", missing);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static JsonObject ExampleOf(IReadOnlyList<ModelField> fields)
    {
        var result = new JsonObject();
        foreach (var field in fields)
        {
            result[field.Name] = field switch
            {
                { Example: { } example } => example.DeepClone(),
                { Type: FieldType.Object } => ExampleOf(field.Fields),
                { Type: FieldType.List } => new JsonArray(ExampleOf(field.Fields)),
                _ => null,
            };
        }

        return result;
    }

    private static List<ModelField> ReadFields(JsonNode? node) => node is not JsonArray array
        ? []
        : [.. array.Select(item =>
        {
            var field = item!.AsObject();
            var name = (string?)field["name"] ?? throw new FormatException("A field has no name.");
            var type = Enum.TryParse<FieldType>((string?)field["type"], ignoreCase: true, out var known)
                ? known
                : throw new FormatException($"Field {name} has no known type; one of text, number, boolean, object, list.");
            return new ModelField(name, type, (bool?)field["optional"] ?? false, field["example"], ReadFields(field["fields"]));
        })];
}
