using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CaseFlow.Server.Tests.Staff;

public sealed class FormReaderTests
{
    private static readonly FormWords Words = new(new TextLocalizer(TextCatalogue.FromAssembly(typeof(TextCatalogue).Assembly)));

    [Theory]
    [InlineData("９００", "900")]
    [InlineData("1,440.50", "1440.50")]
    [InlineData(" 58。6 ", "58.6")]
    public void Numbers_may_be_typed_with_full_width_digits_commas_and_blanks(string typed, string expected)
    {
        var (data, errors) = Read("""{"amount":{"type":"number","title":"金额"}}""", ("f.amount", typed));
        Assert.Empty(errors);
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), data["amount"]!.GetValue<decimal>());
    }

    [Fact]
    public void What_is_no_number_stays_as_typed_and_is_told_at_its_field()
    {
        var (data, errors) = Read("""{"amount":{"type":"number","title":"金额"}}""", ("f.amount", "九百"));
        Assert.Equal("九百", data["amount"]!.GetValue<string>());
        Assert.Equal(["请填数字，例如 900 或 58.6"], errors["/amount"]);
    }

    [Fact]
    public void Money_is_typed_in_yuan_and_kept_in_fen()
    {
        var (data, _) = Read("""{"sum":{"type":"integer","x-widget":"money"}}""", ("f.sum", "1440.5"));
        Assert.Equal(144050, data["sum"]!.GetValue<long>());
        var (_, errors) = Read("""{"sum":{"type":"integer","x-widget":"money"}}""", ("f.sum", "1.005"));
        Assert.Equal(["请填金额，最多两位小数"], errors["/sum"]);
    }

    [Fact]
    public void An_empty_entry_falls_out_and_errors_name_the_place_afterwards()
    {
        const string Schema = """{"members":{"type":"array","items":{"type":"object","required":["name"],"properties":{"name":{"type":"string","title":"姓名"},"age":{"type":"integer","title":"年龄"}}}}}""";
        var (data, errors) = Read(Schema, ("f.members.0.name", ""), ("f.members.0.age", ""), ("f.members.3.name", ""), ("f.members.3.age", "16"));
        Assert.Single((JsonArray)data["members"]!);
        Assert.Equal("/members/0/name", Assert.Single(errors).Key);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void A_question_is_answered_by_yes_or_no_and_kept_as_a_truth_value(string chosen, bool expected)
    {
        var (data, errors) = Read("""{"able":{"type":"boolean","title":"是否有劳动能力？"}}""", ("f.able", chosen));
        Assert.Empty(errors);
        Assert.Equal(expected, data["able"]!.GetValue<bool>());
    }

    [Fact]
    public void A_question_that_nobody_answered_is_not_taken_for_no()
    {
        var (data, errors) = Read("""{"able":{"type":"boolean","title":"是否有劳动能力？"},"agreed":{"type":"boolean","title":"同意接收电子文书"}}""");
        Assert.Equal(["/able"], errors.Keys);
        Assert.Equal(["请选择是否有劳动能力？"], errors["/able"]);
        Assert.False(data.ContainsKey("able"));
        Assert.False(data["agreed"]!.GetValue<bool>());
    }

    [Fact]
    public void The_answer_to_an_objection_is_called_upheld_or_not_and_votes_are_only_asked_of_an_appraisal()
    {
        var schema = (JsonObject)JsonNode.Parse(File.ReadAllText(Repository.Path("workflows", "dibao", "forms", "renewed-investigation.schema.json")))!;
        var fields = FormSchema.Read(schema).Children.ToDictionary(c => c.Property);
        Assert.Equal([("true", "成立"), ("false", "不成立")], fields["upheld"].Options.Select(o => (o.Value, o.Label)));
        Assert.All(["votesFor", "votesAgainst", "participants"], p => Assert.Equal(["appraisal"], fields[p].When?.Values));
    }

    [Fact]
    public void A_group_that_begins_with_a_question_cannot_be_passed_over()
    {
        var (_, errors) = Read("""{"relatives":{"type":"object","properties":{"officer":{"type":"boolean","title":"有近亲属吗？"}}}}""");
        Assert.Equal(["/relatives/officer"], errors.Keys);
    }

    [Fact]
    public void A_value_that_is_not_offered_is_not_taken()
    {
        var (data, _) = Read("""{"seen":{"type":"array","items":{"type":"string","enum":["a","b"]}}}""", ("f.seen", "a"), ("f.seen", "evil"));
        Assert.Equal("[\"a\"]", data["seen"]!.ToJsonString());
    }

    [Fact]
    public void A_field_that_depends_on_another_is_left_out_while_it_does_not_apply()
    {
        const string Schema = """{"housing":{"type":"string","enum":["own","rent"]},"rent":{"type":"integer","x-when":{"field":"housing","in":["rent"]}}}""";
        var (owned, _) = Read(Schema, ("f.housing", "own"), ("f.rent", "500"));
        Assert.False(owned.ContainsKey("rent"));
        var (rented, _) = Read(Schema, ("f.housing", "rent"), ("f.rent", "500"));
        Assert.Equal(500, rented["rent"]!.GetValue<long>());
    }

    [Fact]
    public void A_required_field_left_empty_is_told_with_its_label()
    {
        const string Schema = """{"type":"object","required":["conclusion"],"properties":{"conclusion":{"type":"string","title":"调查结论"}}}""";
        var form = FormSchema.Read((JsonObject)JsonNode.Parse(Schema)!);
        var (_, errors) = FormReader.Read(form, Posted(), Words);
        Assert.Equal(["请填写调查结论"], errors["/conclusion"]);
    }

    private static (JsonObject Data, IReadOnlyDictionary<string, string[]> Errors) Read(string properties, params (string Name, string Value)[] posted)
    {
        var form = FormSchema.Read(new JsonObject { ["type"] = "object", ["properties"] = JsonNode.Parse(properties) });
        return FormReader.Read(form, Posted(posted), Words);
    }

    private static FormCollection Posted(params (string Name, string Value)[] posted) =>
        new(posted.GroupBy(p => p.Name).ToDictionary(g => g.Key, g => new StringValues([.. g.Select(p => p.Value)])));
}
