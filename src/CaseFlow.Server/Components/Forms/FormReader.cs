using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.Components.Forms;

/// <summary>
/// Reads a posted form into JSON by its fields. What cannot be read as the kind of its field stays as typed, so that the
/// page shows it again beside its error; full-width digits, commas and blanks in numbers are accepted.
/// </summary>
internal sealed class FormReader
{
    private readonly IFormCollection _posted;
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);
    private readonly List<(string From, string To)> _renumbered = [];

    private readonly FormWords _words;

    private FormReader(IFormCollection posted, FormWords words)
    {
        _posted = posted;
        _words = words;
    }

    /// <summary>Reads the form.</summary>
    /// <returns>The data, and sentences by JSON pointer for what could not be read or is missing.</returns>
    public static (JsonObject Data, IReadOnlyDictionary<string, string[]> Errors) Read(
        SchemaField form, IFormCollection posted, FormWords words)
    {
        var reader = new FormReader(posted, words);
        var data = reader.ReadGroup(form, FieldPath.Root);
        return (data, reader._errors);
    }

    private JsonObject ReadGroup(SchemaField group, FieldPath path)
    {
        var data = new JsonObject();
        foreach (var field in group.Children)
        {
            if (field.ReadOnly || !Applies(field, data))
            {
                continue;
            }

            if (ReadField(field, path.Of(field.Property)) is { } value)
            {
                data[field.Property] = value;
            }
        }

        return data;
    }

    /// <summary>Whether a field is asked for, given what its group holds.</summary>
    public static bool Applies(SchemaField field, JsonObject? group) => field.When is not { } when
        || when.Values.Contains(Shown(group?[when.Field]), StringComparer.Ordinal);

    /// <summary>A value as the text that a control holds.</summary>
    public static string Shown(JsonNode? value) => value switch
    {
        null => "",
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(),
    };

    private JsonNode? ReadField(SchemaField field, FieldPath path) => field.Kind switch
    {
        FieldKind.Group => field.Required || !IsBlank(path) ? ReadGroup(field, path) : null,
        FieldKind.Repeated => ReadRepeated(field, path),
        FieldKind.ManyOf => ReadMany(field, path),
        FieldKind.Files => ReadFiles(field, path),
        FieldKind.Tick => JsonValue.Create(_posted[path.Name].Contains("true")),
        FieldKind.YesNo => ReadYesNo(field, path),
        _ => ReadOne(field, path),
    };

    private JsonValue? ReadYesNo(SchemaField field, FieldPath path)
    {
        if (bool.TryParse(_posted[path.Name].FirstOrDefault(), out var answer))
        {
            return JsonValue.Create(answer);
        }

        if (field.Required)
        {
            Wrong(path, _words.Choose(field.Label));
        }

        return null;
    }

    private JsonValue? ReadOne(SchemaField field, FieldPath path)
    {
        var typed = _posted[path.Name].FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim() ?? "";
        if (typed.Length == 0)
        {
            if (field.Required)
            {
                Wrong(path, field.Options.Count > 0 ? _words.Choose(field.Label) : _words.Fill(field.Label));
            }

            return null;
        }

        return field.Kind switch
        {
            FieldKind.Integer or FieldKind.Number or FieldKind.Fen => ReadNumber(field, path, typed),
            FieldKind.Date => DateOnly.TryParse(Narrow(typed), CultureInfo.InvariantCulture, out var day) && day.Year is >= 1900 and <= 2200
                ? JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                : AsTyped(path, typed, _words.Day),
            _ => JsonValue.Create(IsNumberInText(field.Property) ? Narrow(typed).Replace('x', 'X') : typed),
        };
    }

    /// <summary>Numbers of the vocabulary that are kept as text: phones type them with blanks or full-width digits.</summary>
    private static bool IsNumberInText(string property) => property is "idNumber" or "phone" or "bankAccount";

    private JsonValue ReadNumber(SchemaField field, FieldPath path, string typed)
    {
        var narrow = Narrow(typed);
        if (!decimal.TryParse(narrow, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) > 9_999_999_999m)
        {
            return AsTyped(path, typed, field.Most is not null && narrow.All(char.IsAsciiDigit) ? _words.Range(field.Least, field.Most) : _words.Number);
        }

        if (number < field.Least || number > field.Most)
        {
            return AsTyped(path, typed, _words.Range(field.Least, field.Most));
        }

        if (field.Kind == FieldKind.Number)
        {
            return field.MultipleOf is { } step and > 0 && number % step != 0
                ? AsTyped(path, typed, step == 0.01m ? _words.TwoDecimals : _words.Number)
                : JsonValue.Create(number);
        }

        var whole = field.Kind == FieldKind.Fen ? number * 100m : number;
        return whole == decimal.Truncate(whole)
            ? JsonValue.Create((long)whole)
            : AsTyped(path, typed, field.Kind == FieldKind.Fen ? _words.TwoDecimals : _words.Whole);
    }

    private JsonArray ReadMany(SchemaField field, FieldPath path)
    {
        var known = field.Options.Select(o => o.Value).ToHashSet(StringComparer.Ordinal);
        var chosen = _posted[path.Name].OfType<string>().Where(known.Contains).Distinct(StringComparer.Ordinal).ToList();
        if (chosen.Count < (field.MinItems ?? (field.Required ? 1 : 0)))
        {
            Wrong(path, _words.Choose(field.Label));
        }

        return new JsonArray([.. chosen.Select(c => (JsonNode)JsonValue.Create(c))]);
    }

    private JsonArray ReadRepeated(SchemaField field, FieldPath path)
    {
        var prefix = path.Name + ".";
        var indexes = _posted.Keys
            .Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
            .Select(k => k[prefix.Length..].Split('.')[0])
            .Where(i => int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(i => int.Parse(i, CultureInfo.InvariantCulture))
            .Distinct().Order().Take(field.MaxItems ?? 50).ToList();
        var rows = new JsonArray();
        foreach (var index in indexes.Where(i => !IsBlank(path.At(i))))
        {
            _renumbered.Add((path.At(index).Pointer + "/", path.At(rows.Count).Pointer + "/"));
            rows.Add(ReadGroup(field, path.At(index)));
        }

        if (rows.Count < (field.MinItems ?? 0))
        {
            Wrong(path, _words.AtLeast(field.Label, field.MinItems ?? 0));
        }

        return rows;
    }

    /// <summary>Nothing was entered: an entry of a list falls out, an optional group is left out with what it requires.</summary>
    private bool IsBlank(FieldPath path)
    {
        var prefix = path.Name + ".";
        return _posted.Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal))
            .All(p => p.Value.All(string.IsNullOrWhiteSpace));
    }

    private JsonArray? ReadFiles(SchemaField field, FieldPath path)
    {
        var kept = _posted[path.Name].OfType<string>().Select(ParseKept).OfType<JsonNode>().ToArray();
        var added = _posted.Files.Count(f => f.Name == path.Name && f.Length > 0);
        if (kept.Length + added < (field.MinItems ?? (field.Required ? 1 : 0)))
        {
            Wrong(path, _words.Files(field.Label, field.MinItems ?? 1));
        }

        return kept.Length == 0 ? null : new JsonArray(kept);
    }

    private static JsonObject? ParseKept(string text)
    {
        var parts = text.Split('|', 3);
        return parts.Length == 3
            ? new JsonObject { ["blobHash"] = parts[0], ["contentType"] = parts[1], ["fileName"] = parts[2] }
            : null;
    }

    private JsonValue AsTyped(FieldPath path, string typed, string sentence)
    {
        Wrong(path, sentence);
        return JsonValue.Create(typed);
    }

    /// <summary>Empty entries fall out, so an error is told at the place that its entry has afterwards.</summary>
    private void Wrong(FieldPath path, string sentence)
    {
        var move = _renumbered.Find(m => path.Pointer.StartsWith(m.From, StringComparison.Ordinal));
        _errors[move.From is null ? path.Pointer : move.To + path.Pointer[move.From.Length..]] = [sentence];
    }

    /// <summary>Full-width digits, points, signs and commas as their narrow forms; grouping and blanks left out.</summary>
    internal static string Narrow(string text)
    {
        var narrow = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (c is not (',' or ' ' or '、'))
            {
                narrow.Append(c is '。' ? '.' : c is '−' or '—' ? '-' : c);
            }
        }

        return narrow.ToString();
    }
}
