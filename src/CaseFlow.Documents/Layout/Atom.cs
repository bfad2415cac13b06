using System.Text;
using System.Text.RegularExpressions;
using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>A character with its face and width.</summary>
internal readonly record struct SetGlyph(int CodePoint, SourceFace Face, float Width);

/// <summary>What is never broken: a Chinese character, a number, a Latin word, a dash of two.</summary>
/// <param name="Glyphs">Its characters.</param>
/// <param name="Width">Sum of their widths.</param>
/// <param name="BreakBefore">A line may begin with it.</param>
/// <param name="BreakAfter">A line may end with it.</param>
/// <param name="Squeeze">Points that it can give up: the blank half of a full-width mark.</param>
/// <param name="Space">A blank between Latin words.</param>
/// <param name="LineEnd">A forced line end.</param>
internal sealed record Atom(IReadOnlyList<SetGlyph> Glyphs, float Width, bool BreakBefore, bool BreakAfter, float Squeeze, bool Space, bool LineEnd);

/// <summary>Cuts text into atoms after GB/T 15834 and the usual rules against marks at the wrong end of a line.</summary>
internal sealed partial class Atomizer(FontLibrary fonts)
{
    private const string NotAtStart = "、，。．：；？！）〕】》〉」』”’…—～·％%℃°,.;:!?)]}";
    private const string NotAtEnd = "（〔【《〈「『“‘([{￥¥";

    /// <summary>The end of an official number, 〔2026〕12号, which holds together and to the character before it.</summary>
    [GeneratedRegex(@"\G〔[0-9]{4}〕[0-9]+号", RegexOptions.None, 1000)]
    private static partial Regex OfficialNumber();

    private const int LongestNumber = 20;
    private const string Wide = "—…“”‘’·×°";

    public List<Atom> Atoms(IReadOnlyList<Inline> inlines, TextStyle style)
    {
        var atoms = new List<Atom>();
        foreach (var inline in inlines)
        {
            var shown = inline.Strong ? style with { Role = FaceRole.Hei } : style;
            if (inline.Text == "\n")
            {
                atoms.Add(new Atom([], 0, false, true, 0, false, LineEnd: true));
            }
            else if (inline.Text.Length == 0)
            {
                continue;
            }
            else if (inline.NoWrap)
            {
                atoms.Add(Make([.. inline.Text.EnumerateRunes()], shown));
            }
            else
            {
                Split([.. inline.Text.EnumerateRunes()], shown, atoms);
            }
        }

        return atoms;
    }

    private void Split(List<Rune> runes, TextStyle style, List<Atom> atoms)
    {
        for (var i = 0; i < runes.Count;)
        {
            var end = i + 1;
            if (runes[i].Value == '〔')
            {
                end = i + Math.Max(1, OfficialNumber().Match(string.Concat(runes.Skip(i).Take(LongestNumber))).Length);
            }
            else if (IsWord(runes[i]))
            {
                while (end < runes.Count && IsWord(runes[end]))
                {
                    end++;
                }
            }
            else if (runes[i].Value is '—' or '…')
            {
                while (end < runes.Count && runes[end] == runes[i])
                {
                    end++;
                }
            }

            atoms.Add(Make(runes.GetRange(i, end - i), style));
            i = end;
        }
    }

    private static bool IsWord(Rune rune) => rune.Value is > ' ' and < 0x2E80 and not 0xA0 && !Wide.Contains((char)rune.Value);

    private Atom Make(List<Rune> runes, TextStyle style)
    {
        var glyphs = runes.ConvertAll(r => Glyph(r.Value, style));
        var first = runes[0].ToString();
        var last = runes[^1].ToString();
        var mark = runes.Count == 1 && runes[0].Value >= 0x2E80 && (NotAtStart + NotAtEnd).Contains(first, StringComparison.Ordinal);
        return new Atom(
            glyphs,
            glyphs.Sum(g => g.Width),
            BreakBefore: !NotAtStart.Contains(first, StringComparison.Ordinal) && !(runes.Count > 1 && first == "〔"),
            BreakAfter: !NotAtEnd.Contains(last, StringComparison.Ordinal),
            Squeeze: mark ? style.Size * 0.45f : 0,
            Space: runes is [{ Value: ' ' }],
            LineEnd: false);
    }

    private SetGlyph Glyph(int codePoint, TextStyle style)
    {
        var face = fonts.FaceFor(style.Role, codePoint);
        var width = face.Advance(codePoint) * style.Size;
        return new SetGlyph(codePoint, face, width >= style.Size * 0.95f ? width + style.Tracking : width);
    }
}
