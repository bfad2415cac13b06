using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Workflows.Values;
using Jint;
using Jint.Native;
using Jint.Native.Date;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;

namespace CaseFlow.Workflows.Expressions;

/// <summary>Values into scripts and back. Scripts get copies: changing them changes no variable.</summary>
internal static class ScriptValues
{
    private const int MaximumDepth = 64;

    public static JsValue ToScript(Engine engine, object? value) => value switch
    {
        null => JsValue.Null,
        JsValue js => js,
        string s => JsString.Create(s),
        bool b => b ? JsBoolean.True : JsBoolean.False,
        int i => JsNumber.Create(i),
        double d => JsNumber.Create(d),
        long or decimal or float or short or byte => JsNumber.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTimeOffset at => JsValue.FromObject(engine, at.UtcDateTime),
        DateTime at => JsValue.FromObject(engine, at.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(at, DateTimeKind.Utc) : at.ToUniversalTime()),
        JsonNode node => ToScript(engine, JsonValues.FromNode(node)),
        IDictionary<string, object?> map => FromMap(engine, map),
        byte[] bytes => JsString.Create(Convert.ToBase64String(bytes)),
        IDictionary map => FromMap(engine, Pairs(map)),
        IEnumerable items => FromItems(engine, items),
        DateOnly or TimeOnly or TimeSpan or Guid or Uri or Enum => JsString.Create(ValueConversion.ToText(value)),
        _ => ToScript(engine, JsonValues.Parse(JsonValues.ToJson(value))),
    };

    public static object? ToPlain(JsValue value) => ToPlain(value, 0);

    private static object? ToPlain(JsValue value, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidOperationException("The value of the script is nested too deeply, or contains itself.");
        }

        if (value.IsNull() || value.IsUndefined())
        {
            return null;
        }

        if (value.IsString())
        {
            return value.AsString();
        }

        if (value.IsBoolean())
        {
            return value.AsBoolean();
        }

        if (value.IsNumber())
        {
            return Number(value.AsNumber());
        }

        return value switch
        {
            JsBigInt big => long.Parse(big.ToString(), CultureInfo.InvariantCulture),
            JsDate date => new DateTimeOffset(date.ToDateTime().ToUniversalTime(), TimeSpan.Zero),
            JsArray array => array.Select(x => ToPlain(x, depth + 1)).ToList(),
            Function => null,
            ObjectInstance o => FromObject(o, depth),
            _ => value.ToString(),
        };
    }

    private static object Number(double number)
    {
        if (number == Math.Floor(number) && Math.Abs(number) < 9007199254740992)
        {
            var whole = (long)number;
            return whole is >= int.MinValue and <= int.MaxValue ? (int)whole : whole;
        }

        return number;
    }

    private static object? FromObject(ObjectInstance o, int depth)
    {
        if (o is Jint.Runtime.Interop.IObjectWrapper wrapper)
        {
            return wrapper.Target;
        }

        var result = new Dictionary<string, object?>();
        foreach (var (key, property) in o.GetOwnProperties())
        {
            if (key.IsString() && property.Enumerable)
            {
                var member = o.Get(key);
                if (member is not Function && !member.IsUndefined())
                {
                    result[key.AsString()] = ToPlain(member, depth + 1);
                }
            }
        }

        return result;
    }

    private static JsObject FromMap(Engine engine, IEnumerable<KeyValuePair<string, object?>> map)
    {
        var result = new JsObject(engine);
        foreach (var (key, value) in map)
        {
            result.Set(key, ToScript(engine, value));
        }

        return result;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return KeyValuePair.Create(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value);
        }
    }

    private static JsArray FromItems(Engine engine, IEnumerable items)
    {
        var list = new List<JsValue>();
        foreach (var item in items)
        {
            list.Add(ToScript(engine, item));
        }

        return new JsArray(engine, [.. list]);
    }
}
