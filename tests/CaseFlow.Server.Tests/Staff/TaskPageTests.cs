using System.Net;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Staff;

public sealed class TaskPageTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    [Fact]
    public async Task A_task_of_another_street_is_not_found()
    {
        var task = await (await world.FileAsync("吴海龙", elsewhere: true)).OpenAsync("acceptance");
        var page = await (await SignedInAsync("sunli")).OpenAsync($"/staff/tasks/{task.Id}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.DoesNotContain("吴海龙", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_a_task_is_claimed_its_page_offers_to_claim_it_and_no_decision()
    {
        var task = await (await world.FileAsync("高淑琴")).OpenAsync("acceptance");
        var page = await (await SignedInAsync("sunli")).OpenAsync($"/staff/tasks/{task.Id}");
        Assert.Contains("领取，由您办理", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"choice\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_then_accept_leads_back_to_the_inbox_with_what_has_happened()
    {
        var file = await world.FileAsync("宋立新");
        var task = await file.OpenAsync("acceptance");
        var page = await (await SignedInAsync("sunli")).OpenAsync($"/staff/tasks/{task.Id}");
        await page.SendAsync("task", null, ("act", "Claim"));
        Assert.Contains("name=\"choice\"", page.Html, StringComparison.Ordinal);
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "Accept"), ("comment", "材料齐全，予以受理。"));
        Assert.StartsWith("/staff/inbox", page.Address, StringComparison.Ordinal);
        Assert.Contains("已办结：受理", page.Html, StringComparison.Ordinal);
        Assert.Equal("Investigating", (await file.CaseAsync()).Stage);
    }

    [Fact]
    public async Task A_decision_without_choice_and_opinion_comes_back_with_both_told_on_top()
    {
        var file = await world.FileAsync("杜文革");
        await file.ClaimAsync("sunli", "acceptance");
        var page = await OpenTaskAsync("sunli", file, "acceptance");
        await page.SendAsync("task", null, ("act", "decide"));
        Assert.Contains("请改正2处", page.Html, StringComparison.Ordinal);
        Assert.Contains("错误：", page.Title, StringComparison.Ordinal);
        Assert.Equal("Submitted", (await file.CaseAsync()).Stage);
    }

    [Fact]
    public async Task A_refusal_is_asked_for_twice()
    {
        var file = await world.FileAsync("姜丽华");
        await file.ClaimAsync("sunli", "acceptance");
        var page = await OpenTaskAsync("sunli", file, "acceptance");
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "NotAccept"), ("comment", "户籍不在本区。"));
        Assert.Contains("确定吗", page.Html, StringComparison.Ordinal);
        Assert.Equal("Submitted", (await file.CaseAsync()).Stage);
        await page.SendAsync("task", null, ("confirmed", "NotAccept"), ("act", "decide"));
        Assert.StartsWith("/staff/inbox", page.Address, StringComparison.Ordinal);
        Assert.Equal("NotAccepted", (await file.CaseAsync()).Stage);
    }

    [Fact]
    public async Task A_correction_asks_paper_by_paper_and_at_least_for_one()
    {
        var file = await world.FileAsync("许长河");
        await file.ClaimAsync("sunli", "acceptance");
        var page = await OpenTaskAsync("sunli", file, "acceptance");
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "RequestCorrection"), ("comment", "缺户口簿。"));
        Assert.Contains("请写明哪些材料怎样补正", page.Html, StringComparison.Ordinal);
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "RequestCorrection"), ("comment", "缺户口簿。"), ("correct.hukou", "请补交首页和本人页"));
        Assert.StartsWith("/staff/inbox", page.Address, StringComparison.Ordinal);
        Assert.Equal("AwaitingCorrection", (await file.CaseAsync()).Stage);
    }

    [Fact]
    public async Task When_somebody_was_faster_the_page_says_who_and_keeps_the_text()
    {
        var file = await world.FileAsync("魏春生");
        await file.AcceptAsync();
        await file.VerifyAsync();
        await file.ClaimAsync("zhouting", "survey");
        var page = await OpenTaskAsync("zhouting", file, "survey");
        await file.SurveyAsync();
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "Submit"), ("comment", "我刚写的意见"), ("f.secondInvestigator", world["liuyang"].ToString()), ("f.conclusion", "一致"));
        Assert.Contains("有人在您之前改动了这件任务", page.Html, StringComparison.Ordinal);
        Assert.Contains("已存为草稿", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_comes_back_with_the_page()
    {
        var file = await world.FileAsync("于海波");
        await file.ClaimAsync("sunli", "acceptance");
        var page = await OpenTaskAsync("sunli", file, "acceptance");
        await page.SendAsync("task", null, ("act", "draft"), ("choice", "Accept"), ("comment", "写了一半"));
        var again = await OpenTaskAsync("sunli", file, "acceptance");
        Assert.Contains("写了一半", again.Html, StringComparison.Ordinal);
        Assert.Matches("value=\"Accept\"[^>]*checked", again.Html);
    }

    [Fact]
    public async Task A_survey_form_that_lacks_the_second_person_is_not_taken()
    {
        var file = await world.FileAsync("曲美玲");
        await file.AcceptAsync();
        await file.ClaimAsync("zhouting", "survey");
        var page = await OpenTaskAsync("zhouting", file, "survey");
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "Submit"), ("comment", "已入户"), ("f.conclusion", "一致"));
        Assert.Contains("请选择另一名调查人员", page.Html, StringComparison.Ordinal);
        Assert.Equal(WorkTaskState.Claimed, (await file.OpenAsync("survey")).State);
    }

    [Fact]
    public async Task A_person_who_stepped_aside_finds_no_decision_but_who_decides()
    {
        var file = await world.FileAsync("邵桂珍");
        await file.ToOpinionAsync();
        await file.PerformAsync("zhouting", "opinion-draft", TaskVerb.DeclareRecusal, comment: "系申请人表妹。");
        var page = await OpenTaskAsync("zhouting", file, "opinion-draft");
        Assert.Contains("本案您不能决定", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"choice\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"decide\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_of_the_verification_are_settled_line_by_line_with_a_reason()
    {
        var file = await world.FileAsync("王秀兰", monthlyWage: 700);
        await file.AcceptAsync();
        await file.VerifyAsync(wageFen: 1_080_000);
        await world.GoToAsync(world.Clock.Today.AddDays(14));
        await file.ClaimAsync("zhouting", "settle-verification");
        var page = await OpenTaskAsync("zhouting", file, "settle-verification");
        Assert.Contains("申报 8,400.00", page.Html, StringComparison.Ordinal);
        var line = await world.OnAsync<IUnitOfWork, VerificationResult>(w => w.Set<VerificationResult>().AsNoTracking().FirstAsync(r => r.CaseId == file.Id && r.Source == "tax", TestContext.Current.CancellationToken));
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "Settle"), ("comment", "以税务为准。"), ($"settle.{line.Id}.settlement", "found"), ($"settle.{line.Id}.reason", "本人已确认"));
        Assert.StartsWith("/staff/inbox", page.Address, StringComparison.Ordinal);
        var settled = await world.OnAsync<IUnitOfWork, VerificationResult>(w => w.Set<VerificationResult>().AsNoTracking().FirstAsync(r => r.Id == line.Id, TestContext.Current.CancellationToken));
        Assert.Equal(("found", "本人已确认"), (settled.Settlement, settled.SettlementReason));
    }

    [Fact]
    public async Task The_review_class_of_the_opinion_is_proposed_at_the_confirmation()
    {
        var file = await world.FileAsync("焦玉梅");
        await file.ToOpinionAsync();
        await file.DoAsync("zhouting", "opinion-draft", "Grant", new JsonObject { ["reviewClass"] = "B" }, "拟予确认。");
        await file.DoAsync("liujianguo", "opinion-check", "Approve");
        await file.DoAsync("zhaomin", "opinion-signoff", "Approve");
        await world.GoToAsync(world.Clock.Today.AddDays(9));
        await file.DoAsync("zhouting", "report", "Report", comment: "上报区民政局。");
        await file.DoAsync("d-reviewer", "district-review", "Approve");
        await file.ClaimAsync("d-leader", "confirmation");
        var page = await OpenTaskAsync("d-leader", file, "confirmation");
        Assert.Contains("初审建议 B 类", page.Html, StringComparison.Ordinal);
        Assert.Matches("name=\"f.reviewClass\" value=\"B\"[^>]* checked", page.Html);
        Assert.DoesNotMatch("name=\"f.reviewClass\" value=\"A\"[^>]* checked", page.Html);
    }

    [Fact]
    public async Task Revealing_a_number_needs_a_reason_and_leaves_a_trace()
    {
        var file = await world.FileAsync("滕国强");
        var page = await (await SignedInAsync("d-leader")).OpenAsync($"/staff/cases/{file.Number}/household");
        Assert.Contains("2205**********", page.Html, StringComparison.Ordinal);
        Assert.DoesNotMatch("220502[0-9]{11}[0-9X]", page.Html);
        var before = await CountAsync();
        await page.SendAsync("case-reveal", null, ("reason", "check"));
        Assert.Matches("220502[0-9]{11}[0-9X]", page.Html);
        Assert.Equal(before + 2, await CountAsync());

        Task<int> CountAsync() => world.OnAsync<IUnitOfWork, int>(w => w.Set<AccessLogEntry>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Community_staff_see_no_income()
    {
        var file = await world.FileAsync("苗春花");
        var page = await (await SignedInAsync("donglin")).OpenAsync($"/staff/cases/{file.Number}/household");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("您的岗位不看收入和财产", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("1,300.00", page.Html, StringComparison.Ordinal);
        await page.OpenAsync($"/staff/cases/{file.Number}/money");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    private PageClient Browser() => new(world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true }));

    private Task<PageClient> SignedInAsync(string who) => Browser().SignInAsync(who, StaffWorld.Password, "/staff/inbox");

    private async Task<PageClient> OpenTaskAsync(string who, CaseInHand file, string step) =>
        await (await SignedInAsync(who)).OpenAsync($"/staff/tasks/{(await file.OpenAsync(step)).Id}");
}
