using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Tests.People;

/// <summary>Names, telephones and identity numbers are checked wherever they stand in an application, whoever hands it in.</summary>
public class Fields_of_people
{
    [Theory]
    [InlineData("王秀兰")]
    [InlineData("欧阳思𠮷")]
    [InlineData("买买提·阿不都拉")]
    [InlineData("王秀兰（演示）")]
    [InlineData("O'Neill")]
    public void A_name_is_made_of_letters(string name) => Assert.True(FormVocabulary.IsName(name));

    [Theory]
    [InlineData("🙂🙂")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("王\0兰")]
    [InlineData("王\u202e兰")]
    [InlineData("123456")]
    [InlineData("·")]
    public void Anything_else_is_no_name(string name) => Assert.False(FormVocabulary.IsName(name));

    [Theory]
    [InlineData("13844550001", true)]
    [InlineData("+86 138 4455 0001", true)]
    [InlineData("0435-3612345", true)]
    [InlineData("3612345", true)]
    [InlineData("123456", false)]
    [InlineData("1384455000", false)]
    [InlineData("138445500011", false)]
    [InlineData("12844550001", false)]
    [InlineData("++8613844550001", false)]
    public void A_telephone_is_a_mobile_number_or_a_landline(string number, bool good) => Assert.Equal(good, FormVocabulary.IsPhone(number));

    [Fact]
    public void Each_wrong_field_is_named_wherever_it_stands()
    {
        var form = new JsonObject
        {
            ["applicant"] = new JsonObject { ["name"] = "王秀兰", ["phone"] = "123456" },
            ["agent"] = new JsonObject { ["name"] = "🙂", ["phone"] = "13844550001" },
            ["members"] = new JsonArray(new JsonObject { ["name"] = "王明", ["idNumber"] = "220502198503120001", ["phone"] = "" }),
            ["statement"] = "123456",
        };
        var number = "22050219620315542" + ResidentIdNumber.CheckCharacter("22050219620315542");
        form["applicant"]!["idNumber"] = number;
        form["agent"]!["idNumber"] = number;
        var refused = Assert.Throws<InvalidInputException>(() => FormVocabulary.Require(form));
        Assert.Equal(["agent/name", "applicant/phone", "members/0/idNumber"], refused.Errors.Keys.Order(StringComparer.Ordinal));
    }
}
