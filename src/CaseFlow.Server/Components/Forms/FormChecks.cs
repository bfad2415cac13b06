using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Server.Components.Forms;

/// <summary>
/// Says at the page where something is entered what would be refused when the whole form is submitted, at the counter and
/// online alike: the schema, check digits, names, telephones, and days that cannot be.
/// </summary>
internal sealed class FormChecks(FormValidator validator, IBusinessClock clock, FormWords words)
{
    private const string NameMarks = "·•・ .'’-（）()";

    /// <summary>What is wrong with the answers of one page, beside what reading them has found.</summary>
    /// <param name="schemaJson">Schema of the whole form.</param>
    /// <param name="form">The form so far.</param>
    /// <param name="asks">Whether the page asks for a place, as JSON pointer.</param>
    /// <param name="read">What reading has found.</param>
    /// <param name="cancellationToken">Stops checking.</param>
    public async Task<Dictionary<string, string[]>> MistakesAsync(
        string schemaJson, JsonObject form, Func<string, bool> asks, IReadOnlyDictionary<string, string[]> read, CancellationToken cancellationToken)
    {
        var mistakes = new Dictionary<string, string[]>(read, StringComparer.Ordinal);
        try
        {
            await validator.CheckAsync(schemaJson, form, cancellationToken);
        }
        catch (InvalidInputException invalid)
        {
            foreach (var (pointer, sentences) in FormMistakes.Of(invalid))
            {
                if (asks(pointer) && !mistakes.Keys.Any(k => k.StartsWith(pointer + '/', StringComparison.Ordinal)))
                {
                    mistakes.TryAdd(pointer, [words.OfVocabulary(Property(pointer)) ?? sentences[0]]);
                }
            }
        }

        foreach (var (pointer, text) in Texts(form, "").Where(t => t.Text.Length > 0 && asks(t.Pointer)))
        {
            if (Wrong(Property(pointer), text) is { } sentence && !(Property(pointer) is "signedOn" && mistakes.ContainsKey(pointer)))
            {
                mistakes[pointer] = [sentence];
            }
        }

        return mistakes;
    }

    /// <summary>Letters of any script, and what stands between them in names of minorities and foreigners.</summary>
    public static bool IsName(string text) =>
        text.Any(char.IsLetter) && text.All(c => char.IsLetter(c) || char.IsSurrogate(c) || NameMarks.Contains(c, StringComparison.Ordinal));

    /// <summary>A mobile number of 11 digits, or a landline of 7 or 8 with its area code, as written in the country.</summary>
    public static bool IsPhone(string text)
    {
        var digits = new string([.. text.Where(c => c is not (' ' or '-'))]);
        digits = digits.StartsWith("+86", StringComparison.Ordinal) ? digits[3..] : digits;
        return digits.All(char.IsAsciiDigit) && digits switch
        {
            ['1', >= '3', ..] => digits.Length == 11,
            ['0', ..] => digits.Length is >= 10 and <= 12,
            _ => digits.Length is 7 or 8,
        };
    }

    private string? Wrong(string property, string text) => property switch
    {
        "idNumber" => ResidentIdNumber.TryParse(text, out _, out var wrong) ? null : wrong,
        "name" => IsName(text) ? null : words.OfVocabulary(property),
        "phone" => IsPhone(text) ? null : words.OfVocabulary(property),
        "signedOn" => IsPast(text) ? null : words.NotAfterToday,
        _ => null,
    };

    private bool IsPast(string text) =>
        !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day <= clock.Today;

    private static string Property(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..];

    private static IEnumerable<(string Pointer, string Text)> Texts(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value, $"{path}/{p.Key}")),
        JsonArray a => a.SelectMany((n, i) => Texts(n, $"{path}/{i}")),
        JsonValue v => [(path, FormReader.Shown(v))],
        _ => [],
    };
}
