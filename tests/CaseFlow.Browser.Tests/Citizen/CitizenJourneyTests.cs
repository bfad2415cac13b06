using CaseFlow.Browser.Tests.Staff;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Tests.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests.Citizen;

/// <summary>Whole ways of a citizen, with the bureau acting in between.</summary>
[Trait("needs", "browser")]
public sealed class CitizenJourneyTests(StaffBrowser browser) : IClassFixture<StaffBrowser>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task From_the_application_over_a_correction_to_the_downloaded_decision(bool phone, bool script)
    {
        var world = browser.World;
        var user = $"way-{phone}-{script}";
        var name = phone ? script ? "赵玉兰" : "孙玉芝" : "徐凤兰";
        await world.OpenCitizenAsync(user, name);
        await using var window = await CitizenPhone.OpenAsync(browser, phone, script);
        await window.SignInAsync(user, "/services/dibao");
        await window.FollowAsync("main a[href='/apply/dibao']");
        await window.Page.WaitForSelectorAsync("[name='f.applicant.name']");
        await ApplyAsync(window, name);
        var file = await world.OnAsync<IUnitOfWork, Case>(w => w.Set<Case>().AsNoTracking().FirstAsync(c => c.ApplicantName == name, Stop));
        Assert.Equal(file.Number, await window.Page.InnerTextAsync(".receipt-number"));
        var its = new CaseInHand(world, file.Id, file.Number);
        await its.AskForCorrectionAsync();
        await window.Page.GotoAsync("/");
        await window.FollowAsync("a.urgent");
        await window.Page.WaitForSelectorAsync("main button[value=send]");
        await SendPapersAsync(window);
        Assert.Contains("已提交：补充材料", await window.Page.InnerTextAsync("[role=status]"), StringComparison.Ordinal);
        Assert.Contains("材料已补交", await window.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await its.DecideAfterCorrectionAsync();
        await window.Page.GotoAsync($"/my/cases/{file.Id}");
        Assert.Contains("元", await window.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await window.FollowAsync(".docrow:has-text('确认通知书')");
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.ClickAsync("a[href$='/pdf']"));
        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
        var code = await window.Page.InnerTextAsync(".hint b");
        await window.Page.GotoAsync("/check");
        await window.FillAsync(("code", code));
        await window.PressAsync("main button.btn-primary");
        Assert.Contains("是真的，现在有效", await window.Page.InnerTextAsync("[role=status]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_still_there_after_the_session_has_ended()
    {
        await browser.World.OpenCitizenAsync("ended", "高淑琴");
        await using var window = await CitizenPhone.OpenAsync(browser, phone: true);
        await window.SignInAsync("ended", "/apply/dibao");
        await window.FillAsync(("f.applicant.name", "高淑琴"), ("f.applicant.phone", "13800000000"));
        await window.Page.Locator("[data-draft-state]", new PageLocatorOptions { HasTextString = "已自动保存" }).WaitForAsync();
        await window.Page.Context.ClearCookiesAsync();
        await window.PressAsync("main button[value=next]");
        Assert.Contains("/my/sign-in?back=", window.Page.Url, StringComparison.Ordinal);
        await window.FillAsync(("Input.UserName", "ended"), ("Input.Password", StaffWorld.Password));
        await window.PressAsync("main button.btn-primary");
        Assert.Equal("高淑琴", await window.Page.InputValueAsync("[name='f.applicant.name']"));
        Assert.Equal("13800000000", await window.Page.InputValueAsync("[name='f.applicant.phone']"));
    }

    [Fact]
    public async Task A_report_of_a_change_and_a_withdrawal_ask_for_what_they_need_and_say_what_happened()
    {
        await browser.World.OpenCitizenAsync("changes", "宋玉梅");
        var file = await browser.World.FileOnlineAsync("changes", "宋玉梅");
        await using var window = await CitizenPhone.OpenAsync(browser, phone: true);
        await window.SignInAsync("changes", $"/my/cases/{file.Id}/withdraw");
        await window.Page.ClickAsync("main button.btn-danger-o");
        await window.Page.WaitForSelectorAsync(".errsum");
        await window.FillAsync(("Input.Reason", "孩子找到工作了。"));
        await window.Page.ClickAsync("main button.btn-danger-o");
        await window.Page.WaitForURLAsync(url => url.EndsWith($"/my/cases/{file.Id}", StringComparison.Ordinal));
        Assert.Contains($"已撤回 {file.Number}", await window.Page.InnerTextAsync("[role=status]"), StringComparison.Ordinal);
        Assert.DoesNotContain("发钱", await window.Page.InnerTextAsync("ol.vt"), StringComparison.Ordinal);
        Assert.Empty(await window.LookAsync("case-withdrawn"));
    }

    private async Task ApplyAsync(CitizenPhone window, string name)
    {
        await window.FillAsync(("f.applicant.name", name), ("f.applicant.idNumber", "220502196001011238"), ("f.applicant.phone", "13800000077"));
        await NextAsync();
        Assert.Contains("校验", await window.Page.InnerTextAsync(".errsum"), StringComparison.Ordinal);
        Assert.Equal(name, await window.Page.InputValueAsync("[name='f.applicant.name']"));
        await window.FillAsync(("f.applicant.idNumber", browser.World.IdNumber("19600101", true)));
        await NextAsync();
        await NextAsync();
        await window.Page.SelectOptionAsync("[name='f.applicant.hukouCommunity']", browser.World.Community.Code);
        await window.FillAsync(("f.applicant.address", "东岭社区 3 组"));
        await NextAsync();
        await NextAsync();
        foreach (var question in new[] { "seriousIllness", "fullTimeStudent", "ableBodied", "uncertainIncome" })
        {
            await window.Page.CheckAsync($"[name='f.applicant.{question}'][value=false]");
        }

        await NextAsync();
        await window.Page.SelectOptionAsync("[name='f.incomes.0.person']", "applicant");
        await window.Page.SelectOptionAsync("[name='f.incomes.0.kind']", "Other");
        await window.FillAsync(("f.incomes.0.amount", "200"));
        await window.Page.CheckAsync("[name='f.incomes.0.period'][value=month]");
        await NextAsync();
        await NextAsync();
        await NextAsync();
        await window.Page.CheckAsync("[name='f.relatives.officerRelative'][value=false]");
        await NextAsync();
        await NextAsync();
        await window.Page.SetInputFilesAsync("[name=identity]", [File("身份证正面.png", Png), File("身份证反面.png", [.. Png, 9])]);
        await window.Page.SetInputFilesAsync("[name=income]", File("病历.docx", "PK\u0003\u0004"u8.ToArray()));
        await NextAsync();
        Assert.Contains("不是照片或 PDF", await window.Page.InnerTextAsync(".errsum"), StringComparison.Ordinal);
        Assert.Equal(2, await window.Page.Locator("[name=kept]").CountAsync());
        await NextAsync();
        await window.Page.CheckAsync("[name=consent]");
        await window.Page.CheckAsync("[name=commitment]");
        await NextAsync();
        Assert.EndsWith("/apply/dibao/check", window.Page.Url, StringComparison.Ordinal);
        await NextAsync();
        Assert.EndsWith("/receipt", window.Page.Url, StringComparison.Ordinal);

        Task NextAsync() => window.PressAsync("main button[value=next]");
    }

    private static async Task SendPapersAsync(CitizenPhone window)
    {
        await window.PressAsync("main button[value=send]");
        Assert.Contains("请传这份材料", await window.Page.InnerTextAsync(".errsum"), StringComparison.Ordinal);
        foreach (var input in await window.Page.Locator("main input[type=file]:not([name='paper.other'])").AllAsync())
        {
            await input.SetInputFilesAsync([File("第一页.png", [.. Png, 5]), File("第二页.png", [.. Png, 6])]);
        }

        await window.PressAsync("main button[value=send]");
    }

    private static FilePayload File(string name, byte[] content) => new() { Name = name, MimeType = "application/octet-stream", Buffer = content };
}
