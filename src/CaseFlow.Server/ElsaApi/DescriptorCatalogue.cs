using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// The activity types with their inputs and outcomes, as the designer's picker and property tabs show them. Studio asks for
/// the whole list again after every save, so it is written once per language and set of deadlines, and kept.
/// </summary>
internal sealed class DescriptorCatalogue(ActivityRegistry registry, DesignerLabels labels)
{
    private readonly ConcurrentDictionary<bool, (string Deadlines, byte[] Json)> written = new();

    /// <summary>The list in the language of the request, as JSON.</summary>
    /// <param name="deadlines">The periods that a step can be given: key and words.</param>
    public byte[] Activities(IReadOnlyDictionary<string, string> deadlines)
    {
        var key = string.Join('\n', deadlines.Values);
        var english = IsEnglish;
        return written.TryGetValue(english, out var kept) && kept.Deadlines == key
            ? kept.Json
            : (written[english] = (key, Write(english, deadlines))).Json;
    }

    /// <summary>Whether the request wants English.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    private byte[] Write(bool english, IReadOnlyDictionary<string, string> deadlines)
    {
        var items = registry.Descriptors.Select(d => Describe(d, english)).ToList();
        foreach (var input in items.SelectMany(i => i["inputs"]!.AsArray()).OfType<JsonObject>().Where(IsDeadline))
        {
            input["uiHint"] = "dropdown";
            input["uiSpecifications"] = DropDown(deadlines);
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["items"] = new JsonArray([.. items]), ["count"] = items.Count },
            ElsaJson.Options);
    }

    /// <summary>Our activities call a period of the policy <c>Rule</c> or <c>DueRule</c>.</summary>
    private static bool IsDeadline(JsonObject input) =>
        input["name"]!.ToString() is "Rule" or "DueRule" && input["typeName"]!.ToString() == "String";

    private static JsonObject DropDown(IReadOnlyDictionary<string, string> choices)
    {
        var items = choices.Select(c => (JsonNode)new JsonObject { ["text"] = c.Value, ["value"] = c.Key });
        return new JsonObject { ["dropdown"] = new JsonObject { ["selectList"] = new JsonObject { ["items"] = new JsonArray([.. items]), ["isFlagsEnum"] = false } } };
    }

    private JsonObject Describe(ActivityDescriptor type, bool english)
    {
        var json = new JsonObject
        {
            ["typeName"] = type.TypeName,
            ["clrType"] = type.ClrType?.FullName ?? type.TypeName,
            ["namespace"] = type.Namespace,
            ["name"] = type.Name,
            ["version"] = type.Version,
            ["category"] = labels.Category(type.Category, english),
            ["displayName"] = labels.Activity(type.TypeName, type.DisplayName, english),
            ["inputs"] = new JsonArray([.. type.Inputs.Select(i => Describe(type, i, english))]),
            ["outputs"] = new JsonArray([.. type.Outputs.Select(o => Describe(type, o, english))]),
            ["kind"] = type.Kind.ToString(),
            ["runAsynchronously"] = type.RunAsynchronously,
            ["ports"] = new JsonArray([.. type.Ports.Select(p => Describe(p, english))]),
            ["customProperties"] = JsonSerializer.SerializeToNode(type.CustomProperties, ElsaJson.Options),
            ["constructionProperties"] = new JsonObject(),
            ["isContainer"] = type.IsContainer,
            ["isBrowsable"] = type.IsBrowsable,
            ["isStart"] = type.IsStart,
            ["isTerminal"] = type.IsTerminal,
        };
        AddText(json, "description", labels.Description(type.TypeName, type.Description, english));
        return json;
    }

    private JsonObject Describe(ActivityDescriptor type, InputDescriptor input, bool english)
    {
        var json = new JsonObject
        {
            ["isWrapped"] = input.IsWrapped,
            ["uiHint"] = input.UIHint,
            ["isReadOnly"] = input.IsReadOnly,
            ["isSensitive"] = input.IsSensitive,
            ["autoEvaluate"] = input.AutoEvaluate,
            ["uiSpecifications"] = labels.Choices(JsonSerializer.SerializeToNode(input.UISpecifications, ElsaJson.Options)!, english),
            ["name"] = input.Name,
            ["typeName"] = input.TypeName,
            ["displayName"] = labels.Member(type.TypeName, input.Name, input.DisplayName, english),
            ["order"] = input.Order,
            ["isBrowsable"] = input.IsBrowsable,
            ["isSerializable"] = input.IsSerializable,
            ["isSynthetic"] = false,
        };
        AddText(json, "description", labels.Description($"{type.TypeName}.{input.Name}", input.Description, english));
        AddText(json, "category", input.Category is { } category ? labels.Category(category, english) : null);
        AddText(json, "defaultSyntax", input.DefaultSyntax);
        if (input.DefaultValue is { } value)
        {
            json["defaultValue"] = JsonSerializer.SerializeToNode(value, ElsaJson.Options);
        }

        return json;
    }

    private JsonObject Describe(ActivityDescriptor type, OutputDescriptor output, bool english)
    {
        var json = new JsonObject
        {
            ["name"] = output.Name,
            ["typeName"] = output.TypeName,
            ["displayName"] = labels.Member(type.TypeName, output.Name, output.DisplayName, english),
            ["order"] = 0,
            ["isBrowsable"] = output.IsBrowsable,
            ["isSerializable"] = output.IsSerializable,
            ["isSynthetic"] = false,
        };
        AddText(json, "description", labels.Description($"{type.TypeName}.{output.Name}", output.Description, english));
        return json;
    }

    private JsonObject Describe(PortDescriptor port, bool english) => new()
    {
        ["name"] = port.Name,
        ["displayName"] = labels.Outcome(port.Name, port.DisplayName, english),
        ["type"] = port.Type.ToString(),
        ["isBrowsable"] = port.IsBrowsable,
    };

    private static void AddText(JsonObject json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json[name] = text;
        }
    }
}
