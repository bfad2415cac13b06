using System.Globalization;
using CaseFlow.Cases.People;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>An invented person of a scenario. The ID number is made from birth, gender and order, with a valid check character.</summary>
/// <param name="Key">Name in the scenario.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="Born">Day of birth.</param>
/// <param name="Female">Woman or man.</param>
/// <param name="IdNumber">The number.</param>
/// <param name="Account">Whether the person signs in as a citizen.</param>
internal sealed record ScenarioPerson(string Key, string Name, DateOnly Born, bool Female, string IdNumber, bool Account)
{
    /// <summary>Mail address of the person.</summary>
    public string Email => $"{Key}@example.invalid";

    /// <summary>Invented mobile number.</summary>
    public string Phone => "1990435" + IdNumber[13..17];

    /// <summary>Reads the people of a scenario.</summary>
    public static IReadOnlyDictionary<string, ScenarioPerson> Read(Scenario scenario)
    {
        var people = new Dictionary<string, ScenarioPerson>(StringComparer.Ordinal);
        foreach (var (map, key) in scenario.People.SelectMany(map => map.Keys.Select(key => (map, key))))
        {
            var spec = map.Map(key) ?? throw map.Error($"'{key}' should be a mapping.");
            var born = spec.Required("born");
            if (!DateOnly.TryParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth))
            {
                throw spec.Error($"'{born}' is no day; write 1981-03-05.");
            }

            var female = spec.Text("gender") switch
            {
                "female" => true,
                "male" or null => false,
                var other => throw spec.Error($"gender is male or female, not '{other}'."),
            };
            people[key] = new ScenarioPerson(key, spec.Required("name"), birth, female, Number(birth, female, people.Count), spec.Flag("account"));
            spec.Done();
        }

        return people;
    }

    private static string Number(DateOnly birth, bool female, int index)
    {
        var order = (2 * index) + (female ? 100 : 101);
        var first17 = string.Create(CultureInfo.InvariantCulture, $"220502{birth:yyyyMMdd}{order:D3}");
        return first17 + ResidentIdNumber.CheckCharacter(first17);
    }
}
