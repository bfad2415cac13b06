using System.Text.Json.Nodes;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>A JSON object as a template sees it: read only, and strict: a field that is not there is an error with its path.</summary>
internal sealed class ModelObject : ScriptObject
{
    private readonly string _path;

    public ModelObject(JsonObject json, string path = "")
        : base(StringComparer.Ordinal)
    {
        _path = path;
        foreach (var (name, node) in json)
        {
            SetValue(name, Convert(node, path.Length == 0 ? name : $"{path}.{name}"), readOnly: true);
        }
    }

    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        if (base.TryGetValue(context, span, member, out value))
        {
            return true;
        }

        // The outermost object is asked for functions too, which the context finds elsewhere.
        return _path.Length == 0
            ? false
            : throw new ScriptRuntimeException(span, $"the model has no field {_path}.{member}");
    }

    private static object? Convert(JsonNode? node, string path) => node switch
    {
        JsonObject child => new ModelObject(child, path),
        JsonArray array => new ScriptArray(array.Select((item, i) => Convert(item, $"{path}[{i}]"))!) { IsReadOnly = true },
        JsonValue value => Scalar(value),
        _ => null,
    };

    private static object? Scalar(JsonValue value)
    {
        if (value.TryGetValue<bool>(out var flag))
        {
            return flag;
        }

        if (value.TryGetValue<long>(out var number))
        {
            return number;
        }

        return value.TryGetValue<decimal>(out var exact) ? exact : value.ToString();
    }
}
