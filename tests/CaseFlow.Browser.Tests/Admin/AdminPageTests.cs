using CaseFlow.Browser.Tests.Staff;
using CaseFlow.Browser.Tests.Support;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests.Admin;

/// <summary>The pages of the administration at a desk: axe clean, no wider than the window, and the ways that two people go.</summary>
[Trait("needs", "browser")]
public sealed class AdminPageTests(StaffBrowser browser) : IClassFixture<StaffBrowser>
{
    private static readonly string[] Pages =
    [
        "/admin/accounts", "/admin/accounts/new", "/admin/organisation", "/admin/organisation/new", "/admin/standards", "/admin/standards/edit?key=dibao.standard&area=Urban",
        "/admin/authority?try=1&type=dibao&decision=grant&amount=1000&day=2026-06-15&is=openComplaint", "/admin/authority/edit?code=D2", "/admin/texts", "/admin/texts/edit?key=court",
        "/admin/templates", "/admin/templates/edit?key=dibao%2Facceptance-notice", "/admin/calendars", "/admin/calendars/edit?year=2027", "/admin/changes", "/admin/workflows",
        "/admin/messages", "/admin/incidents", "/admin/audit", "/admin/audit?view=reads", "/admin/clock", "/account/substitutes",
    ];

    [Fact]
    public async Task Every_page_is_clean_and_fits_its_window_and_says_nothing_wrong_to_the_console()
    {
        await browser.World.FileAsync("王秀兰");
        var found = new List<string>();
        var page = await browser.OpenAsync("sysadmin", "/admin");
        page.Console += (_, message) => found.AddRange(message.Type == "error" ? [$"{page.Url}: {message.Text}"] : []);
        foreach (var address in Pages.Append($"/admin/accounts/{browser.World["zhaomin"]}"))
        {
            await page.GotoAsync(address);
            var failure = await Record.ExceptionAsync(() => Accessibility.AssertFitsAsync(page)) ?? await Record.ExceptionAsync(() => Accessibility.AssertCleanAsync(page));
            found.AddRange(failure is null ? [] : [$"{address}: {failure.Message}"]);
        }

        await page.Context.CloseAsync();
        Assert.True(found.Count == 0, string.Join("\n\n", found));
    }

    [Fact]
    public async Task Every_entry_of_the_rail_leads_to_its_page()
    {
        var page = await browser.OpenAsync("auditor", "/admin");
        var addresses = await page.Locator(".rail a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))");
        Assert.True(addresses.Length >= 12);
        foreach (var address in addresses)
        {
            var answer = await page.GotoAsync(address);
            Assert.Equal((address, 200), (address, answer!.Status));
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_standard_is_drafted_submitted_and_published_by_another()
    {
        var author = await browser.OpenAsync("sysadmin", "/admin/standards/edit?key=dibao.standard&area=Rural");
        await author.GetByLabel("数值").FillAsync("４３２");
        await author.GetByLabel("生效日期").FillAsync("2026-07-01");
        await author.GetByLabel("依据的文件").FillAsync("通市民联发〔2026〕3号");
        await author.GetByRole(AriaRole.Button, new() { Name = "存为草稿" }).ClickAsync();
        await author.WaitForURLAsync("**/admin/changes/*");
        var change = new Uri(author.Url).AbsolutePath;
        await Assertions.Expect(author.Locator("main")).ToContainTextAsync("410.00 元 → 432.00 元");
        await Accessibility.AssertCleanAsync(author);
        await author.GetByLabel("提交说明").FillAsync("按市里文件");
        await author.GetByRole(AriaRole.Button, new() { Name = "提交复核" }).ClickAsync();
        await author.WaitForURLAsync("**/admin/changes");
        await author.Context.CloseAsync();

        var second = await browser.OpenAsync("director", change);
        await Accessibility.AssertCleanAsync(second);
        await second.GetByLabel("复核意见").FillAsync("核对无误");
        await second.GetByRole(AriaRole.Button, new() { Name = "发布", Exact = true }).ClickAsync();
        await second.WaitForURLAsync("**/admin/changes");
        await Assertions.Expect(second.Locator("[role=status]").First).ToContainTextAsync("已发布");
        await second.Context.CloseAsync();
    }

    [Fact]
    public async Task A_template_is_previewed_as_it_is_typed()
    {
        var page = await browser.OpenAsync("sysadmin", "/admin/templates/edit?key=dibao%2Facceptance-notice");
        var sheet = page.FrameLocator("iframe[name=template-sheet]");
        await Assertions.Expect(sheet.Locator("body")).ToContainTextAsync("收到的材料");
        var text = await page.Locator("textarea.code").InputValueAsync();
        await page.Locator("textarea.code").FillAsync(text.Replace("收到的材料", "已经收到的材料", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "预览" }).ClickAsync();
        await Assertions.Expect(sheet.Locator("body")).ToContainTextAsync("已经收到的材料");
        Assert.Contains("/admin/templates/edit", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
