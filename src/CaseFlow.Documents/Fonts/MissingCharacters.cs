using System.Globalization;
using System.Text;

namespace CaseFlow.Documents.Fonts;

/// <summary>
/// Characters that no face of the installation has. A notice with a rare name must still reach its reader, and must not hide
/// what is missing: each stands as the printer's 〓, and a note at the end says which characters they are.
/// </summary>
/// <param name="Html">The document with 〓 for each of them.</param>
/// <param name="Missing">The characters in the order in which they are met, each once.</param>
internal sealed record MissingCharacters(string Html, IReadOnlyList<Rune> Missing)
{
    private const char Stand = '〓';

    /// <summary>Looks through a document.</summary>
    public static MissingCharacters Find(string html, FontLibrary fonts)
    {
        var missing = new List<Rune>();
        StringBuilder? text = null;
        var at = 0;
        foreach (var rune in html.EnumerateRunes())
        {
            if (rune.Value > 0x7f && !fonts.Has(rune.Value))
            {
                text ??= new StringBuilder(html, 0, at, html.Length);
                if (!IsShown(rune))
                {
                    at += rune.Utf16SequenceLength;
                    continue;
                }

                text.Append(Stand);
                if (!missing.Contains(rune))
                {
                    missing.Add(rune);
                }
            }
            else
            {
                text?.Append(rune.ToString());
            }

            at += rune.Utf16SequenceLength;
        }

        return new MissingCharacters(text?.ToString() ?? html, missing);
    }

    /// <summary>The note; null where nothing is missing.</summary>
    public string? Note => Missing.Count == 0
        ? null
        : $"注：“{Stand}”处的字字库没有，依次为 {string.Join('、', Missing.Select(r => $"U+{r.Value:X4}"))}，以电子原文为准。";

    /// <summary>Joiners and variation selectors draw nothing by themselves.</summary>
    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.Control);
}
