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
/// <param name="Key">Its part of the address: its id in the schema's <c>x-pages</c>, a property of the form, or <c>consents</c>, <c>materials</c>, <c>check</c>.</param>
/// <param name="Title">The question; null where the page has words of its own.</param>
/// <param name="Form">The fields that it asks for.</param>
/// <param name="Kind">Kind.</param>
public sealed record ApplicationPage(string Key, string? Title, SchemaField Form, ApplicationPageKind Kind)
{
    /// <summary>Whether the page asks for a place of the form, given as the domain writes fields: <c>members/0/name</c>.</summary>
    public bool Asks(string field)
    {
        var group = Form;
        foreach (var part in field.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => !p.All(char.IsAsciiDigit)))
        {
            if (group.Children.FirstOrDefault(c => c.Property == part) is not { } child)
            {
                return group != Form && group.Kind is not FieldKind.Group;
            }

            group = child;
        }

        return group != Form;
    }
}

/// <summary>
/// Cuts the form of a case type into pages: by the schema's <c>x-pages</c>, or else each group or list is one and what stands
/// alone comes together on one. What no page names still gets a page. <c>commitment</c> and <c>consents</c> of the vocabulary
/// (<c>docs/forms.md</c>) are asked of every adult of the household. Any case type gets its pages this way.
/// </summary>
internal static class ApplicationPages
{
    /// <summary>Reference of the applicant in a form.</summary>
    public const string Applicant = "applicant";

    private static readonly string[] OfConsents = ["commitment", "consents"];

    /// <summary>The pages in their order.</summary>
    /// <param name="form">The form.</param>
    /// <param name="schema">Its schema, for <c>x-pages</c>.</param>
    /// <param name="data">What has been filled in: it names the persons to choose from.</param>
    /// <param name="communities">The communities and villages to choose from, by code.</param>
    public static IReadOnlyList<ApplicationPage> Of(SchemaField form, JsonObject schema, JsonObject data, IReadOnlyList<FieldOption> communities)
    {
        var people = People(data);
        var named = form with { Children = [.. form.Children.Select(c => NameChoice(c, people, communities))] };
        var pages = schema["x-pages"] is JsonArray { Count: > 0 } plan ? Planned(named, plan) : ByGroups(named);
        Complete(pages, named);
        pages.Add(new ApplicationPage("check", null, form with { Children = [] }, ApplicationPageKind.Check));
        return pages;
    }

    /// <summary>The persons named so far: reference in the form and name; empty where the name is still missing.</summary>
    public static IReadOnlyList<FieldOption> People(JsonObject data)
    {
        var people = new List<FieldOption> { new(Applicant, NameOf(data[Applicant])) };
        people.AddRange(Members(data).Select(m => new FieldOption(FormReader.Shown(m["ref"]), NameOf(m))));
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

    private static List<ApplicationPage> Planned(SchemaField form, JsonArray plan)
    {
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        var pages = new List<ApplicationPage>();
        foreach (var page in plan.OfType<JsonObject>())
        {
            var paths = (page["fields"] as JsonArray ?? []).Select(p => FormReader.Shown(p).Split('.')).ToList();
            var kind = FormReader.Shown(page["materials"]) == "true" ? ApplicationPageKind.Materials
                : paths.Exists(p => OfConsents.Contains(p[0], StringComparer.Ordinal)) ? ApplicationPageKind.Consents
                : ApplicationPageKind.Fields;
            var title = page["title"] as JsonObject;
            pages.Add(new ApplicationPage(
                FormReader.Shown(page["id"]),
                FormReader.Shown(title?[english ? "en" : "zh-CN"] ?? title?["zh-CN"]),
                Only(form, [.. paths.Where(p => !OfConsents.Contains(p[0], StringComparer.Ordinal))]),
                kind));
        }

        return pages;
    }

    private static List<ApplicationPage> ByGroups(SchemaField form) =>
    [
        .. form.Children
            .Where(c => c.Kind is FieldKind.Group or FieldKind.Repeated && !OfConsents.Contains(c.Property, StringComparer.Ordinal))
            .Select(c => new ApplicationPage(c.Property, c.Label, form with { Children = [c] }, ApplicationPageKind.Fields)),
    ];

    /// <summary>Adds what no page asks for: the rest of the fields, the papers, the consents.</summary>
    private static void Complete(List<ApplicationPage> pages, SchemaField form)
    {
        var rest = Rest(form, [.. pages.Select(p => p.Form)]);
        rest = rest with { Children = [.. rest.Children.Where(c => !OfConsents.Contains(c.Property, StringComparer.Ordinal))] };
        var papers = pages.FindIndex(p => p.Kind == ApplicationPageKind.Materials);
        if (papers < 0)
        {
            papers = pages.Count;
            pages.Add(new ApplicationPage("materials", null, form with { Children = [] }, ApplicationPageKind.Materials));
        }

        if (rest.Children.Count > 0)
        {
            pages.Insert(papers, new ApplicationPage("more", null, rest, ApplicationPageKind.Fields));
        }

        if (form.Children.Any(c => OfConsents.Contains(c.Property, StringComparer.Ordinal)) && pages.TrueForAll(p => p.Kind != ApplicationPageKind.Consents))
        {
            pages.Add(new ApplicationPage("consents", null, form with { Children = [] }, ApplicationPageKind.Consents));
        }
    }

    private static SchemaField Only(SchemaField group, List<string[]> paths) => group with
    {
        Children =
        [
            .. group.Children
                .Select(c => (Field: c, Below: paths.FindAll(p => p[0] == c.Property)))
                .Where(c => c.Below.Count > 0)
                .Select(c => c.Below.Exists(p => p.Length == 1) ? c.Field : Only(c.Field, [.. c.Below.Select(p => p[1..])])),
        ],
    };

    private static SchemaField Rest(SchemaField group, List<SchemaField> asked)
    {
        var children = new List<SchemaField>();
        foreach (var child in group.Children)
        {
            var same = asked.SelectMany(a => a.Children).Where(c => c.Property == child.Property).ToList();
            if (same.Count == 0)
            {
                children.Add(child);
            }
            else if (child.Kind is FieldKind.Group && Rest(child, same) is { Children.Count: > 0 } left)
            {
                children.Add(left);
            }
        }

        return group with { Children = children };
    }

    private static IEnumerable<JsonObject> Members(JsonObject data) => (data["members"] as JsonArray ?? []).OfType<JsonObject>();

    private static bool IsAdult(JsonObject? member, DateOnly today) =>
        ResidentIdNumber.TryParse(FormReader.Shown(member?["idNumber"]), out var number, out _) && number!.BirthDate <= today.AddYears(-18);

    private static string NameOf(JsonNode? person) => FormReader.Shown((person as JsonObject)?["name"]);

    /// <summary>
    /// A field called <c>person</c> or <c>singlePerson</c> is a choice among the persons of the form, <c>hukouCommunity</c> one
    /// among the communities; <c>ref</c> is numbered by us.
    /// </summary>
    private static SchemaField NameChoice(SchemaField field, IReadOnlyList<FieldOption> people, IReadOnlyList<FieldOption> communities) => field.Property switch
    {
        "person" or "singlePerson" => field with { Kind = FieldKind.Select, Options = [.. people.Where(p => p.Label.Length > 0)] },
        "hukouCommunity" => field with { Kind = FieldKind.Select, Options = communities },
        _ => field with { Children = [.. field.Children.Where(c => c.Property != "ref").Select(c => NameChoice(c, people, communities))] },
    };
}
