using System.Text.Json.Nodes;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities.Tests.Support;

/// <summary>Forms of invented households.</summary>
internal static class Applications
{
    private static int s_people;

    /// <summary>An ID number of the district with a right check digit.</summary>
    public static string IdNumber(string born, bool female)
    {
        var order = Interlocked.Increment(ref s_people) * 2 % 998 + (female ? 0 : 1);
        var first = $"220502{born}{order:D3}";
        return first + ResidentIdNumber.CheckCharacter(first);
    }

    /// <summary>K 2 of the domain document: urban couple with a child, wage 1,300 a month: 820.00.</summary>
    public static JsonObject CoupleWithChild(string community = "220502004001") => new()
    {
        ["applicant"] = new JsonObject
        {
            ["name"] = "王秀兰（演示）",
            ["idNumber"] = IdNumber("19850312", female: true),
            ["phone"] = "13800000001",
            ["email"] = "wang@example.org",
            ["hukouCommunity"] = community,
            ["address"] = "东岭社区1号楼2单元",
            ["bankName"] = "农业银行",
            ["bankAccount"] = "6228480000000004417",
            ["electronicDelivery"] = true,
        },
        ["members"] = new JsonArray(
            new JsonObject { ["ref"] = "m1", ["name"] = "李明（演示）", ["idNumber"] = IdNumber("19830705", female: false), ["relation"] = "Spouse", ["ableBodied"] = true },
            new JsonObject { ["ref"] = "m2", ["name"] = "李小（演示）", ["idNumber"] = IdNumber("20160901", female: false), ["relation"] = "Child" }),
        ["incomes"] = new JsonArray(new JsonObject { ["person"] = "m1", ["kind"] = "Wage", ["amount"] = 1300, ["period"] = "month", ["note"] = "建筑工地" }),
        ["property"] = new JsonObject { ["dwellings"] = 1, ["company"] = false },
        ["relatives"] = new JsonObject { ["officerRelative"] = false },
        ["consents"] = new JsonArray(
            new JsonObject { ["person"] = "applicant", ["verification"] = true },
            new JsonObject { ["person"] = "m1", ["verification"] = true }),
        ["commitment"] = true,
    };

    /// <summary>A submission.</summary>
    public static ApplicationRequest Request(JsonObject form, string channel = "online") => new("dibao", form, [], channel, Guid.NewGuid());
}
