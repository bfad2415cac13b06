using CaseFlow.Server.Components.Forms;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>The steps of a registration: the parts of the case type's form, in the order in which one asks at a counter.</summary>
internal static class IntakeSteps
{
    /// <summary>Keys of the steps in their order; <c>identity</c> is the start page.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["identity", "matter", "members", "incomes", "property", "materials", "consents", "check"];

    private static readonly Dictionary<string, string> Place = new(StringComparer.Ordinal)
    {
        ["members"] = "members",
        ["obligors"] = "members",
        ["incomes"] = "incomes",
        ["expenses"] = "incomes",
        ["property"] = "property",
        ["consents"] = "consents",
        ["commitment"] = "consents",
        ["authorisations"] = "consents",
    };

    /// <summary>The part of the form that a step asks for.</summary>
    public static SchemaField Part(SchemaField form, string step) =>
        form with { Children = [.. form.Children.Where(c => Place.GetValueOrDefault(c.Property, "matter") == step)] };

    /// <summary>The step in which a field is asked for, by its pointer.</summary>
    public static string StepOf(string pointer)
    {
        var property = pointer.Trim('/').Split('/')[0];
        return property == "uploads" ? "materials" : Place.GetValueOrDefault(property, "matter");
    }

    /// <summary>The step after, or before, another.</summary>
    public static string Beside(string step, int by)
    {
        var at = 0;
        while (at < All.Count && All[at] != step)
        {
            at++;
        }

        return All[Math.Clamp(at + by, 1, All.Count - 1)];
    }
}
