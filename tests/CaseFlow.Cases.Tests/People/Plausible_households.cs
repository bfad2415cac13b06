using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Tests.People;

/// <summary>What no household is, is refused with the field; what is merely unusual is left to the survey.</summary>
public class Plausible_households
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    [Theory]
    [InlineData("20990101")]
    [InlineData("18500101")]
    [InlineData("20150101")]
    public void Nobody_applies_before_birth_beyond_all_age_or_as_a_child(string born) => Assert.Equal("applicant/idNumber", Field(Form("王秀兰", born)));

    [Fact]
    public void A_child_is_spoken_for_by_an_agent()
    {
        var form = Form("王小雨", "20150101");
        form["agent"] = new JsonObject { ["name"] = "王秀兰" };
        HouseholdPlausibility.Check(form, Today);
    }

    [Fact]
    public void There_is_one_spouse_and_children_are_younger()
    {
        Assert.Equal("members/1/relation", Field(Form("王秀兰", "19810305", ("Spouse", "19800101"), ("Spouse", "19820101"))));
        Assert.Equal("members/0/relation", Field(Form("王秀兰", "19810305", ("Child", "19500101"))));
        Assert.Equal("members/0/relation", Field(Form("王秀兰", "19810305", ("Parent", "19900101"))));
        HouseholdPlausibility.Check(Form("王秀兰", "19810305", ("Spouse", "19800101"), ("Child", "20100101"), ("Parent", "19500101")), Today);
    }

    private static string Field(JsonObject form) => Assert.Single(Assert.Throws<InvalidInputException>(() => HouseholdPlausibility.Check(form, Today)).Errors.Keys);

    private static JsonObject Form(string name, string born, params (string Relation, string Born)[] members) => new()
    {
        ["applicant"] = Person(name, born),
        ["members"] = new JsonArray([.. members.Select(m =>
        {
            var person = Person("李明", m.Born);
            person["relation"] = m.Relation;
            return (JsonNode)person;
        })]),
    };

    private static JsonObject Person(string name, string born)
    {
        var first = $"220502{born}101";
        return new JsonObject { ["name"] = name, ["idNumber"] = first + ResidentIdNumber.CheckCharacter(first) };
    }
}
