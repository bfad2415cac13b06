using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>Lays out one consent for each adult of the form, so that none is forgotten; each still has to be given.</summary>
internal static class IntakeConsents
{
    private const int AdultAge = 18;

    /// <summary>The form with a line for each adult, if it has no consents yet.</summary>
    public static JsonObject Begin(JsonObject form, DateOnly today)
    {
        if (form["consents"] is JsonArray { Count: > 0 })
        {
            return form;
        }

        var filled = (JsonObject)form.DeepClone();
        var people = form.Objects("members").Select((m, i) => (Reference: m.Text("ref") ?? $"m{i + 1}", Json: m))
            .Prepend((Reference: "applicant", Json: form["applicant"] as JsonObject ?? []));
        filled["consents"] = new JsonArray([.. people.Where(p => IsAdult(p.Json, today)).Select(p => (JsonNode)new JsonObject
        {
            ["person"] = p.Reference,
            ["verification"] = false,
            ["signedOn"] = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        })]);
        return filled;
    }

    private static bool IsAdult(JsonObject person, DateOnly today) =>
        !ResidentIdNumber.TryParse(person.Text("idNumber"), out var number, out _) || number!.BirthDate <= today.AddYears(-AdultAge);
}
