using System.Globalization;
using System.Text.RegularExpressions;

namespace CaseFlow.Cases.Documents;

/// <summary>
/// 文号 as GB/T 9704-2012 writes it: 东民救〔2026〕12号. Six-sided brackets, the full year, no leading zeros, no 第.
/// </summary>
public static partial class OfficialNumberFormat
{
    /// <summary>Writes a number.</summary>
    /// <param name="bodyCode">Characters of the body, for example 东民.</param>
    /// <param name="kind">Character of the kind, for example 救.</param>
    /// <param name="year">Four-digit year.</param>
    /// <param name="number">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The year has not four digits, or the number is below 1.</exception>
    public static string Format(string bodyCode, string kind, int year, int number)
    {
        ArgumentException.ThrowIfNullOrEmpty(bodyCode);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return string.Create(CultureInfo.InvariantCulture, $"{bodyCode}{kind}〔{year}〕{number}号");
    }

    /// <summary>Reads a number back: prefix (body and kind together), year, number; null if it is none.</summary>
    public static (string Prefix, int Year, int Number)? Parse(string? text)
    {
        var match = Pattern().Match(text ?? "");
        return match.Success
            && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (match.Groups["prefix"].Value, int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture), number)
                : null;
    }

    [GeneratedRegex("^(?<prefix>[^〔〕0-9]+)〔(?<year>[1-9][0-9]{3})〕(?<number>[1-9][0-9]*)号$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
