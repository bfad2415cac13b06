using CaseFlow.Browser.Tests.Support;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests;

/// <summary>
/// Takes the pictures of the README from a fresh demo: <c>scripts/screenshots</c>. It proves nothing and runs only when asked
/// for; the demo's people and years come from a fixed seed, so the pictures change only when the pages do.
/// </summary>
[Trait("needs", "browser")]
public sealed class Screenshots(BrowserFixture fixture)
{
    private const int LargestBytes = 200 * 1024;
    private const string Password = "demo-2026";

    private static string Folder => Path.Combine(Repository.Root, "docs", "images");

    [Fact(Explicit = true)]
    public async Task The_pictures_of_the_README_are_taken()
    {
        await using var server = await ServerProcess.StartAsync("--demo", "true");
        await StaffAsync(server);
        await CitizenAsync(server);
        await StudioAsync(server);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.png"))
        {
            Assert.True(new FileInfo(file).Length < LargestBytes, $"{file} is larger than {LargestBytes} bytes.");
        }
    }

    private async Task StaffAsync(ServerProcess server)
    {
        var clerk = await SignInAsync(server, "tuanjie", "/staff/inbox/pool");
        await TakeAsync(clerk, "inbox");
        await clerk.Context.CloseAsync();

        var leader = await SignInAsync(server, "district", "/staff/inbox/pool");
        await leader.GotoAsync(await HrefAsync(leader, "tr[data-href^='/staff/tasks/']", "data-href"));
        if (await leader.Locator("button[value=Claim]").CountAsync() > 0)
        {
            await leader.Locator("button[value=Claim]").First.ClickAsync();
            await leader.Locator("input[name=choice]").First.WaitForAsync();
        }

        await TakeAsync(leader, "task");
        await leader.GotoAsync("/staff/cases?status=InForce");
        var caseAddress = await HrefAsync(leader, "main a[href^='/staff/cases/DB-']", "href");
        await leader.GotoAsync(caseAddress);
        await TakeAsync(leader, "case");
        await leader.GotoAsync(caseAddress + "/documents");
        await leader.GotoAsync(await HrefAsync(leader, "a[href^='/staff/documents/']:has-text('确认通知书')", "href") + "/sheet");
        await leader.SetViewportSizeAsync(860, 1180);
        await TakeAsync(leader, "notice");
        await leader.Context.CloseAsync();
    }

    private async Task CitizenAsync(ServerProcess server)
    {
        var page = await fixture.OpenAsync(server, phone: true);
        await page.GotoAsync("/my/sign-in?back=/my");
        await page.FillAsync("[name='Input.UserName']", "citizen");
        await page.FillAsync("[name='Input.Password']", Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/my**");
        await page.GotoAsync("/my");
        await page.GotoAsync(await HrefAsync(page, "main a[href^='/my/cases/']", "href"));
        await TakeAsync(page, "progress");
        await page.Context.CloseAsync();
    }

    private async Task StudioAsync(ServerProcess server)
    {
        var page = await SignInAsync(server, "admin", "/admin/workflows");
        await page.GotoAsync("/studio/workflows/definitions/dibao-application/edit");
        await page.Locator(".x6-node[data-cell-id='survey']").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 180_000 });
        await Assertions.Expect(page.Locator(".x6-node[data-cell-id='survey']")).ToContainTextAsync("入户调查");
        await page.Mouse.ClickAsync(270, 125);
        await page.WaitForTimeoutAsync(3_000);
        await TakeAsync(page, "studio");
        await page.GotoAsync("/admin/authority?try=1&type=dibao&decision=grant&amount=1440&day=2026-06-15&is=openComplaint");
        await TakeAsync(page, "authority");
        await page.Context.CloseAsync();
    }

    private async Task<IPage> SignInAsync(ServerProcess server, string who, string address)
    {
        // Three quarters of the size keep each picture small.
        var context = await fixture.Browser.NewContextAsync(new()
        {
            BaseURL = server.Url,
            Locale = "zh-CN",
            DeviceScaleFactor = 0.75f,
            ViewportSize = new() { Width = 1366, Height = 768 },
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?back=" + Uri.EscapeDataString(address));
        await page.FillAsync("[name='Input.UserName']", who);
        await page.FillAsync("[name='Input.Password']", Password);
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync("**" + address);
        return page;
    }

    private static async Task<string> HrefAsync(IPage page, string selector, string attribute) =>
        await page.Locator(selector).First.GetAttributeAsync(attribute) ?? throw new InvalidOperationException($"{page.Url} has no {selector}.");

    private static Task<byte[]> TakeAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
}
