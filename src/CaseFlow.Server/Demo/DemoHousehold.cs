using System.Text.Json.Nodes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;

namespace CaseFlow.Server.Demo;

/// <summary>What a household of the demo is like; it decides what its people fill in and how its case goes.</summary>
internal enum HouseholdStory
{
    /// <summary>One adult with a small income.</summary>
    Single,

    /// <summary>A couple with a child and a small wage.</summary>
    CoupleWithChild,

    /// <summary>An elderly couple.</summary>
    Elderly,

    /// <summary>A severely disabled adult who lives with a parent.</summary>
    Disabled,

    /// <summary>A couple one of whom is seriously ill.</summary>
    Ill,

    /// <summary>A single parent.</summary>
    SingleParent,

    /// <summary>Income above the standard: refused.</summary>
    TooMuchIncome,

    /// <summary>Savings above the limit: refused.</summary>
    TooMuchProperty,
}

/// <summary>One invented household: its people and what they declare.</summary>
internal sealed class DemoHousehold(DemoPeople people, HouseholdStory story, string communityCode, AreaType area)
{
    private readonly List<(string Reference, DemoPerson Person, string Relation, JsonObject Extra)> members = [];
    private readonly JsonArray incomes = [];
    private long savings;

    /// <summary>The one through whom it applies.</summary>
    public DemoPerson Applicant { get; private set; } = null!;

    /// <summary>Its story.</summary>
    public HouseholdStory Story => story;

    /// <summary>The application form, as the vocabulary of <c>docs/forms.md</c> has it.</summary>
    /// <param name="email">Where the applicant's mail goes; null for none.</param>
    /// <param name="officerRelative">Whether a close relative handles dibao or sits on the committee.</param>
    public JsonObject Form(string? email, bool officerRelative)
    {
        Invent();
        var applicant = new JsonObject
        {
            ["name"] = Applicant.Name,
            ["idNumber"] = Applicant.IdNumber,
            ["phone"] = people.Phone(),
            ["address"] = "（演示地址）",
            ["hukouCommunity"] = communityCode,
            ["bankName"] = "演示银行",
            ["bankAccount"] = people.BankAccount(),
            ["electronicDelivery"] = true,
        };
        if (email is not null)
        {
            applicant["email"] = email;
        }

        Merge(applicant, ApplicantExtra());
        var consents = new JsonArray { new JsonObject { ["person"] = "applicant", ["verification"] = true } };
        foreach (var adult in members.Where(m => m.Person.BirthDate.Year <= 2006))
        {
            consents.Add(new JsonObject { ["person"] = adult.Reference, ["verification"] = true });
        }

        return new JsonObject
        {
            ["applicant"] = applicant,
            ["members"] = new JsonArray([.. members.Select(Member)]),
            ["incomes"] = incomes,
            ["property"] = Property(),
            ["relatives"] = new JsonObject { ["officerRelative"] = officerRelative },
            ["consents"] = consents,
            ["commitment"] = true,
        };
    }

    private void Invent()
    {
        var random = people.Random;
        var surname = people.Surname();
        switch (story)
        {
            case HouseholdStory.Single:
                Applicant = people.Make(1968 + random.Next(15), Any(), surname);
                Earn("applicant", "Other", 100 + (random.Next(8) * 25));
                break;
            case HouseholdStory.CoupleWithChild:
                Applicant = people.Make(1978 + random.Next(10), Gender.Male, surname);
                Join("m1", people.Make(1980 + random.Next(10), Gender.Female), "Spouse");
                Join("m2", people.Make(2010 + random.Next(8), Any(), surname), "Child");
                Earn("applicant", "Wage", area == AreaType.Urban ? 900 + (random.Next(9) * 50) : 500 + (random.Next(6) * 50));
                break;
            case HouseholdStory.Elderly:
                Applicant = people.Make(1944 + random.Next(8), Gender.Male, surname);
                Join("m1", people.Make(1946 + random.Next(8), Gender.Female), "Spouse");
                Earn("applicant", "NetTransfer", 60 + (random.Next(6) * 20));
                break;
            case HouseholdStory.Disabled:
                Applicant = people.Make(1975 + random.Next(20), Any(), surname);
                Join("m1", people.Make(1948 + random.Next(8), Gender.Female), "Parent");
                Earn("m1", "NetTransfer", 250 + (random.Next(6) * 30));
                break;
            case HouseholdStory.Ill:
                Applicant = people.Make(1965 + random.Next(12), Gender.Female, surname);
                Join("m1", people.Make(1963 + random.Next(10), Gender.Male), "Spouse");
                Earn("m1", "NetTransfer", area == AreaType.Urban ? 950 : 650);
                Earn("applicant", "RigidExpenditure", 500 + (random.Next(5) * 80));
                break;
            case HouseholdStory.SingleParent:
                Applicant = people.Make(1982 + random.Next(8), Gender.Female, surname);
                Join("m1", people.Make(2009 + random.Next(9), Any()), "Child");
                Earn("applicant", "Wage", 400 + (random.Next(8) * 50));
                break;
            case HouseholdStory.TooMuchIncome:
                Applicant = people.Make(1970 + random.Next(12), Gender.Male, surname);
                Join("m1", people.Make(1972 + random.Next(12), Gender.Female), "Spouse");
                Earn("applicant", "NetTransfer", 1500 + (random.Next(10) * 60));
                break;
            default:
                Applicant = people.Make(1960 + random.Next(15), Gender.Female, surname);
                Earn("applicant", "Other", 200);
                savings = 20_000 + (random.Next(20) * 1_000);
                break;
        }
    }

    private JsonObject ApplicantExtra() => story switch
    {
        HouseholdStory.Disabled => new JsonObject { ["disabilityGrade"] = 1, ["disabilityKind"] = "limb" },
        HouseholdStory.Ill => new JsonObject { ["seriousIllness"] = true, ["illness"] = "尿毒症" },
        HouseholdStory.CoupleWithChild or HouseholdStory.SingleParent => new JsonObject { ["ableBodied"] = true, ["uncertainIncome"] = true },
        _ => [],
    };

    private JsonObject Property()
    {
        var property = new JsonObject { ["dwellings"] = 1 };
        if (savings > 0)
        {
            property["financialAssets"] = new JsonArray { new JsonObject { ["person"] = "applicant", ["amount"] = savings } };
        }

        return property;
    }

    private void Join(string reference, DemoPerson person, string relation) => members.Add((reference, person, relation, []));

    private void Earn(string person, string kind, int perMonth) =>
        incomes.Add(new JsonObject { ["person"] = person, ["kind"] = kind, ["amount"] = perMonth, ["period"] = "month" });

    private Gender Any() => people.Random.Next(2) == 0 ? Gender.Male : Gender.Female;

    private static JsonNode Member((string Reference, DemoPerson Person, string Relation, JsonObject Extra) member)
    {
        var json = new JsonObject
        {
            ["ref"] = member.Reference,
            ["name"] = member.Person.Name,
            ["idNumber"] = member.Person.IdNumber,
            ["relation"] = member.Relation,
        };
        Merge(json, member.Extra);
        return json;
    }

    private static void Merge(JsonObject target, JsonObject extra)
    {
        foreach (var (name, value) in extra)
        {
            target[name] = value?.DeepClone();
        }
    }
}
