using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.People;

/// <summary>
/// What the fields of people look like wherever they stand in an application (<c>docs/forms.md</c>): names, telephones and
/// identity numbers. A schema only knows patterns; these rules hold for the counter, online and programs alike, and pages ask
/// the same ones while the form is filled in.
/// </summary>
public static class FormVocabulary
{
    private const string NameMarks = "·•‧・ .'’-（）()";

    /// <summary>Letters of any script, and what stands between them in names of minorities and foreigners.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Any(Rune.IsLetter) && text.EnumerateRunes().All(IsNameRune);
    }

    /// <summary>A mobile number of 11 digits, or a landline of 7 or 8 with its area code, as written in the country.</summary>
    public static bool IsPhone(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = new string([.. text.Where(c => c is not (' ' or '-'))]);
        digits = digits.StartsWith("+86", StringComparison.Ordinal) ? digits[3..] : digits;
        return digits.All(char.IsAsciiDigit) && digits switch
        {
            ['1', >= '3', ..] => digits.Length == 11,
            ['0', ..] => digits.Length is >= 10 and <= 12,
            _ => digits.Length is 7 or 8,
        };
    }

    /// <summary>What is wrong, by field (<c>applicant/phone</c>); what was left empty is the schema's matter.</summary>
    public static IReadOnlyDictionary<string, string[]> Faults(JsonObject form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (field, property, text) in Texts(form, "", ""))
        {
            if (text.Length > 0 && Wrong(property, text) is { } sentence)
            {
                faults[field] = [sentence];
            }
        }

        return faults;
    }

    /// <summary>Refuses a form in which something is wrong.</summary>
    /// <exception cref="InvalidInputException">With each field and what is wrong.</exception>
    public static void Require(JsonObject form)
    {
        if (Faults(form) is { Count: > 0 } faults)
        {
            throw new InvalidInputException(faults);
        }
    }

    private static string? Wrong(string property, string text) => property switch
    {
        "idNumber" => ResidentIdNumber.TryParse(text, out _, out var wrong) ? null : wrong,
        "name" => IsName(text) ? null : "姓名只能由汉字、字母和间隔号组成，请按身份证填写。",
        "phone" => IsPhone(text) ? null : "请填写手机号（11位），或带区号的座机号。",
        _ => null,
    };

    private static bool IsNameRune(Rune rune) =>
        Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (rune.IsBmp && NameMarks.Contains((char)rune.Value, StringComparison.Ordinal));

    private static IEnumerable<(string Field, string Property, string Text)> Texts(JsonNode? node, string path, string property) => node switch
    {
        JsonObject members => members.SelectMany(m => Texts(m.Value, path.Length == 0 ? m.Key : $"{path}/{m.Key}", m.Key)),
        JsonArray items => items.SelectMany((item, i) => Texts(item, $"{path}/{i.ToString(CultureInfo.InvariantCulture)}", property)),
        JsonValue value when value.TryGetValue<string>(out var text) => [(path, property, text.Trim())],
        _ => [],
    };
}
