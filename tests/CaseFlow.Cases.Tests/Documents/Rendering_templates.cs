using System.Text.Json.Nodes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Documents.Templates;

namespace CaseFlow.Cases.Tests.Documents;

public sealed class Rendering_templates
{
    private static string Html(string text, string model = "{}", TemplateLimits? limits = null) =>
        new TemplateRenderer(limits ?? new TemplateLimits()).RenderHtml("test", text, JsonNode.Parse(model)!.AsObject());

    private static string Fault(string text, string model = "{}", TemplateLimits? limits = null) =>
        Assert.Throws<TemplateException>(() => Html(text, model, limits)).Message;

    [Fact]
    public void What_people_typed_cannot_become_markup() =>
        Assert.Equal("&lt;b&gt;张&amp;国&lt;/b&gt;", Html("{{ name }}", """{"name":"<b>张&国</b>"}"""));

    [Fact]
    public void Line_ends_of_free_text_stay_and_its_markup_does_not() =>
        Assert.Equal("一&lt;i&gt;<br/>二", Html("{{ text | lines }}", """{"text":"一<i>\n二"}"""));

    [Theory]
    [InlineData("{{ applicant.name }}", "{}", "applicant")]
    [InlineData("一\n{{ applicant.name }}", """{"applicant":{}}""", "applicant.name")]
    [InlineData("{{ caseFile.applicant.name }}", """{"caseFile":{"applicant":{"age":70}}}""", "caseFile.applicant.name")]
    public void A_field_that_the_model_lacks_is_named(string text, string model, string field) =>
        Assert.Contains(field, Fault(text, model));

    [Fact]
    public void A_fault_says_the_line() => Assert.StartsWith("test(3)", Fault("一\n二\n{{ a.b }}", """{"a":{}}"""));

    [Fact]
    public void A_null_field_is_written_as_nothing_but_not_read_into()
    {
        Assert.Equal("〔〕", Html("〔{{ a }}〕", """{"a":null}"""));
        Assert.Throws<TemplateException>(() => Html("{{ a.b }}", """{"a":null}"""));
    }

    [Theory]
    [InlineData("{{ for i in 1..100000000 }}x{{ end }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ x = 'aaaaaaaaaa'; while true; x = x + x; end }}")]
    public void Endless_work_is_stopped(string text) =>
        Fault(text, limits: new TemplateLimits { Time = TimeSpan.FromSeconds(1) });

    [Fact]
    public void More_output_than_allowed_is_stopped() =>
        Assert.Contains("100", Fault("{{ for i in 1..90 }}xxxxxxxxxx{{ end }}", limits: new TemplateLimits { Output = 100 }));

    [Theory]
    [InlineData("{{ include 'secrets' }}")]
    [InlineData("{{ object.eval '1+1' }}")]
    [InlineData("{{ date.now }}")]
    [InlineData("{{ regex.match 'a' 'a' }}")]
    public void Files_clocks_and_evaluation_are_out_of_reach(string text) => Fault(text);

    [Fact]
    public void The_model_cannot_be_changed() => Fault("{{ a.b = 2 }}", """{"a":{"b":1}}""");

    [Theory]
    [InlineData("{{ '2026-06-15' | date_cn }}", "2026年6月15日")]
    [InlineData("{{ '2026-07' | month_cn }}", "2026年7月")]
    [InlineData("{{ 144000 | yuan }}元", "1440.00元")]
    [InlineData("{{ 144000 | yuan | capital }}", "壹仟肆佰肆拾元整")]
    [InlineData("{{ '张建国' | mask_name }}、{{ '李明' | mask_name }}", "张*国、李*")]
    [InlineData("{{ '220502196001011237' | mask_id }}", "2205**********1237")]
    [InlineData("{{ '8f3c71da02be' | check_code }}", "8F3C-71DA-02BE")]
    [InlineData("{{ ['银行存款', '车辆'] | array.join '、' }}", "银行存款、车辆")]
    public void Dates_money_and_masks_are_written_as_documents_write_them(string text, string expected) => Assert.Equal(expected, Html(text));

    [Fact]
    public void A_wrong_date_is_named() => Assert.Contains("15.6.2026", Fault("{{ '15.6.2026' | date_cn }}"));

    [Fact]
    public void Text_of_a_message_is_not_escaped() =>
        Assert.Equal("A&B", new TemplateRenderer().RenderText("sms", "{{ a }}", new JsonObject { ["a"] = "A&B" }));

    [Fact]
    public void A_published_template_fills_optional_fields_and_names_all_that_are_missing()
    {
        var template = new DocumentTemplate
        {
            Key = "dibao/test",
            Text = "{{ data.reason }}{{ if data.remark }}（{{ data.remark }}）{{ end }}",
            ModelJson = """{"fields":[{"name":"data","type":"object","fields":[{"name":"reason","type":"text"},{"name":"date","type":"text"},{"name":"remark","type":"text","optional":true}]}]}""",
        };

        Assert.Equal("理由", new TemplateRenderer().Render(template, JsonNode.Parse("""{"data":{"reason":"理由","date":"x"}}""")!.AsObject()));
        var fault = Assert.Throws<TemplateException>(() => new TemplateRenderer().Render(template, JsonNode.Parse("""{"data":{}}""")!.AsObject()));
        Assert.Contains("data.reason, data.date", fault.Message);
    }
}
