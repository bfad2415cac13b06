using System.Text.Json.Nodes;
using CaseFlow.Workflows.Activities;

namespace CaseFlow.Workflows.Values;

/// <summary>The names by which definitions call the types of values.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<string, Type> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Object"] = typeof(object),
        ["Any"] = typeof(object),
        ["String"] = typeof(string),
        ["Boolean"] = typeof(bool),
        ["Bool"] = typeof(bool),
        ["Byte"] = typeof(byte),
        ["Int16"] = typeof(short),
        ["Int32"] = typeof(int),
        ["Int"] = typeof(int),
        ["Int64"] = typeof(long),
        ["Long"] = typeof(long),
        ["Single"] = typeof(float),
        ["Double"] = typeof(double),
        ["Decimal"] = typeof(decimal),
        ["Guid"] = typeof(Guid),
        ["DateTime"] = typeof(DateTime),
        ["DateTimeOffset"] = typeof(DateTimeOffset),
        ["DateOnly"] = typeof(DateOnly),
        ["TimeOnly"] = typeof(TimeOnly),
        ["TimeSpan"] = typeof(TimeSpan),
        ["Uri"] = typeof(Uri),
        ["StringDictionary"] = typeof(IDictionary<string, string>),
        ["ObjectDictionary"] = typeof(IDictionary<string, object>),
        ["IDictionary<string, object>"] = typeof(IDictionary<string, object>),
        ["IDictionary<string, string>"] = typeof(IDictionary<string, string>),
        ["Dictionary<string, object>"] = typeof(IDictionary<string, object>),
        ["ExpandoObject"] = typeof(IDictionary<string, object>),
        ["JSON"] = typeof(JsonNode),
        ["JsonElement"] = typeof(JsonNode),
        ["JsonNode"] = typeof(JsonNode),
        ["JsonObject"] = typeof(JsonNode),
        ["JsonArray"] = typeof(JsonNode),
        ["ByteArray"] = typeof(byte[]),
        ["FlowJoinMode"] = typeof(FlowJoinMode),
    };

    private static readonly Dictionary<Type, string> ByType = new()
    {
        [typeof(object)] = "Object",
        [typeof(string)] = "String",
        [typeof(bool)] = "Boolean",
        [typeof(byte)] = "Byte",
        [typeof(short)] = "Int16",
        [typeof(int)] = "Int32",
        [typeof(long)] = "Int64",
        [typeof(float)] = "Single",
        [typeof(double)] = "Double",
        [typeof(decimal)] = "Decimal",
        [typeof(Guid)] = "Guid",
        [typeof(DateTime)] = "DateTime",
        [typeof(DateTimeOffset)] = "DateTimeOffset",
        [typeof(DateOnly)] = "DateOnly",
        [typeof(TimeOnly)] = "TimeOnly",
        [typeof(TimeSpan)] = "TimeSpan",
        [typeof(Uri)] = "Uri",
        [typeof(JsonNode)] = "JsonNode",
        [typeof(byte[])] = "ByteArray",
        [typeof(FlowJoinMode)] = "FlowJoinMode",
        [typeof(ExecuteWorkflowResult)] = "ExecuteWorkflowResult",
        [typeof(SwitchMode)] = "UnregisteredClrType:Elsa.Workflows.SwitchMode, Elsa.Workflows.Core",
        [typeof(ForkJoinMode)] = "UnregisteredClrType:Elsa.Workflows.ForkJoinMode, Elsa.Workflows.Core",
        [typeof(Variable)] = "UnregisteredClrType:Elsa.Workflows.Memory.Variable, Elsa.Workflows.Core",
        [typeof(ICollection<SwitchCase>)] =
            "UnregisteredClrType:System.Collections.Generic.ICollection`1[[Elsa.Workflows.Activities.SwitchCase, Elsa.Workflows.Core]], System.Private.CoreLib",
        [typeof(ICollection<FlowSwitchCase>)] =
            "UnregisteredClrType:System.Collections.Generic.ICollection`1[[Elsa.Workflows.Activities.Flowchart.Models.FlowSwitchCase, Elsa.Workflows.Core]], System.Private.CoreLib",
    };

    /// <summary>Finds the type of a name; null for names that are not known.</summary>
    public static Type? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        name = name.Trim();
        if (name.StartsWith("UnregisteredClrType:", StringComparison.Ordinal))
        {
            name = name["UnregisteredClrType:".Length..];
        }

        if (ByName.TryGetValue(name, out var type))
        {
            return type;
        }

        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return Find(name[..^2]) is { } element ? typeof(List<>).MakeGenericType(element) : null;
        }

        if (name.StartsWith("List<", StringComparison.OrdinalIgnoreCase) && name.EndsWith('>'))
        {
            return Find(name[5..^1]) is { } element ? typeof(List<>).MakeGenericType(element) : null;
        }

        return FindClrName(name);
    }

    /// <summary>The name of a type as Elsa writes it.</summary>
    public static string Of(Type type)
    {
        if (ByType.TryGetValue(type, out var name))
        {
            return name;
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner);
        }

        if (typeof(IDictionary<string, object>).IsAssignableFrom(type) || typeof(IDictionary<string, object?>).IsAssignableFrom(type))
        {
            return "ObjectDictionary";
        }

        if (typeof(IDictionary<string, string>).IsAssignableFrom(type))
        {
            return "StringDictionary";
        }

        if (type.IsGenericType && type.GetGenericArguments() is [var element] && typeof(System.Collections.IEnumerable).IsAssignableFrom(type))
        {
            return $"List<{Of(element)}>";
        }

        return typeof(JsonNode).IsAssignableFrom(type) ? "JsonNode" : $"UnregisteredClrType:{type.FullName}, {type.Assembly.GetName().Name}";
    }

    private static Type? FindClrName(string name)
    {
        var bare = name.Split(',')[0].Trim();
        if (bare.StartsWith("System.", StringComparison.Ordinal) && ByName.TryGetValue(bare["System.".Length..], out var type))
        {
            return type;
        }

        return bare switch
        {
            "Elsa.Workflows.SwitchMode" or "SwitchMode" => typeof(SwitchMode),
            "Elsa.Workflows.ForkJoinMode" or "ForkJoinMode" => typeof(ForkJoinMode),
            "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode" => typeof(FlowJoinMode),
            "System.Dynamic.ExpandoObject" => typeof(IDictionary<string, object>),
            "System.Text.Json.Nodes.JsonObject" or "System.Text.Json.Nodes.JsonNode" or "System.Text.Json.JsonElement" => typeof(JsonNode),
            _ => null,
        };
    }
}
