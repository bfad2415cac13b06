using System.Globalization;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.Components.Forms;

/// <summary>
/// Reads the JSON schema of a form into fields. Standard keywords say what is valid; <c>x-</c> keywords say how it is asked:
/// <c>x-widget</c> (textarea, radio, select, money, upload, hidden), <c>x-hint</c>, <c>x-names</c>, <c>x-unit</c>,
/// <c>x-when</c>, <c>x-title-en</c>, <c>x-hint-en</c>, <c>x-readonly</c>. Unknown keywords are passed over: whether data are valid is decided by the
/// validator on the server, never here. A property <c>ref</c> numbers the entries of a list and is filled in by the page.
/// A boolean whose title asks (it ends with a question mark) must be answered with yes or no wherever a page asks for it, and
/// so must a group that begins with such a question: silence is no answer. Any other boolean is a box to tick.
/// </summary>
internal static class FormSchema
{
    private const int FewOptions = 5;
    private const int OneLine = 100;
    private const string DayPattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    /// <summary>Reads a schema.</summary>
    /// <param name="schema">The schema of the whole form (an object).</param>
    /// <param name="definitions">Where <c>$ref</c> of the form <c>#/$defs/name</c> is looked up; the schema itself if null.</param>
    public static SchemaField Read(JsonObject schema, JsonObject? definitions = null)
    {
        var defs = (definitions ?? schema)["$defs"] as JsonObject;
        return ReadField("", schema, required: true, defs);
    }

    private static SchemaField ReadField(string property, JsonObject given, bool required, JsonObject? defs)
    {
        var schema = Resolve(given, defs);
        var kind = KindOf(schema, defs);
        var item = schema["items"] is JsonObject items ? Resolve(items, defs) : null;
        var children = kind switch
        {
            FieldKind.Group => Children(schema, defs),
            FieldKind.Repeated => Children(item!, defs),
            _ => [],
        };
        return new SchemaField
        {
            Property = property,
            Kind = kind,
            Label = Word(given, "title") ?? Word(schema, "title") ?? property,
            Hint = Word(given, "x-hint") ?? Word(schema, "x-hint") ?? Word(schema, "description"),
            Required = required || kind is FieldKind.YesNo || (kind is FieldKind.Group && children is [{ Kind: FieldKind.YesNo }, ..])
                || Flag((given["x-when"] ?? schema["x-when"])?["must"]),
            Unit = Word(schema, "x-unit"),
            MaxLength = Number(schema["maxLength"]),
            Least = Decimal(schema["minimum"]) / Typed(kind),
            Most = Decimal(schema["maximum"]) / Typed(kind),
            MultipleOf = Decimal(schema["multipleOf"]) / Typed(kind),
            MinItems = Number(schema["minItems"]),
            MaxItems = Number(schema["maxItems"]),
            Options = Options(kind is FieldKind.ManyOf ? item! : schema),
            Children = children,
            When = Condition(given["x-when"] ?? schema["x-when"]),
            ReadOnly = Flag(schema["x-readonly"]) || Flag(schema["readOnly"]),
        };
    }

    private static JsonObject Resolve(JsonObject schema, JsonObject? defs)
    {
        const string Prefix = "#/$defs/";
        return schema["$ref"]?.GetValue<string>() is { } reference
            && reference.StartsWith(Prefix, StringComparison.Ordinal)
            && defs?[reference[Prefix.Length..]] is JsonObject target
            ? target
            : schema;
    }

    private static List<SchemaField> Children(JsonObject schema, JsonObject? defs)
    {
        var required = (schema["required"] as JsonArray ?? [])
            .Select(n => n!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return (schema["properties"] as JsonObject ?? [])
            .Where(p => p.Value is JsonObject o && Text(o["x-widget"]) != "hidden" && p.Key != "ref")
            .Select(p => ReadField(p.Key, (JsonObject)p.Value!, required.Contains(p.Key), defs))
            .ToList();
    }

    private static FieldKind KindOf(JsonObject schema, JsonObject? defs)
    {
        var widget = Text(schema["x-widget"]);
        return TypeOf(schema) switch
        {
            "object" => FieldKind.Group,
            "array" => ListKind(schema, widget, defs),
            "boolean" => Asks(schema) ? FieldKind.YesNo : FieldKind.Tick,
            "integer" when widget is "money" or "fen" => FieldKind.Fen,
            "integer" => FieldKind.Integer,
            "number" => FieldKind.Number,
            _ => TextKind(schema, widget),
        };
    }

    private static bool Asks(JsonObject schema) => Text(schema["title"]) is { Length: > 0 } title && title[^1] is '？' or '?';

    private static FieldKind ListKind(JsonObject schema, string? widget, JsonObject? defs)
    {
        if (widget is "upload" or "photos" or "files")
        {
            return FieldKind.Files;
        }

        return schema["items"] is JsonObject items && TypeOf(Resolve(items, defs)) == "object"
            ? FieldKind.Repeated
            : FieldKind.ManyOf;
    }

    private static FieldKind TextKind(JsonObject schema, string? widget)
    {
        var options = Options(schema).Count;
        if (options > 0)
        {
            return widget is not "select" && (options <= FewOptions || widget is "radio") ? FieldKind.OneOf : FieldKind.Select;
        }

        if (Text(schema["pattern"]) == DayPattern)
        {
            return FieldKind.Date;
        }

        return (widget ?? Text(schema["format"])) switch
        {
            "textarea" => FieldKind.LongText,
            "date" => FieldKind.Date,
            "date-time" or "datetime" => FieldKind.DateTime,
            "month" or "year-month" => FieldKind.Month,
            _ => Number(schema["maxLength"]) > OneLine ? FieldKind.LongText : FieldKind.Text,
        };
    }

    private static string TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonValue v => v.GetValue<string>(),
        JsonArray several => several.Select(t => t!.GetValue<string>()).FirstOrDefault(t => t != "null") ?? "string",
        _ => schema["properties"] is JsonObject ? "object" : "string",
    };

    private static List<FieldOption> Options(JsonObject schema)
    {
        if (schema["oneOf"] is JsonArray oneOf && oneOf.All(o => o is JsonObject c && c.ContainsKey("const")))
        {
            return oneOf.OfType<JsonObject>()
                .Select(o => new FieldOption(Plain(o["const"]), Word(o, "title") ?? Plain(o["const"]))).ToList();
        }

        var labels = schema["x-names"] as JsonObject;
        if (TypeOf(schema) == "boolean")
        {
            return labels is null ? [] : [new FieldOption("true", Label(labels, "true")), new FieldOption("false", Label(labels, "false"))];
        }

        return (schema["enum"] as JsonArray ?? [])
            .Where(v => v is not null)
            .Select(v => new FieldOption(Plain(v), Label(labels, Plain(v)))).ToList();
    }

    private static string Label(JsonObject? labels, string value) => labels?[value] switch
    {
        JsonObject both => Text(both[English ? "en" : "zh-CN"]) ?? Text(both["zh"]) ?? value,
        JsonValue one => one.ToString(),
        _ => value,
    };

    private static FieldCondition? Condition(JsonNode? node) => node is JsonObject o
        && (Text(o["field"]) ?? o.FirstOrDefault().Key) is { } field
        ? new FieldCondition(field, Values(o["in"] ?? o["equals"] ?? o["value"] ?? o[field]))
        : null;

    private static List<string> Values(JsonNode? node) => node switch
    {
        JsonArray several => several.Select(Plain).ToList(),
        null => ["true"],
        _ => [Plain(node)],
    };

    private static string? Word(JsonObject schema, string keyword)
    {
        var english = keyword.StartsWith("x-", StringComparison.Ordinal) ? $"{keyword}-en" : $"x-{keyword}-en";
        return (English ? Text(schema[english]) : null) ?? Text(schema[keyword]);
    }

    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    private static string? Text(JsonNode? node) => node is JsonValue v && v.TryGetValue<string>(out var text) ? text : null;

    private static int? Number(JsonNode? node) => node is JsonValue v && v.TryGetValue<int>(out var number) ? number : null;

    private static decimal? Decimal(JsonNode? node) => node is JsonValue v && v.TryGetValue<decimal>(out var number) ? number : null;

    /// <summary>Schemas count fen where people type yuan.</summary>
    private static decimal Typed(FieldKind kind) => kind == FieldKind.Fen ? 100m : 1m;

    private static bool Flag(JsonNode? node) => node is JsonValue v && v.TryGetValue<bool>(out var flag) && flag;

    private static string Plain(JsonNode? node) => node is JsonValue v && v.TryGetValue<string>(out var text)
        ? text
        : node?.ToJsonString() ?? "";
}
