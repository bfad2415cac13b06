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
}
