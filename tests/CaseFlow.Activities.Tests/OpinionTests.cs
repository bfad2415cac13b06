using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Activities.Tests;

/// <summary>What a completion must say holds in the service, whatever way it comes; a refusal names the field and changes nothing.</summary>
public sealed class OpinionTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("   ", "")]
    [InlineData(null, "  ")]
    public async Task Whoever_proposes_or_signs_says_so_in_words(string? comment, string opinion)
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.Claim);

        var draft = await Refused(flow, "handler", "opinion-draft", "Grant", new JsonObject { ["opinion"] = opinion }, comment);
        Assert.Equal(["comment"], draft.Errors.Keys);
        Assert.Equal(WorkTaskState.Claimed, (await flow.OpenAsync("opinion-draft")).State);

        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.Complete, "Grant", new JsonObject { ["opinion"] = "符合条件" });
        await flow.PerformAsync("reviewer", "opinion-check", TaskVerb.Claim);
        var check = await Refused(flow, "reviewer", "opinion-check", "Approve", null, comment);
        Assert.Equal(["comment"], check.Errors.Keys);
    }

    [Fact]
    public async Task An_opinion_has_at_most_five_hundred_characters()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.Claim);

        var refused = await Refused(flow, "handler", "opinion-draft", "Grant", [], new string('长', 501));
        Assert.Equal(["comment"], refused.Errors.Keys);
        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.Complete, "Grant", [], new string('长', 500));
    }

    [Fact]
    public async Task Control_characters_are_refused_wherever_they_stand_in_a_form()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.PerformAsync("handler", "acceptance", TaskVerb.Claim);
        var corrections = new JsonObject { ["corrections"] = new JsonArray(new JsonObject { ["code"] = "hukou", ["request"] = "a\0b" }) };

        var form = await Refused(flow, "handler", "acceptance", "RequestCorrection", corrections, null);
        Assert.Equal(["corrections[0].request"], form.Errors.Keys);
        var comment = await Refused(flow, "handler", "acceptance", "RequestCorrection", [], "请补\u0007交");
        Assert.Equal(["comment"], comment.Errors.Keys);
        Assert.Equal(WorkTaskState.Claimed, (await flow.OpenAsync("acceptance")).State);
    }

    [Fact]
    public async Task Only_papers_of_the_case_type_are_asked_for_and_at_least_one()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.PerformAsync("clerk", "acceptance", TaskVerb.Claim);
        JsonObject Asking(params (string Code, string Request)[] papers) => new()
        {
            ["corrections"] = new JsonArray([.. papers.Select(p => (JsonNode)new JsonObject { ["code"] = p.Code, ["request"] = p.Request })]),
        };
        Assert.Equal(["corrections/1/code"], (await Refused(flow, "clerk", "acceptance", "RequestCorrection", Asking(("hukou", "请补交"), ("nope", "请补交")), null)).Errors.Keys);
        Assert.Equal(["corrections"], (await Refused(flow, "clerk", "acceptance", "RequestCorrection", [], null)).Errors.Keys);

        await flow.DoAsync("clerk", "acceptance", "RequestCorrection", Asking(("hukou", "请补首页；"), ("income", "请补工资流水。")));
        var notice = Assert.Single(await flow.DocumentsAsync());
        Assert.Contains("<li>户口簿：请补首页；</li>", notice.Html, StringComparison.Ordinal);
        Assert.Contains("<li>收入证明：请补工资流水。</li>", notice.Html, StringComparison.Ordinal);
        var unknown = await Refused(flow, "citizen", "correction", "Submit", new JsonObject { ["materials"] = new JsonArray(new JsonObject { ["code"] = "nope" }) }, null);
        Assert.Equal(["materials/0/code"], unknown.Errors.Keys);
        await flow.DoAsync("citizen", "correction", "Submit", new JsonObject { ["materials"] = new JsonArray(new JsonObject { ["code"] = "other", ["name"] = "其他" }) });
    }

    [Fact]
    public async Task A_choice_that_the_form_does_not_offer_is_refused_with_its_field()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.Claim);
        var draft = await Refused(flow, "handler", "opinion-draft", "Grant", new JsonObject { ["reviewClass"] = "Z" }, "符合条件");
        Assert.Equal(["reviewClass"], draft.Errors.Keys);

        await flow.DoAsync("handler", "opinion-draft", "Grant", []);
        await flow.DoAsync("reviewer", "opinion-check", "Approve");
        await flow.DoAsync("leader", "opinion-signoff", "Approve");
        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        await flow.PerformAsync("d-leader", "confirmation", TaskVerb.Claim);
        var confirmation = await Refused(flow, "d-leader", "confirmation", "Approve", new JsonObject { ["reviewClass"] = "Z" }, "同意");
        Assert.Equal(["reviewClass"], confirmation.Errors.Keys);
        Assert.Equal("DistrictReview", (await flow.CaseAsync()).Stage);
    }

    private static Task<InvalidInputException> Refused(DibaoFlow flow, string who, string step, string outcome, JsonObject? form, string? comment) =>
        Assert.ThrowsAsync<InvalidInputException>(() => flow.PerformAsync(who, step, TaskVerb.Complete, outcome, form, comment));
}
