using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseFlow.Workflows.Values;

namespace CaseFlow.Workflows.State;

/// <summary>
/// Writes values so that they come back with their types: what JSON knows as it is, floating-point numbers always with a point
/// or an exponent, everything else as <c>{"$t": type, "v": text}</c>.
/// </summary>
internal sealed class TypedValueConverter : JsonConverter<object>
{
    private const string TypeMember = "$t";
    private const string ValueMember = "v";

    public override bool HandleNull => true;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return ReadNumber(ref reader);
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(Read(ref reader, typeof(object), options));
                }

                return list;
            default:
                return ReadObject(ref reader, options);
        }
    }

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string s:
                writer.WriteStringValue(s);
                break;
            case bool b:
                writer.WriteBooleanValue(b);
                break;
            case int i:
                writer.WriteNumberValue(i);
                break;
            case long l:
                WriteLong(writer, l);
                break;
            case double d:
                WriteDouble(writer, d);
                break;
            case JsonElement element:
                Write(writer, JsonValues.FromElement(element), options);
                break;
            case IDictionary<string, object?> map:
                WriteMap(writer, map, options);
                break;
            case IEnumerable items when value is not (JsonNode or byte[] or IDictionary):
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item, options);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteTyped(writer, value);
                break;
        }
    }

    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        var raw = reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan;
        if (raw.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
        {
            return reader.GetDouble();
        }

        if (reader.TryGetInt32(out var i))
        {
            return i;
        }

        return reader.TryGetInt64(out var l) ? (object)l : reader.GetDouble();
    }

    private object? ReadObject(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var result = new Dictionary<string, object?>();
        string? type = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (type is null && result.Count == 0 && string.Equals(name, TypeMember, StringComparison.Ordinal))
            {
                type = reader.GetString();
            }
            else
            {
                result[name] = Read(ref reader, typeof(object), options);
            }
        }

        return type is null ? result : FromTyped(type, result.GetValueOrDefault(ValueMember));
    }

    private void WriteMap(Utf8JsonWriter writer, IDictionary<string, object?> map, JsonSerializerOptions options)
    {
        var escaped = map.ContainsKey(TypeMember);
        if (escaped)
        {
            writer.WriteStartObject();
            writer.WriteString(TypeMember, "Map");
            writer.WritePropertyName(ValueMember);
            writer.WriteStartArray();
            foreach (var (key, value) in map)
            {
                writer.WriteStringValue(key);
                Write(writer, value, options);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, value) in map)
        {
            writer.WritePropertyName(key);
            Write(writer, value, options);
        }

        writer.WriteEndObject();
    }

    private static void WriteLong(Utf8JsonWriter writer, long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            WriteTagged(writer, "Int64", value.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (!double.IsFinite(value))
        {
            WriteTagged(writer, "Double", value.ToString(CultureInfo.InvariantCulture));
            return;
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text);
    }

    private static void WriteTagged(Utf8JsonWriter writer, string type, string text)
    {
        writer.WriteStartObject();
        writer.WriteString(TypeMember, type);
        writer.WriteString(ValueMember, text);
        writer.WriteEndObject();
    }

    private static void WriteTyped(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case decimal m:
                WriteTagged(writer, "Decimal", m.ToString(CultureInfo.InvariantCulture));
                break;
            case float f:
                WriteTagged(writer, "Single", f.ToString("R", CultureInfo.InvariantCulture));
                break;
            case short or byte:
                writer.WriteNumberValue(Convert.ToInt32(value, CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset or DateTime:
                WriteTagged(writer, value.GetType().Name, ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            case DateOnly date:
                WriteTagged(writer, "DateOnly", date.ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeOnly time:
                WriteTagged(writer, "TimeOnly", time.ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeSpan span:
                WriteTagged(writer, "TimeSpan", span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case Guid guid:
                WriteTagged(writer, "Guid", guid.ToString());
                break;
            case byte[] bytes:
                WriteTagged(writer, "ByteArray", Convert.ToBase64String(bytes));
                break;
            case Uri uri:
                WriteTagged(writer, "Uri", uri.ToString());
                break;
            case Enum e:
                writer.WriteStringValue(e.ToString());
                break;
            default:
                WriteTagged(writer, "Json", JsonValues.ToJson(value));
                break;
        }
    }

    private static object? FromTyped(string type, object? value) => type switch
    {
        "Map" => FromPairs((List<object?>)value!),
        "Json" => JsonNode.Parse((string)value!),
        _ => ValueConversion.To(value, TypeNames.Find(type) ?? throw new JsonException($"A state holds a value of the unknown type '{type}'.")),
    };

    private static Dictionary<string, object?> FromPairs(List<object?> pairs)
    {
        var result = new Dictionary<string, object?>();
        for (var i = 0; i + 1 < pairs.Count; i += 2)
        {
            result[(string)pairs[i]!] = pairs[i + 1];
        }

        return result;
    }
}
