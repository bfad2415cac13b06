using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Workflows.Values;

/// <summary>Conversions between the values of expressions, variables and inputs.</summary>
internal static class ValueConversion
{
    public static T? To<T>(object? value) => value switch
    {
        null => default,
        T typed => typed,
        _ => (T?)To(value, typeof(T)),
    };

    /// <summary>Converts a value to a type; what cannot be converted throws <see cref="FormatException"/> or <see cref="InvalidCastException"/>.</summary>
    public static object? To(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null)
        {
            return null;
        }

        if (type == typeof(object) || type.IsInstanceOfType(value))
        {
            return value;
        }

        if (value is JsonElement element)
        {
            return To(JsonValues.FromElement(element), type);
        }

        if (type == typeof(string))
        {
            return ToText(value);
        }

        if (type == typeof(bool))
        {
            return ToBoolean(value);
        }

        if (value is JsonValue scalar && !typeof(JsonNode).IsAssignableFrom(type))
        {
            return To(JsonValues.FromNode(scalar), type);
        }

        return value is string text ? FromText(text, type) : FromValue(value, type);
    }

    /// <summary>Converts to a boolean as Elsa does: what is neither a boolean, its text nor a number is false.</summary>
    public static bool ToBoolean(object? value) => value switch
    {
        null => false,
        bool b => b,
        string s => bool.TryParse(s.Trim(), out var b) && b,
        int or long or double or decimal or float or short or byte => Convert.ToDouble(value, CultureInfo.InvariantCulture) != 0,
        JsonValue v => ToBoolean(JsonValues.FromNode(v)),
        _ => false,
    };

    /// <summary>The text of a value: JSON for structures, invariant for numbers, ISO 8601 for instants.</summary>
    public static string ToText(object value) => value switch
    {
        string s => s,
        bool b => b ? "true" : "false",
        double d => NumberText(d),
        float f => NumberText(f),
        DateTimeOffset or DateTime => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        JsonNode node => node is JsonValue v && v.TryGetValue<string>(out var s) ? s : node.ToJsonString(JsonValues.Options),
        IDictionary or IList or IDictionary<string, object?> => JsonValues.ToJson(value),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The value that a variable of a type starts with when its default cannot be read.</summary>
    public static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private static string NumberText(double d) =>
        d == Math.Floor(d) && Math.Abs(d) < 1e15
            ? ((long)d).ToString(CultureInfo.InvariantCulture)
            : d.ToString("R", CultureInfo.InvariantCulture);

    private static object? FromText(string text, Type type)
    {
        if (type.IsEnum)
        {
            return Enum.Parse(type, text.Trim(), ignoreCase: true);
        }

        if (IsNumber(type))
        {
            return NumberFromText(text.Trim(), type);
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        }

        if (type == typeof(DateTimeOffset))
        {
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        }

        if (type == typeof(DateTime))
        {
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        }

        if (type == typeof(DateOnly))
        {
            return DateOnly.Parse(text, CultureInfo.InvariantCulture);
        }

        if (type == typeof(TimeOnly))
        {
            return TimeOnly.Parse(text, CultureInfo.InvariantCulture);
        }

        if (type == typeof(Guid))
        {
            return Guid.Parse(text);
        }

        if (type == typeof(Uri))
        {
            return new Uri(text, UriKind.RelativeOrAbsolute);
        }

        if (type == typeof(byte[]))
        {
            return Convert.FromBase64String(text);
        }

        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            return JsonNode.Parse(text);
        }

        return string.IsNullOrWhiteSpace(text) ? null : FromStructure(JsonValues.Parse(text), type);
    }

    private static object NumberFromText(string text, Type type)
    {
        if (type == typeof(long) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var l))
        {
            return l;
        }

        if (type == typeof(double) || type == typeof(float))
        {
            return Convert.ChangeType(double.Parse(text, CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture);
        }

        return Convert.ChangeType(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture);
    }

    private static object? FromValue(object value, Type type)
    {
        if (IsNumber(type) && (IsNumber(value.GetType()) || value is bool))
        {
            return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }

        if (type.IsEnum && IsNumber(value.GetType()))
        {
            return Enum.ToObject(type, Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }

        if (type == typeof(TimeSpan) && IsNumber(value.GetType()))
        {
            return TimeSpan.FromMilliseconds(Convert.ToDouble(value, CultureInfo.InvariantCulture));
        }

        return (value, type) switch
        {
            (DateTimeOffset at, _) when type == typeof(DateTime) => at.UtcDateTime,
            (DateTimeOffset at, _) when type == typeof(DateOnly) => DateOnly.FromDateTime(at.DateTime),
            (DateTime at, _) when type == typeof(DateTimeOffset) => AsOffset(at),
            (DateTime at, _) when type == typeof(DateOnly) => DateOnly.FromDateTime(at),
            (DateOnly date, _) when type == typeof(DateTime) => date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            (DateOnly date, _) when type == typeof(DateTimeOffset) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            _ => FromStructure(value, type),
        };
    }

    private static DateTimeOffset AsOffset(DateTime at) =>
        at.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(at, TimeSpan.Zero) : new DateTimeOffset(at);

    private static object? FromStructure(object? value, Type type)
    {
        if (value is null || type.IsInstanceOfType(value))
        {
            return value;
        }

        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            return JsonValues.ToNode(value);
        }

        if (value is JsonNode json)
        {
            return FromStructure(JsonValues.FromNode(json), type);
        }

        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments() is [var element])
        {
            return ToList(value, element, type);
        }

        if (type.IsArray && value is IEnumerable and not string)
        {
            var list = (IList)ToList(value, type.GetElementType()!, typeof(List<>).MakeGenericType(type.GetElementType()!));
            var array = Array.CreateInstance(type.GetElementType()!, list.Count);
            list.CopyTo(array, 0);
            return array;
        }

        if (IsNumber(type) || type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(TimeSpan) || type == typeof(Guid))
        {
            throw new InvalidCastException($"A value of type {value.GetType().Name} cannot become {type.Name}.");
        }

        return JsonSerializer.Deserialize(JsonValues.ToJson(value), type, JsonValues.Options);
    }

    private static object ToList(object value, Type element, Type target)
    {
        var listType = typeof(List<>).MakeGenericType(element);
        var list = (IList)Activator.CreateInstance(listType)!;
        var items = value is JsonNode node ? JsonValues.FromNode(node) : value;
        if (items is IEnumerable sequence and not string and not IDictionary)
        {
            foreach (var item in sequence)
            {
                list.Add(To(item, element));
            }
        }
        else
        {
            list.Add(To(items, element));
        }

        return target.IsAssignableFrom(listType) ? list : Activator.CreateInstance(target, list)!;
    }

    private static bool IsNumber(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal) ||
        type == typeof(float) || type == typeof(short) || type == typeof(byte);
}
