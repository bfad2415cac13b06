using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.Compilation;

/// <summary>Makes the slots of declared variables.</summary>
internal static class VariableSlots
{
    public static VariableSlot Of(VariableDefinition definition, Action<string> warn)
    {
        var type = TypeNames.Find(definition.TypeName);
        if (type is null)
        {
            warn($"Variable '{definition.Name}' has the unknown type '{definition.TypeName}' and is kept as an Object.");
            type = typeof(object);
        }

        if (definition.IsArray)
        {
            type = typeof(List<>).MakeGenericType(type);
        }

        return new VariableSlot(definition.Id, definition.Name, type, Initial(definition, type));
    }

    /// <summary>An empty text is no value; a value that cannot be read is the type's zero.</summary>
    private static object? Initial(VariableDefinition definition, Type type)
    {
        if (definition.Value is null or "")
        {
            return null;
        }

        try
        {
            return ValueConversion.To(definition.Value, type);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or System.Text.Json.JsonException or ArgumentException)
        {
            return ValueConversion.DefaultOf(type);
        }
    }
}
