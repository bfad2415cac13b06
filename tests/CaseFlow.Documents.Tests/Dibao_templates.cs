using System.Text.Json.Nodes;
using CaseFlow.Cases.Documents.Templates;
using CaseFlow.Cases.Messages;

namespace CaseFlow.Documents.Tests;

/// <summary>Every shipped template: checked against its model, made of the known blocks, and printed.</summary>
public sealed class Dibao_templates
{
    private static readonly IReadOnlyList<TemplateFile> s_templates = TemplateFolder.Read(Path.Combine(Printing.Repository(), "templates"));

    public static TheoryData<string> Keys() => [.. s_templates.Where(t => t.Key.StartsWith("dibao/", StringComparison.Ordinal)).Select(t => t.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_template_reads_declared_fields_only_and_prints(string key)
    {
        var template = s_templates.First(t => t.Key == key);
        var model = TemplateModel.Parse(template.ModelJson);

        Assert.Empty(TemplateCheck.Run(key, template.Text, model));

        var example = model.Example();
        example["document"]!["title"] = template.Title;
        var html = new TemplateRenderer().RenderHtml(key, template.Text, example);
        using var pdf = Printing.Open(html, key.Replace('/', '-'));
        var text = Printing.TextOf(pdf);
        Assert.Contains(template.Title, text);
        Assert.DoesNotContain("()", text);
    }

    [Fact]
    public void The_documents_of_application_review_and_change_are_there() =>
        Assert.Equal(
            [
                "acceptance-notice", "appraisal-record", "benefit-change-decision", "benefit-stop-decision", "confirmation-form", "confirmation-notice", "correction-notice",
                "extension-notice", "household-survey-form", "non-acceptance-decision", "notice-proof", "objection-answer", "preliminary-opinion", "proposed-stop-notice",
                "public-notice", "refusal-notice", "review-notice", "stop-notice", "termination-notice", "verification-result-notice",
            ],
            s_templates.Where(t => t.Key.StartsWith("dibao/", StringComparison.Ordinal)).Select(t => t.Key["dibao/".Length..]));

    /// <summary>Domain J: whatever takes something from the applicant tells the remedies.</summary>
    [Theory]
    [InlineData("dibao/non-acceptance-decision")]
    [InlineData("dibao/refusal-notice")]
    [InlineData("dibao/termination-notice")]
    [InlineData("dibao/benefit-change-decision")]
    [InlineData("dibao/benefit-stop-decision")]
    [InlineData("dibao/confirmation-notice")]
    public void Decisions_tell_the_remedies(string key)
    {
        var template = s_templates.First(t => t.Key == key);
        var html = new TemplateRenderer().RenderHtml(key, template.Text, TemplateModel.Parse(template.ModelJson).Example());

        Assert.Contains("<p class=\"remedies\">如不服本决定，可自收到之日起60日内", html);
    }

    /// <summary>Domain I: applicant's name, number of members, proposed amount, period, telephone, body; nothing else about the family.</summary>
    [Fact]
    public void The_public_notice_shows_nobody_but_the_applicant()
    {
        var template = s_templates.First(t => t.Key == "dibao/public-notice");
        var model = TemplateModel.Parse(template.ModelJson).Example();
        model["members"]!.AsArray().Add(new JsonObject { ["name"] = "张晓明", ["relation"] = "子女", ["counts"] = true, ["reason"] = "残疾二级" });

        var html = new TemplateRenderer().RenderHtml(template.Key, template.Text, model);

        Assert.Contains("王秀兰", html);
        Assert.Contains("820.00", html);
        Assert.DoesNotContain("张晓明", html);
        Assert.DoesNotContain("残疾", html);
        Assert.DoesNotContain("1040.00", html);
        Assert.DoesNotContain("1号楼", html);
    }

    [Fact]
    public void Subjects_and_short_messages_never_name_the_benefit_or_an_amount()
    {
        var messages = MessageTemplates.Parse(JsonNode.Parse(File.ReadAllText(Path.Combine(Printing.Repository(), "workflows", "dibao", "messages.json")))!["messages"]!.AsArray());
        var model = JsonNode.Parse("""
            {"caseFile":{"number":"DB-220502-2026-000123"},"township":{"shortName":"团结街道","phone":"0435-5550101"},
             "data":{"dueOn":"4月16日","answerBy":"3月24日","explainBy":"3月19日","endsOn":"3月27日","newDueOn":"5月9日","heardBy":"7月6日"}}
            """)!.AsObject();

        Assert.NotEmpty(messages);
        foreach (var message in messages.Values.Select(m => m.Render(model)))
        {
            foreach (var word in new[] { "低保", "保障", "救助", "元" })
            {
                Assert.DoesNotContain(word, message.Subject);
                Assert.DoesNotContain(word, message.Sms);
            }
        }
    }
}
