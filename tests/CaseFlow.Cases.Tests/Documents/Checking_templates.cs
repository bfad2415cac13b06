using CaseFlow.Cases.Documents.Templates;

namespace CaseFlow.Cases.Tests.Documents;

public sealed class Checking_templates
{
    private static readonly TemplateModel s_model = TemplateModel.Parse("""
        {"title":"测试","fields":[
          {"name":"caseFile","type":"object","fields":[{"name":"number","type":"text","example":"DB-1"},{"name":"dueOn","type":"text","optional":true,"example":"2026年4月2日"}]},
          {"name":"items","type":"list","fields":[{"name":"name","type":"text","example":"申请书"}]},
          {"name":"opinion","type":"object","optional":true,"fields":[{"name":"text","type":"text","example":"同意"}]}]}
        """);

    private static IReadOnlyList<string> Check(string text) => TemplateCheck.Run("test", text, s_model);

    [Fact]
    public void A_template_that_reads_only_declared_fields_passes() =>
        Assert.Empty(Check("{{ caseFile.number }}{{ for i in items }}{{ for.index }}{{ i.name | string.upcase }}{{ end }}{{ if opinion }}{{ opinion.text }}{{ end }}{{ items.size }}"));

    [Theory]
    [InlineData("{{ caseFile.numbr }}", "caseFile.numbr")]
    [InlineData("{{ if false }}{{ caseFile.amount }}{{ end }}", "caseFile.amount")]
    [InlineData("{{ for i in items }}{{ i.nane }}{{ end }}", "i.nane")]
    [InlineData("{{ x = caseFile; x.oops }}", "x.oops")]
    [InlineData("{{ applicant.name }}", "applicant")]
    public void A_misspelt_field_is_found_even_where_the_example_does_not_go(string text, string field) =>
        Assert.Contains(Check(text), e => e.Contains(field, StringComparison.Ordinal));

    [Fact]
    public void An_optional_object_must_be_asked_for_before_it_is_read() => Assert.NotEmpty(Check("{{ opinion.text }}"));

    [Fact]
    public void A_syntax_error_is_told_with_its_line() => Assert.Contains("(2)", Assert.Single(Check("一\n{{ if caseFile }}")));
}
