using System.Text.RegularExpressions;
using CaseFlow.Browser.Tests.Support;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests;

[Trait("needs", "browser")]
public sealed partial class ShellTests(BrowserFixture fixture)
{
    [Fact]
    public async Task The_first_link_leads_to_the_content()
    {
        var page = await fixture.OpenAsync(await fixture.EmptyServerAsync());
        await page.GotoAsync("/sign-in");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("跳到正文", await FocusedTextAsync(page));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task After_a_link_the_focus_is_on_the_heading_of_the_new_page()
    {
        var page = await fixture.OpenAsync(await fixture.EmptyServerAsync());
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "无障碍说明" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync(new() { Timeout = 30_000 });
        Assert.Equal("无障碍说明", await FocusedTextAsync(page));
        Assert.Equal("无障碍说明", await page.TitleAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_form_that_comes_back_puts_the_focus_on_the_summary_whose_links_lead_to_the_fields()
    {
        var page = await fixture.OpenAsync(await fixture.EmptyServerAsync());
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await Assertions.Expect(page.Locator(".errsum")).ToBeFocusedAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "密码：请填写" }).ClickAsync();
        Assert.Equal("f-Input-Password", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keys_move_through_a_list_and_choose_without_submitting()
    {
        var page = await fixture.OpenAsync(await fixture.EmptyServerAsync());
        await page.GotoAsync("/dev/components");
        await Assertions.Expect(page.Locator(".errsum")).ToBeFocusedAsync(new() { Timeout = 30_000 });
        await page.Keyboard.PressAsync("k");
        Assert.Equal("陈桂芝", await page.Locator("tr[aria-selected=true] .first").InnerTextAsync());
        await page.Keyboard.PressAsync("j");
        Assert.Equal("王秀兰", await page.Locator("tr[aria-selected=true] .first").InnerTextAsync());
        await page.Keyboard.PressAsync("r");
        Assert.True(await page.Locator("input[value=Return]").IsCheckedAsync());
        Assert.Equal("TEXTAREA", await page.EvaluateAsync<string>("document.activeElement.tagName"));

        // Inside a field a key is a letter.
        await page.Keyboard.PressAsync("a");
        Assert.True(await page.Locator("input[value=Return]").IsCheckedAsync());
        Assert.Equal("a", await page.Locator("textarea").InputValueAsync());
        Assert.EndsWith("/dev/components", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_first_administrator_gets_in_by_the_link_of_the_log_without_script()
    {
        await using var server = await ServerProcess.StartAsync("--demo", "false");
        var link = (await server.LineAsync(FirstLink())).Groups["link"].Value;
        var page = await fixture.OpenAsync(server, script: false);
        await page.GotoAsync(link);
        await page.GetByLabel("新密码", new() { Exact = false }).First.FillAsync("a sentence that I remember");
        await page.GetByLabel("再输一次新密码", new() { Exact = false }).FillAsync("a sentence that I remember");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存新密码" }).ClickAsync();
        await page.WaitForURLAsync("**/admin/organisation");
        Assert.Contains("先填写本区的区划代码", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    private static Task<string> FocusedTextAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    [GeneratedRegex(@"Open (?<link>\S+/account/first/\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstLink();
}
