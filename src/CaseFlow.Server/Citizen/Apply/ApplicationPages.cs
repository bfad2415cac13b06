using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.People;
using CaseFlow.Server.Components.Forms;

namespace CaseFlow.Server.Citizen.Apply;

/// <summary>What a page of the application is.</summary>
public enum ApplicationPageKind
{
    /// <summary>Fields of the form.</summary>
    Fields,

    /// <summary>Commitment, and the authorisation of every adult to verify income and property.</summary>
    Consents,

    /// <summary>Papers to photograph.</summary>
    Materials,

    /// <summary>Everything once more, then submit.</summary>
    Check,
}

/// <summary>One page of the application.</summary>
/// <param name="Key">Its part of the address: the property of the form, or <c>consents</c>, <c>materials</c>, <c>check</c>.</param>
/// <param name="Title">The question; null where the page has words of its own.</param>
/// <param name="Form">The fields that it asks for.</param>
/// <param name="Kind">Kind.</param>
public sealed record ApplicationPage(string Key, string? Title, SchemaField Form, ApplicationPageKind Kind);

/// <summary>
/// Cuts the form of a case type into pages: each group or list of the schema is one, what stands alone comes together on one.
/// <c>commitment</c> and <c>consents</c> of the vocabulary (<c>docs/forms.md</c>) have a page of their own, because every
/// adult of the household has to consent. Any case type gets its pages this way.
/// </summary>
internal static class ApplicationPages
{
    private const string Applicant = "applicant";
    private static readonly string[] OfConsents = ["commitment", "consents"];

    /// <summary>The pages in their order.</summary>
    /// <param name="form">The form.</param>
    /// <param name="data">What has been filled in: it names the persons to choose from.</param>
    /// <param name="communities">The communities and villages to choose from, by code.</param>
    public static IReadOnlyList<ApplicationPage> Of(SchemaField form, JsonObject data, IReadOnlyList<FieldOption> communities)
    {
        var people = People(data);
        var fields = form.Children.Where(c => !OfConsents.Contains(c.Property, StringComparer.Ordinal)).Select(c => NameChoices(c, people, communities)).ToList();
        var pages = fields
            .Where(c => c.Kind is FieldKind.Group or FieldKind.Repeated)
            .Select(c => new ApplicationPage(c.Property, c.Label, form with { Children = [c] }, ApplicationPageKind.Fields))
            .ToList();
        var alone = fields.Where(c => c.Kind is not (FieldKind.Group or FieldKind.Repeated)).ToList();
        if (alone.Count > 0)
        {
            pages.Add(new ApplicationPage("more", null, form with { Children = alone }, ApplicationPageKind.Fields));
        }

        pages.Add(new ApplicationPage("materials", null, form with { Children = [] }, ApplicationPageKind.Materials));
        if (form.Children.Any(c => OfConsents.Contains(c.Property, StringComparer.Ordinal)))
        {
            pages.Add(new ApplicationPage("consents", null, form with { Children = [] }, ApplicationPageKind.Consents));
        }

        pages.Add(new ApplicationPage("check", null, form with { Children = [] }, ApplicationPageKind.Check));
        return pages;
    }

    /// <summary>The persons named so far: reference in the form and name.</summary>
    public static IReadOnlyList<FieldOption> People(JsonObject data)
    {
        var people = new List<FieldOption> { new(Applicant, NameOf(data[Applicant]) ?? "—") };
        people.AddRange(Members(data).Select(m => new FieldOption(FormReader.Shown(m["ref"]), NameOf(m) ?? "—")));
        return people;
    }

    /// <summary>The persons of full age on a day: each has to authorise the verification.</summary>
    public static IReadOnlyList<FieldOption> Adults(JsonObject data, DateOnly today)
    {
        var byReference = Members(data).ToDictionary(m => FormReader.Shown(m["ref"]), m => m, StringComparer.Ordinal);
        return [.. People(data).Where(p => p.Value == Applicant || IsAdult(byReference.GetValueOrDefault(p.Value), today))];
    }

    /// <summary>Gives every member a reference, by which incomes and consents name them.</summary>
    public static void NumberMembers(JsonObject data)
    {
        var number = 1;
        foreach (var member in Members(data))
        {
            member["ref"] = string.Create(CultureInfo.InvariantCulture, $"m{number++}");
        }
    }

    private static IEnumerable<JsonObject> Members(JsonObject data) => (data["members"] as JsonArray ?? []).OfType<JsonObject>();

    private static bool IsAdult(JsonObject? member, DateOnly today) =>
        ResidentIdNumber.TryParse(FormReader.Shown(member?["idNumber"]), out var number, out _) && number!.BirthDate <= today.AddYears(-18);

    private static string? NameOf(JsonNode? person) => FormReader.Shown((person as JsonObject)?["name"]) is { Length: > 0 } name ? name : null;

    /// <summary>
    /// A field called <c>person</c> is a choice among the persons of the form, <c>hukouCommunity</c> one among the communities;
    /// <c>ref</c> is numbered by us.
    /// </summary>
    private static SchemaField NameChoices(SchemaField field, IReadOnlyList<FieldOption> people, IReadOnlyList<FieldOption> communities) => field with
    {
        Children =
        [
            .. field.Children.Where(c => c.Property != "ref").Select(c => c.Property switch
            {
                "person" => c with { Kind = people.Count <= 5 ? FieldKind.OneOf : FieldKind.Select, Options = people },
                "hukouCommunity" => c with { Kind = FieldKind.Select, Options = communities },
                _ => NameChoices(c, people, communities),
            }),
        ],
    };
}
