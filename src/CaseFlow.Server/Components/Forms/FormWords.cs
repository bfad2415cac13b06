using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Components.Forms;

/// <summary>The sentences with which a form says what to mend: what and how, never whose fault.</summary>
internal sealed class FormWords(IStringLocalizer texts)
{
    /// <summary>A field was left empty.</summary>
    public string Fill(string label) => texts["Forms.Fill", label];

    /// <summary>Nothing was chosen.</summary>
    public string Choose(string label) => texts["Forms.Choose", label];

    /// <summary>Not a number.</summary>
    public string Number => texts["Forms.Number"];

    /// <summary>Not a whole number.</summary>
    public string Whole => texts["Forms.Whole"];

    /// <summary>More than two decimals.</summary>
    public string TwoDecimals => texts["Forms.TwoDecimals"];

    /// <summary>Not a day.</summary>
    public string Day => texts["Forms.Day"];

    /// <summary>Too few entries.</summary>
    public string AtLeast(string label, int count) => texts["Forms.AtLeast", label, count];

    /// <summary>A correction was asked for, but not of what.</summary>
    public string Corrections => texts["Forms.Corrections"];

    /// <summary>Too few files.</summary>
    public string Files(string label, int count) => texts["Forms.FilesMissing", label, count];

    /// <summary>A number outside what the field allows.</summary>
    public string Range(decimal? least, decimal? most) => (least, most) switch
    {
        ({ } from, { } to) => texts["Forms.Between", Plain(from), Plain(to)].Value,
        ({ } from, null) => texts["Forms.NotBelow", Plain(from)].Value,
        (null, { } to) => texts["Forms.NotAbove", Plain(to)].Value,
        _ => Number,
    };

    /// <summary>A signature of tomorrow.</summary>
    public string NotAfterToday => texts["Forms.NotAfterToday"];

    /// <summary>How a field of the common vocabulary (<c>docs/forms.md</c>) is filled in; null for any other.</summary>
    public string? OfVocabulary(string property) => property switch
    {
        "name" or "phone" or "email" or "bankAccount" => texts[$"Forms.Wrong.{property}"].Value,
        _ => null,
    };

    /// <summary>The label of a field in a list: which line, and whose.</summary>
    /// <param name="list">Label of the list.</param>
    /// <param name="number">Number of the line, from 1.</param>
    /// <param name="whose">Whose it is; null if nobody has been named.</param>
    /// <param name="label">Label of the field.</param>
    public string Line(string list, int number, string? whose, string label)
    {
        string line = texts["Forms.LineOf", list, number];
        return whose is { Length: > 0 } ? texts["Forms.Line", line, whose, label] : $"{line}：{label}";
    }

    private static string Plain(decimal number) => number.ToString("#,0.##", System.Globalization.CultureInfo.InvariantCulture);
}
