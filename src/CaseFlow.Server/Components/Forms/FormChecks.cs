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

        foreach (var (field, sentences) in FormVocabulary.Faults(form))
        {
            if (asks(FormMistakes.Pointer(field)))
            {
                mistakes[FormMistakes.Pointer(field)] = [words.OfVocabulary(Property(field)) ?? sentences[0]];
            }
        }

        foreach (var (consent, i) in form.Objects("consents").Select((c, i) => (c, i)))
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/consents/{i}/signedOn");
            if (asks(pointer) && consent.Text("signedOn") is { } signedOn && !IsPast(signedOn))
            {
                mistakes.TryAdd(pointer, [words.NotAfterToday]);
            }
        }

        return mistakes;
    }

    private bool IsPast(string text) =>
        !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day <= clock.Today;

    private static string Property(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..];
}
