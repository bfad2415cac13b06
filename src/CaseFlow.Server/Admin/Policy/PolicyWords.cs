using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Server.Components;
using CaseFlow.Server.Texts;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Admin.Policy;

/// <summary>Figures, conditions and routes in the words of people.</summary>
internal sealed class PolicyWords(IStringLocalizer texts)
{
    private static readonly string[] Counts = ["personsHelped", "grantsInYear"];

    /// <summary>A figure with its unit.</summary>
    public string Value(string unit, long value) => unit switch
    {
        "fen" => texts["Standards.Yuan", Show.Amount(new Money(value))],
        "permyriad" => (value / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%",
        "switch" => texts[value == 0 ? "Standards.Off" : "Standards.On"],
        "workingDays" => texts["Standards.WorkingDays", value],
        "calendarDays" => texts["Standards.CalendarDays", value],
        "months" => texts["Standards.Months", value],
        "hours" => texts["Standards.Hours", value],
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The unit beside an input.</summary>
    public string UnitOf(string unit) => texts[$"Standards.Unit.{unit}"];

    /// <summary>The conditions of a rule, each as a sentence; none means that it always holds.</summary>
    public IReadOnlyList<string> Conditions(string json, PolicyState state) =>
        JsonNode.Parse(json) is JsonArray { Count: > 0 } items ? [.. items.Select(item => Condition(item, state))] : [];

    /// <summary>The conditions of a rule in one sentence.</summary>
    public string ConditionText(string json, PolicyState state) =>
        Conditions(json, state) is { Count: > 0 } items ? string.Join(texts["AuthorityTable.And"], items) : texts["AuthorityTable.Always"];

    /// <summary>A route, part by part.</summary>
    public IReadOnlyList<string> Route(AuthorityRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        var parts = new List<string>();
        Add("Verify", string.Join('、', route.Verify.Select(p => p.Count > 1 ? texts["AuthorityTable.Persons", Post(p), p.Count].Value : Post(p))));
        Add("Review", string.Join(" → ", route.Review.Select(Post)));
        Add("Approve", route.Approve is null ? "" : Post(route.Approve));
        Add("Sampling", route.SamplingPermyriad > 0 ? Value("permyriad", route.SamplingPermyriad) : "");
        Add("Filing", route.RecordFilingDays is { } days ? Value("workingDays", days) : "");
        Add("CopyTo", string.Join('、', route.CopyTo.Select(p => texts.Of(p))));
        Add("Pays", route.Pays is { } level ? texts.Of(level) : "");
        AddFlag("DistrictVisit", route.DistrictVisit);
        AddFlag("Minutes", route.Minutes);
        Add("Duties", string.Join('；', route.Duties));
        return parts;

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                parts.Add(texts[$"AuthorityTable.Route.{key}", value]);
            }
        }

        void AddFlag(string key, bool on)
        {
            if (on)
            {
                parts.Add(texts[$"AuthorityTable.Route.{key}"]);
            }
        }
    }

    /// <summary>A post at a level.</summary>
    public string Post(RoutePost post)
    {
        ArgumentNullException.ThrowIfNull(post);
        return texts["AuthorityTable.PostAt", Known($"AuthorityTable.Level.{post.Level}", texts.Of(post.Level)), texts.Of(post.Post)];
    }

    /// <summary>A fact's name.</summary>
    public string Fact(string name) => Known($"AuthorityFact.{name}", name);

    /// <summary>A case type's name, as the table writes it.</summary>
    public string CaseType(string code) => Known($"AuthorityTable.Type.{code}", code);

    private string Condition(JsonNode? node, PolicyState state) => node switch
    {
        JsonObject { } o when o["all"] is JsonArray all => Group(all, "AuthorityTable.And", state),
        JsonObject { } o when o["any"] is JsonArray any => Group(any, "AuthorityTable.Or", state),
        JsonObject { } o when o["not"] is { } not => texts["AuthorityTable.Not", Condition(not, state)],
        JsonObject { } o => Comparison(o, state),
        _ => node?.ToJsonString() ?? "",
    };

    private string Group(JsonArray items, string joint, PolicyState state)
    {
        var words = string.Join(texts[joint], items.Select(i => Condition(i, state)));
        return items.Count > 1 ? $"（{words}）" : words;
    }

    private string Comparison(JsonObject item, PolicyState state)
    {
        var fact = (string?)item["fact"] ?? "";
        var op = (string?)item["op"] ?? "";
        var value = item["value"];
        if (value is JsonValue flag && flag.TryGetValue(out bool yes))
        {
            return texts[yes == (op == "eq") ? "AuthorityTable.Is" : "AuthorityTable.IsNot", Fact(fact)];
        }

        var sign = op switch { "eq" => "=", "ne" => "≠", "lt" => "<", "lte" => "≤", "gt" => ">", _ => "≥" };
        return $"{Fact(fact)} {sign} {Operand(fact, value, state)}";
    }

    private string Operand(string fact, JsonNode? value, PolicyState state)
    {
        if (value is JsonObject figure)
        {
            var name = FigureName((string?)figure["figure"], (string?)figure["area"], state);
            return (string?)figure["times"] is { } times ? $"{name} × {FigureName(times, null, state)}" : name;
        }

        return value is JsonValue number && number.TryGetValue(out long whole)
            ? Counts.Contains(fact) ? whole.ToString(CultureInfo.InvariantCulture) : Value("fen", whole)
            : Known($"AuthorityTable.Literal.{(string?)value}", (string?)value ?? "");
    }

    private static string FigureName(string? key, string? area, PolicyState state)
    {
        var figure = state.Figures.FirstOrDefault(f => f.Key == key && (area is null || f.AreaType?.ToString() == area));
        return figure is null ? key ?? "" : $"「{figure.Name}」";
    }

    private string Known(string key, string otherwise)
    {
        var text = texts[key];
        return text.ResourceNotFound ? otherwise : text.Value;
    }
}
