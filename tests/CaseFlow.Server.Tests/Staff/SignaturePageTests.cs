using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Staff;

/// <summary>The page on which the second investigator of a survey signs or objects.</summary>
public sealed class SignaturePageTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    [Fact]
    public async Task The_second_investigator_reads_the_findings_and_signs_with_one_button()
    {
        var file = await AtSignatureAsync("孟庆山");
        var page = await OpenAsync("liuyang", file);
        Assert.Contains("邻居反映每周透析三次", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"f.conclusion\"", page.Html, StringComparison.Ordinal);
        Assert.Matches("name=\"choice\" value=\"Confirm\"[^>]*>确认签字<", page.Html);
        Assert.Matches("name=\"choice\" value=\"Object\"[^>]*>有异议<", page.Html);
        Assert.Matches("另一名调查人员</dt>\\s*<dd>刘洋</dd>", page.Html);

        await page.SendAsync("task", null, ("choice", "Confirm"));
        Assert.StartsWith("/staff/inbox", page.Address, StringComparison.Ordinal);
        var form = await world.OnAsync<IUnitOfWork, IssuedDocument>(w => w.Set<IssuedDocument>()
            .SingleAsync(d => d.CaseId == file.Id && d.TemplateKey == "dibao/household-survey-form", TestContext.Current.CancellationToken));
        Assert.Contains("刘洋", form.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_objection_without_words_is_told_at_the_field_and_with_words_goes_back_to_the_surveyor()
    {
        var file = await AtSignatureAsync("何玉梅");
        var page = await OpenAsync("liuyang", file);
        await page.SendAsync("task", null, ("choice", "Object"));
        Assert.Contains("请改正1处", page.Html, StringComparison.Ordinal);
        Assert.NotNull(await file.OpenAsync("survey-signature"));
        await page.SendAsync("task", null, ("choice", "Object"), ("comment", "没有走访邻居"));
        var survey = await OpenAsync("zhouting", file, "survey");
        Assert.Contains("没有走访邻居", survey.Html, StringComparison.Ordinal);
        Assert.Contains("自住楼房一套", survey.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_read_who_signs_and_the_surveyor_may_take_the_survey_back()
    {
        var file = await AtSignatureAsync("郑宇轩");
        var reviewer = await OpenAsync("liujianguo", file);
        Assert.Contains("等刘洋签字", reviewer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"choice\"", reviewer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"Withdraw\"", reviewer.Html, StringComparison.Ordinal);

        var page = await OpenAsync("zhouting", file);
        Assert.Contains("撤回调查，另选第二人", page.Html, StringComparison.Ordinal);
        await page.SendAsync("task", null, ("act", "Withdraw"));
        Assert.Contains("请写明理由", page.Html, StringComparison.Ordinal);
        await page.SendAsync("task", null, ("act", "Withdraw"), ("withdrawReason", "第二人出差"));
        Assert.Equal("第二人出差", (await file.OpenAsync("survey")).ReturnReason);
    }

    [Fact]
    public async Task In_English_the_page_says_who_alone_may_sign()
    {
        var file = await AtSignatureAsync("魏春生");
        var page = await OpenAsync("liujianguo", file);
        await page.SendAsync(null, "/display/language");
        await page.OpenAsync($"/staff/tasks/{(await file.OpenAsync("survey-signature")).Id}");
        Assert.Contains("Only the second investigator named by the survey", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Naming_oneself_as_second_is_told_at_the_field()
    {
        var file = await world.FileAsync("滕国强");
        await file.AcceptAsync();
        await file.ClaimAsync("zhouting", "survey");
        var page = await OpenAsync("zhouting", file, "survey");
        await page.SendAsync("task", null, ("act", "decide"), ("choice", "Submit"), ("comment", "已入户"), ("f.secondInvestigator", world["zhouting"].ToString()), ("f.conclusion", "一致"));
        Assert.Contains("请改正1处", page.Html, StringComparison.Ordinal);
        Assert.NotNull(await file.OpenAsync("survey"));
    }

    private async Task<CaseInHand> AtSignatureAsync(string name)
    {
        var file = await world.FileAsync(name);
        await file.AcceptAsync();
        await file.SurveyUnsignedAsync();
        return file;
    }

    private async Task<PageClient> OpenAsync(string who, CaseInHand file, string step = "survey-signature")
    {
        var browser = new PageClient(world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true }));
        await browser.SignInAsync(who, StaffWorld.Password, "/staff/inbox");
        return await browser.OpenAsync($"/staff/tasks/{(await file.OpenAsync(step)).Id}");
    }
}
