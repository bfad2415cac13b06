using CaseFlow.Browser.Tests.Support;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests.Staff;

/// <summary>The staff's pages on a desk and on a phone: axe clean, no wider than the window, and usable from the keyboard.</summary>
[Trait("needs", "browser")]
public sealed class StaffPageTests(StaffBrowser browser) : IClassFixture<StaffBrowser>
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("CASEFLOW_PICTURES");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_page_of_the_staff_is_clean_and_fits_its_window(bool phone)
    {
        var found = new List<string>();
        foreach (var (name, who, address) in await Scene.BuildAsync(browser))
        {
            var page = await browser.OpenAsync(who, address, phone);
            await PictureAsync(page, $"{name}-{(phone ? 360 : 1366)}");
            var failure = await Record.ExceptionAsync(() => Accessibility.AssertFitsAsync(page))
                ?? (phone ? null : await Record.ExceptionAsync(() => Accessibility.AssertCleanAsync(page)));
            found.AddRange(failure is null ? [] : [$"{name}: {failure.Message}"]);
            await page.Context.CloseAsync();
        }

        Assert.True(found.Count == 0, string.Join("\n\n", found));
    }

    [Fact]
    public async Task A_task_is_claimed_decided_and_followed_by_its_message_without_a_mouse()
    {
        var file = await browser.World.FileAsync("周秀芳");
        var task = await file.OpenAsync("acceptance");
        var page = await browser.OpenAsync("sunli", "/staff/inbox/pool");
        await page.Locator($"tr[data-href='/staff/tasks/{task.Id}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("button[value=Claim]").WaitForAsync();
        await page.Keyboard.PressAsync("c");
        await page.Locator("input[name=choice]").First.WaitForAsync();
        await page.Keyboard.PressAsync("a");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches('[data-opinion]')"));
        await page.Keyboard.TypeAsync("材料齐全，予以受理。");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync("**/staff/inbox");
        Assert.Contains("已办结：受理", await page.Locator("[role=status]").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task On_a_desk_the_task_page_itself_does_not_scroll_and_the_decision_is_in_sight()
    {
        var file = await browser.World.FileAsync("马玉芬");
        await file.ToConfirmationAsync();
        await file.ClaimAsync("d-leader", "confirmation");
        var page = await browser.OpenAsync("d-leader", $"/staff/tasks/{(await file.OpenAsync("confirmation")).Id}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"));
        Assert.True(await page.Locator("button[value=decide]").IsVisibleAsync());
        var button = await page.Locator("button[value=decide]").BoundingBoxAsync();
        Assert.True(button!.Y + button.Height <= 768);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_summary_opens_beside_the_list_with_o_and_Escape_closes_it()
    {
        await browser.World.FileAsync("林桂珍");
        var page = await browser.OpenAsync("sunli", "/staff/inbox/pool");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("o");
        await page.Locator("[data-drawer]").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("[data-drawer]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_somebody_writes_is_kept_by_itself()
    {
        var file = await browser.World.FileAsync("孟秀英");
        await file.ClaimAsync("sunli", "acceptance");
        var address = $"/staff/tasks/{(await file.OpenAsync("acceptance")).Id}";
        var page = await browser.OpenAsync("sunli", address);
        await page.Locator("[data-opinion]").FillAsync("写了一半的意见");
        await page.Locator("[data-draft-state]", new PageLocatorOptions { HasTextString = "已存" }).WaitForAsync();
        await page.GotoAsync(address);
        Assert.Equal("写了一半的意见", await page.Locator("[data-opinion]").InputValueAsync());
        await page.Context.CloseAsync();
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            Directory.CreateDirectory(Pictures);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
        }
    }

    /// <summary>A bureau in the middle of a week: cases at several stages, and the pages that show them.</summary>
    private static class Scene
    {
        private static readonly SemaphoreSlim Once = new(1);
        private static List<(string Name, string Who, string Address)>? s_pages;

        public static async Task<List<(string Name, string Who, string Address)>> BuildAsync(StaffBrowser browser)
        {
            await Once.WaitAsync(TestContext.Current.CancellationToken);
            try
            {
                return s_pages ??= await CarryAsync(browser);
            }
            finally
            {
                Once.Release();
            }
        }

        private static async Task<List<(string Name, string Who, string Address)>> CarryAsync(StaffBrowser browser)
        {
            var world = browser.World;
            var main = await world.FileAsync("王秀兰", monthlyWage: 900);
            await main.ToConfirmationAsync();
            await main.ClaimAsync("d-leader", "confirmation");
            var notice = await world.FileAsync("陈桂芝", monthlyWage: 400);
            await notice.ToNoticeAsync();
            var survey = await world.FileAsync("刘凤英");
            await survey.AcceptAsync();
            await survey.VerifyAsync();
            await survey.ClaimAsync("zhouting", "survey");
            var signature = await world.FileAsync("乔玉芬");
            await signature.AcceptAsync();
            await signature.SurveyUnsignedAsync();
            var opinion = await world.FileAsync("张德福", monthlyWage: 700);
            await opinion.ToOpinionAsync();
            await opinion.ClaimAsync("liuyang", "opinion-draft");
            foreach (var name in new[] { "何玉梅", "郑宇轩", "孟庆山", "高淑琴", "宋立新", "韩淑芬" })
            {
                await world.FileAsync(name);
            }

            var acceptance = await world.FileAsync("曲美玲");
            await acceptance.ClaimAsync("sunli", "acceptance");
            var document = await world.OnAsync<IUnitOfWork, Id<IssuedDocument>>(w => w.Set<IssuedDocument>()
                .Where(d => d.CaseId == main.Id).OrderBy(d => d.IssuedAt).Select(d => d.Id).FirstAsync(TestContext.Current.CancellationToken));
            return
            [
                ("02-dashboard", "d-leader", "/staff"),
                ("02b-dashboard-clerk", "sunli", "/staff"),
                ("03-inbox", "sunli", "/staff/inbox/pool"),
                ("03-drawer", "d-leader", $"/staff/inbox?task={(await main.OpenAsync("confirmation")).Id}"),
                ("03-empty", "auditor", "/staff/inbox"),
                ("04-task-confirm", "d-leader", $"/staff/tasks/{(await main.OpenAsync("confirmation")).Id}"),
                ("04-task-other", "d-reviewer", $"/staff/tasks/{(await main.OpenAsync("confirmation")).Id}"),
                ("04-task-accept", "sunli", $"/staff/tasks/{(await acceptance.OpenAsync("acceptance")).Id}"),
                ("04-task-opinion", "liuyang", $"/staff/tasks/{(await opinion.OpenAsync("opinion-draft")).Id}"),
                ("05-case", "zhaomin", $"/staff/cases/{main.Number}"),
                ("05-case-household", "zhaomin", $"/staff/cases/{main.Number}/household"),
                ("05-case-verification", "zhaomin", $"/staff/cases/{main.Number}/verification"),
                ("05-case-money", "zhaomin", $"/staff/cases/{main.Number}/money"),
                ("05-case-documents", "zhaomin", $"/staff/cases/{main.Number}/documents"),
                ("05-case-audit", "zhaomin", $"/staff/cases/{main.Number}/audit"),
                ("05-search", "zhaomin", "/staff/cases"),
                ("06-intake", "sunli", "/staff/intake"),
                ("07-survey", "zhouting", $"/staff/tasks/{(await survey.OpenAsync("survey")).Id}"),
                ("07-signature", "liuyang", $"/staff/tasks/{(await signature.OpenAsync("survey-signature")).Id}"),
                ("07-signature-surveyor", "zhouting", $"/staff/tasks/{(await signature.OpenAsync("survey-signature")).Id}"),
                ("08-notices", "donglin", "/staff/notices"),
                ("09-document", "zhaomin", $"/staff/documents/{document}"),
            ];
        }
    }
}
