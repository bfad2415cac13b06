using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.People;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Staff.Cases;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>Fills a form of findings with what is held true, so that an investigator changes only what is otherwise.</summary>
internal static class FindingsForm
{
    /// <summary>The known facts under the names of the form; nothing where the form asks for none of them.</summary>
    public static JsonObject Known(SchemaField? form, HouseholdView household, DateOnly today)
    {
        var data = new JsonObject();
        foreach (var field in form?.Children ?? [])
        {
            if (Value(field, household, today) is { } value)
            {
                data[field.Property] = value;
            }
        }

        return data;
    }

    private static JsonNode? Value(SchemaField field, HouseholdView household, DateOnly today) => field.Property switch
    {
        "surveyedOn" => today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "place" => household.Head?.Address,
        "present" => household.Head?.Name,
        "incomes" when household.Incomes is { } incomes => new JsonArray([.. incomes.Select(Income)]),
        "property" when household.Properties is { } properties => Property(properties),
        _ => null,
    };

    private static JsonObject Income(IncomeView income) => new()
    {
        ["person"] = income.PersonId.ToString(),
        ["kind"] = income.Kind.ToString(),
        ["amount"] = income.Yearly.Yuan,
        ["period"] = "year",
        ["note"] = income.Note,
    };

    private static JsonObject Property(IReadOnlyList<PropertyView> properties) => new()
    {
        ["financialAssets"] = new JsonArray([.. properties.Where(p => p.Kind == PropertyKind.FinancialAsset)
            .Select(p => (JsonNode)new JsonObject { ["person"] = p.PersonId.ToString(), ["amount"] = p.Amount.Yuan, ["note"] = p.Note })]),
        ["dwellings"] = properties.Where(p => p.Kind == PropertyKind.Dwelling).Sum(p => p.Count),
        ["vehicles"] = new JsonArray([.. properties.Where(p => p.Kind == PropertyKind.MotorVehicle)
            .Select(p => (JsonNode)new JsonObject { ["person"] = p.PersonId.ToString(), ["exempt"] = p.Exempt, ["note"] = p.Note })]),
        ["company"] = properties.Any(p => p.Kind == PropertyKind.Company),
    };
}
