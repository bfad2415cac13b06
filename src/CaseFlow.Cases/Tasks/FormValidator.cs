using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using NJsonSchema;
using NJsonSchema.Validation;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// Checks form data against a JSON schema. Only keywords that the checker really evaluates may stand in a schema
/// (<see cref="RefuseUnknownKeywords"/>): the library ignores others in silence, and a rule that is not checked is no rule.
/// </summary>
public sealed class FormValidator
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$ref", "$defs", "definitions", "title", "description", "type", "properties", "required", "items", "enum", "default", "format",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
        "minItems", "maxItems", "uniqueItems", "additionalProperties", "oneOf", "anyOf", "allOf", "not", "examples",
    };

    private readonly ConcurrentDictionary<string, Task<JsonSchema>> _schemas = new(StringComparer.Ordinal);

    /// <summary>Checks data.</summary>
    /// <exception cref="InvalidInputException">They do not fit; each field with its sentences.</exception>
    public async Task CheckAsync(string schemaJson, JsonObject data, CancellationToken cancellationToken)
    {
        var schema = await _schemas.GetOrAdd(schemaJson, text => JsonSchema.FromJsonAsync(text, CancellationToken.None)).WaitAsync(cancellationToken);
        var errors = schema.Validate(data.ToJsonString(CaseJson.Options));
        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors
                .SelectMany(Flatten)
                .GroupBy(e => Field(e), StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Select(Sentence).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal));
        }

        RequireWhatIsAsked(CaseJson.ReadObject(schemaJson)["properties"] as JsonObject ?? [], data);
    }

    /// <summary><c>x-when</c> with <c>must</c>: a question that depends on another must be answered wherever it is asked.</summary>
    private static void RequireWhatIsAsked(JsonObject questions, JsonObject data)
    {
        foreach (var (name, question) in questions)
        {
            if (question?["x-when"] is JsonObject when && when.Flag("must")
                && (when["in"] as JsonArray ?? []).Any(v => Shown(v) == Shown(data[when.Text("field") ?? ""]))
                && Shown(data[name]).Length == 0)
            {
                throw new InvalidInputException(name, "请填写此项。");
            }
        }
    }

    private static string Shown(JsonNode? value) =>
        value is JsonValue v && v.TryGetValue<string>(out var text) ? text : value?.ToJsonString() ?? "";

    /// <summary>Refuses a schema with keywords that would not be checked; our own start with <c>x-</c>.</summary>
    /// <exception cref="FormatException">A keyword is unknown; the message names it and its place.</exception>
    public static void RefuseUnknownKeywords(JsonNode? schema, string path = "#")
    {
        if (schema is not JsonObject members)
        {
            return;
        }

        foreach (var (name, value) in members)
        {
            if (!Known.Contains(name) && !name.StartsWith("x-", StringComparison.Ordinal))
            {
                throw new FormatException($"{path}: the keyword {name} is not checked by this system.");
            }

            switch (name)
            {
                case "properties" or "$defs" or "definitions":
                    foreach (var (child, node) in (value as JsonObject) ?? [])
                    {
                        RefuseUnknownKeywords(node, $"{path}/{name}/{child}");
                    }

                    break;
                case "items" or "not" or "additionalProperties":
                    RefuseUnknownKeywords(value, $"{path}/{name}");
                    break;
                case "oneOf" or "anyOf" or "allOf":
                    foreach (var node in (value as JsonArray) ?? [])
                    {
                        RefuseUnknownKeywords(node, $"{path}/{name}");
                    }

                    break;
            }
        }
    }

    private static IEnumerable<ValidationError> Flatten(ValidationError error) =>
        error is ChildSchemaValidationError parent && parent.Errors.Count > 0
            ? parent.Errors.SelectMany(e => e.Value).SelectMany(Flatten)
            : [error];

    private static string Field(ValidationError error) =>
        (error.Path ?? "#").TrimStart('#', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');

    private static string Sentence(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "请填写此项。",
        ValidationErrorKind.StringExpected or ValidationErrorKind.StringTooShort => "请填写此项。",
        ValidationErrorKind.StringTooLong => "内容太长。",
        ValidationErrorKind.PatternMismatch => "格式不对。",
        ValidationErrorKind.NotInEnumeration => "请从给出的选项中选择。",
        ValidationErrorKind.NumberExpected or ValidationErrorKind.IntegerExpected => "请填写数字。",
        ValidationErrorKind.NumberTooSmall or ValidationErrorKind.IntegerTooBig or ValidationErrorKind.NumberTooBig => "数值超出允许范围。",
        ValidationErrorKind.NumberNotMultipleOf or ValidationErrorKind.IntegerNotMultipleOf => "金额最多保留两位小数。",
        ValidationErrorKind.ArrayExpected => "这里应为列表。",
        ValidationErrorKind.ObjectExpected => "这里应为一组字段。",
        ValidationErrorKind.BooleanExpected => "请选择是或否。",
        ValidationErrorKind.DateExpected or ValidationErrorKind.DateTimeExpected => "请填写日期，例如 2026-03-02。",
        ValidationErrorKind.TooFewItems => "请至少填写一项。",
        ValidationErrorKind.TooManyItems => "填写的项目太多。",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => "表单没有这一项。",
        _ => $"填写不符合要求（{error.Kind}）。",
    };
}
