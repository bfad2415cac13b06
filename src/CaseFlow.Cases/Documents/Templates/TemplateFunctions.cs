using System.Globalization;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Scriban.Functions;
using Scriban.Runtime;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>
/// The functions that templates may call, beside Scriban's <c>array</c>, <c>string</c> and <c>math</c>: dates, money and masks as official
/// documents write them.
/// </summary>
internal static class TemplateFunctions
{
    public static ScriptObject Build()
    {
        var functions = new ScriptObject(StringComparer.Ordinal)
        {
            ["array"] = new ArrayFunctions(),
            ["string"] = new StringFunctions(),
            ["math"] = new MathFunctions(),
        };
        functions.Import("date_cn", DateCn);
        functions.Import("month_cn", MonthCn);
        functions.Import("yuan", Yuan);
        functions.Import("capital", Capital);
        functions.Import("mask_name", (string? name) => Masking.Name(name));
        functions.Import("mask_id", (string? number) => Masking.IdNumber(number));
        functions.Import("mask_phone", (string? phone) => Masking.Phone(phone));
        functions.Import("lines", Lines);
        functions.Import("check_code", CheckCode);
        return functions;
    }

    /// <summary>2026-06-15 → 2026年6月15日.</summary>
    private static string DateCn(string? iso) => DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
        : throw new FormatException($"date_cn wants a date such as 2026-06-15, not \"{iso}\"");

    /// <summary>2026-07 → 2026年7月.</summary>
    private static string MonthCn(string? iso)
    {
        var month = DateOnly.TryParseExact(iso + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Month.Of(day)
            : throw new FormatException($"month_cn wants a month such as 2026-07, not \"{iso}\"");
        return string.Create(CultureInfo.InvariantCulture, $"{month.Year}年{month.MonthOfYear}月");
    }

    /// <summary>Whole fen → 1440.00.</summary>
    private static string Yuan(long fen) => new Money(fen).ToString();

    /// <summary>1440.00 → 壹仟肆佰肆拾元整.</summary>
    private static string Capital(object? yuan)
    {
        var text = System.Convert.ToString(yuan, CultureInfo.InvariantCulture);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            ? ChineseCapitals.Write(Money.FromYuan(amount))
            : throw new FormatException($"capital wants an amount such as 1440.00, not \"{text}\"");
    }

    /// <summary>Keeps the line ends of a free text.</summary>
    private static SafeHtml Lines(string? text) =>
        new(string.Join("<br/>", (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(System.Net.WebUtility.HtmlEncode)));

    /// <summary>8f3c71da02be → 8F3C-71DA-02BE.</summary>
    private static string CheckCode(string? code) => string.Join('-', (code ?? "").ToUpperInvariant().Chunk(4).Select(part => new string(part)));
}
