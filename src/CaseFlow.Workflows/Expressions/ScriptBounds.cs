using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace CaseFlow.Workflows.Expressions;

/// <summary>
/// Bounds the functions of the language that make a long text or list in a single call. The limits of the script engine are
/// looked at between statements, so that one call such as <c>'x'.repeat(5e8)</c> would take the memory and the time of a
/// thousand statements before anybody looks.
/// </summary>
internal sealed class ScriptBounds
{
    /// <summary>Most elements of a list that is made at once.</summary>
    public const uint MostElements = 1_000_000;

    /// <summary>Most characters of a text that is made at once: what half of the memory of a script holds.</summary>
    private const double MostCharacters = 16_000_000;

    private readonly Engine _engine;
    private readonly JsValue _match;

    private ScriptBounds(Engine engine)
    {
        _engine = engine;
        _match = Prototype("String").Get("match");
    }

    /// <summary>Bounds the functions of an engine.</summary>
    public static void Set(Engine engine)
    {
        var bounds = new ScriptBounds(engine);
        var text = bounds.Prototype("String");
        bounds.Bound(text, "repeat", (self, args) => Length(self) * Number(args, 0));
        bounds.Bound(text, "padStart", (_, args) => Number(args, 0));
        bounds.Bound(text, "padEnd", (_, args) => Number(args, 0));
        bounds.Bound(text, "concat", (self, args) => Length(self) + args.Sum(Length));
        bounds.Bound(text, "replace", (self, args) => bounds.Replaced(self, args, all: false));
        bounds.Bound(text, "replaceAll", (self, args) => bounds.Replaced(self, args, all: true));
        bounds.Bound(text, "split", (self, _) => Length(self));
        var list = bounds.Prototype("Array");
        bounds.Bound(list, "join", Joined);
        bounds.Bound(list, "fill", (self, _) => Listed(self));
        bounds.Bound(list, "concat", (self, args) => Listed(self) + args.Sum(Listed));
        bounds.BuffersOf("ArrayBuffer", "SharedArrayBuffer", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array");
    }

    private ObjectInstance Prototype(string type) => _engine.Global.Get(type).AsObject().Get("prototype").AsObject();

    /// <summary>Puts a function before another that refuses what would become too long; characters are counted.</summary>
    private void Bound(ObjectInstance owner, string name, Func<JsValue, JsValue[], double> characters)
    {
        var original = owner.Get(name);
        var bounded = new ClrFunction(_engine, name, (self, args) =>
        {
            if (characters(self, args) is var length && length > MostCharacters)
            {
                throw TooLong($"{name} would make {length.ToString("N0", CultureInfo.InvariantCulture)} characters");
            }

            return _engine.Call(original, self, args);
        });
        owner.FastSetProperty(name, new PropertyDescriptor(bounded, writable: true, enumerable: false, configurable: true));
    }

    /// <summary>Raw memory has no use in an expression, and its constructors know no limit.</summary>
    private void BuffersOf(params string[] names)
    {
        foreach (var name in names)
        {
            _engine.Global.Delete(name);
        }
    }

    private static MemoryLimitExceededException TooLong(string what) => new($"The script has used too much memory: {what}.");

    private static double Number(JsValue[] args, int index) => index < args.Length ? TypeConverter.ToNumber(args[index]) : 0;

    private static double Length(JsValue value) => value.IsString() ? value.AsString().Length : 0;

    /// <summary>Elements of a list, counted like characters of a text that is as long in memory.</summary>
    private static double Listed(JsValue value) =>
        value is ObjectInstance list && list.Get("length") is { } length && length.IsNumber()
            ? length.AsNumber() / MostElements * MostCharacters
            : 0;

    /// <summary>
    /// What a replacement makes of a text: <c>$1</c> and <c>$&amp;</c> repeat what was found, <c>$`</c> and <c>$'</c> all that stands
    /// before or behind it.
    /// </summary>
    private double Replaced(JsValue self, JsValue[] args, bool all)
    {
        var length = Length(self);
        if (args.Length < 2 || !args[1].IsString())
        {
            return length;
        }

        var by = args[1].AsString();
        var around = (double)(by.Split("$`").Length + by.Split("$'").Length - 2);
        var each = by.Length + (around * length);
        var found = length * by.Count(c => c == '$');
        var times = all || (args[0] is ObjectInstance pattern && TypeConverter.ToBoolean(pattern.Get("global"))) ? length + 1 : 1;
        return length + found + (times * each) > MostCharacters ? length + found + (Times(self, args[0], times) * each) : length;
    }

    /// <summary>How often a pattern occurs; counted only where the worst case would be too much.</summary>
    private double Times(JsValue self, JsValue pattern, double most)
    {
        if (most <= 1)
        {
            return most;
        }

        if (!pattern.IsString())
        {
            return _engine.Call(_match, self, [pattern]) is ObjectInstance found ? TypeConverter.ToNumber(found.Get("length")) : 0;
        }

        var part = pattern.AsString();
        return part.Length == 0 ? most : (Length(self) - self.AsString().Replace(part, "", StringComparison.Ordinal).Length) / part.Length;
    }

    private static double Joined(JsValue self, JsValue[] args)
    {
        if (self is not ObjectInstance list || list.Get("length") is not { } counted || !counted.IsNumber())
        {
            return 0;
        }

        var separator = args.Length > 0 && args[0].IsString() ? args[0].AsString().Length : 1;
        var count = counted.AsNumber();
        var characters = count * separator;
        for (var i = 0; i < count && characters <= MostCharacters; i++)
        {
            characters += Length(list.Get(i));
        }

        return characters;
    }
}
