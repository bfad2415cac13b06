using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Components;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Admin.Policy;

/// <summary>Puts what the domain says about a row at the field of the edit page.</summary>
internal static class PolicyErrors
{
    private static readonly Dictionary<string, (string Field, string Label)> Fields = new(StringComparer.Ordinal)
    {
        ["value"] = ("Input.Value", "Standards.Value"),
        ["area"] = ("Input.Value", "Standards.Value"),
        ["validFrom"] = ("Input.From", "Changes.From"),
        ["validTo"] = ("Input.To", "Changes.To"),
        ["source"] = ("Input.Source", "Changes.Source"),
        ["text"] = ("Input.Text", "Changes.Text"),
        ["code"] = ("Input.Code", "AuthorityTable.Code"),
        ["priority"] = ("Input.Priority", "AuthorityTable.Priority"),
        ["caseTypes"] = ("Input.CaseTypes", "AuthorityTable.CaseTypes"),
        ["description"] = ("Input.Description", "AuthorityTable.What"),
        ["conditions"] = ("Input.Conditions", "AuthorityTable.Conditions"),
        ["route"] = ("Input.Approve", "AuthorityTable.Route"),
        ["approve"] = ("Input.Approve", "AuthorityTable.Approve"),
        ["lastDay"] = ("Input.LastDay", "Changes.LastDay"),
        ["off"] = ("Input.Off", "Calendars.Off"),
        ["makeUpWork"] = ("Input.MakeUp", "Calendars.MakeUp"),
        ["workingDays"] = ("Input.WorkingDays", "Calendars.WorkingDays"),
    };

    /// <summary>Adds them in the order of the exception.</summary>
    public static void AddPolicy(this FormErrors errors, InvalidInputException invalid, IStringLocalizer texts)
    {
        foreach (var (member, messages) in invalid.Errors)
        {
            var (field, label) = Fields.GetValueOrDefault(member, ("", ""));
            errors.Add(field, label.Length > 0 ? texts[label] : "", string.Join(" ", messages));
        }
    }
}
