using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Browser.Tests.Support;
using CaseFlow.Cases.People;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests;

/// <summary>The unmodified Studio changes the live dibao procedure of a demo.</summary>
[Trait("needs", "browser")]
public sealed class StudioTests(BrowserFixture fixture)
{
    [Fact]
    public async Task A_moved_box_and_a_changed_deadline_are_published_the_next_case_runs_on_them_and_the_running_one_stays()
    {
        await using var server = await ServerProcess.StartAsync("--demo", "true");
        using var clerk = await ClerkAsync(server);
        var running = await SubmitAsync(clerk, 901);
        var page = await fixture.OpenAsync(server);
        await SignInAsync(page);
        await page.GotoAsync("/studio/workflows/definitions/dibao-application/edit");

        var box = page.Locator(".x6-node[data-cell-id='survey']");
        await box.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 180_000 });
        await Assertions.Expect(box).ToContainTextAsync("入户调查");
        await Assertions.Expect(box).ToContainTextAsync("工作人员办理");
        await BringIntoViewAsync(page, box);
        await MoveAsync(page, box);
        await ExpectStateAsync(page, "第 2 版 草稿");
        await ChooseDeadlineAsync(page, box, "提出初审意见（3 个工作日）");
        await page.Mouse.ClickAsync(805, 125);
        await ExpectStateAsync(page, "第 2 版 在用");

        var next = await SubmitAsync(clerk, 903);
        Assert.Equal(1, await ApplicationVersionAsync(clerk, running));
        Assert.Equal(2, await ApplicationVersionAsync(clerk, next));
        await page.Context.CloseAsync();
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in?back=/admin/workflows");
        await page.FillAsync("input[name='Input.UserName']", "admin");
        await page.FillAsync("input[name='Input.Password']", "demo-2026");
        await page.ClickAsync("main button[type=submit], .signin-form button[type=submit]");
        await page.WaitForURLAsync("**/admin/workflows");
    }

    /// <summary>A point of the drawing at which and around which nothing stands, with room to drag by the given way.</summary>
    private const string EmptyGround = """
        ([dx, dy]) => {
          const empty = (x, y) => !document.elementFromPoint(x, y)?.closest('.x6-node, .x6-edge');
          for (let y = 540; y > 180; y -= 12) {
            for (let x = 300; x < 940; x += 20) {
              const room = x + dx > 230 && x + dx < 950 && y + dy > 170 && y + dy < 555;
              if (room && empty(x, y) && empty(x - 8, y) && empty(x + 8, y) && empty(x, y - 8) && empty(x, y + 8)) return [x, y];
            }
          }
          throw new Error('The drawing has no empty ground.');
        }
        """;

    /// <summary>Pans the drawing by its empty ground until the box stands in the middle of it.</summary>
    private static async Task BringIntoViewAsync(IPage page, ILocator box)
    {
        for (var i = 0; i < 72; i++)
        {
            // The whole drawing first; again from time to time, for the designer may not have been ready for it.
            if (i % 12 == 0)
            {
                await page.Mouse.ClickAsync(270, 125);
                await page.WaitForTimeoutAsync(1000);
            }

            await page.WaitForTimeoutAsync(300);
            var at = (await box.BoundingBoxAsync())!;
            var (dx, dy) = (Math.Clamp(560 - at.X, -250, 250), Math.Clamp(330 - at.Y, -150, 150));
            if (Math.Abs(dx) < 60 && at.Y is > 200 and < 480)
            {
                return;
            }

            var ground = await page.EvaluateAsync<float[]>(EmptyGround, new double[] { dx, dy });
            await page.Mouse.MoveAsync(ground[0], ground[1]);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(ground[0] + dx, ground[1] + dy, new() { Steps = 8 });
            await page.Mouse.UpAsync();
        }

        Assert.Fail("The box could not be brought into view.");
    }

    private static async Task MoveAsync(IPage page, ILocator box)
    {
        var (x, y) = await MiddleAsync(box);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 4, y + 10, new() { Steps = 4 });
        await page.Mouse.MoveAsync(x, y + 30, new() { Steps = 6 });
        await page.Mouse.UpAsync();
    }

    private static async Task ChooseDeadlineAsync(IPage page, ILocator box, string words)
    {
        var (x, y) = await MiddleAsync(box);
        await page.Mouse.ClickAsync(x, y);
        var field = page.Locator(".mud-input-control").Filter(new() { Has = page.Locator("label", new() { HasText = "时限" }) }).Last;
        await field.ScrollIntoViewIfNeededAsync();
        await field.Locator(".mud-input-slot").First.ClickAsync();
        var saved = page.WaitForResponseAsync(r => r.Request.Method == "POST" && r.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal));
        await page.Locator(".mud-popover-open .mud-list-item-extended").Filter(new() { HasText = words }).Last.ClickAsync();
        Assert.Equal(200, (await saved).Status);
    }

    private static Task ExpectStateAsync(IPage page, string words) =>
        Assertions.Expect(page.Locator("#studio-state")).ToHaveTextAsync(words, new() { Timeout = 60_000 });

    private static async Task<(float X, float Y)> MiddleAsync(ILocator box)
    {
        var at = (await box.BoundingBoxAsync())!;
        return (at.X + (at.Width / 2), at.Y + (at.Height / 2));
    }

    private static async Task<HttpClient> ClerkAsync(ServerProcess server)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        var answer = await client.PostAsJsonAsync("/api/v1/token", new { userName = "tuanjie-window", password = "demo-2026" }, TestContext.Current.CancellationToken);
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["accessToken"]!.ToString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<string> SubmitAsync(HttpClient clerk, int order)
    {
        var first = $"22050219550312{order}";
        var form = new JsonObject
        {
            ["applicant"] = new JsonObject
            {
                ["name"] = "赵单人（演示）",
                ["idNumber"] = first + ResidentIdNumber.CheckCharacter(first),
                ["phone"] = "13800000001",
                ["hukouCommunity"] = "220502004001",
                ["address"] = "东岭社区1号楼",
                ["bankName"] = "农业银行",
                ["bankAccount"] = "6228480000000004417",
            },
            ["members"] = new JsonArray(),
            ["incomes"] = new JsonArray(),
            ["property"] = new JsonObject { ["dwellings"] = 1, ["company"] = false },
            ["relatives"] = new JsonObject { ["officerRelative"] = false },
            ["consents"] = new JsonArray(new JsonObject { ["person"] = "applicant", ["verification"] = true, ["signedOn"] = "2026-06-15" }),
            ["commitment"] = true,
        };
        var answer = await clerk.PostAsJsonAsync("/api/v1/applications", new JsonObject { ["caseType"] = "dibao", ["form"] = form }, TestContext.Current.CancellationToken);
        var receipt = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, receipt!.ToJsonString());
        return receipt["caseId"]!.ToString();
    }

    private static async Task<int> ApplicationVersionAsync(HttpClient clerk, string caseId)
    {
        var file = await clerk.GetFromJsonAsync<JsonObject>($"/api/v1/cases/{caseId}", TestContext.Current.CancellationToken);
        return file!["procedures"]!.AsArray().Single(p => p!["kind"]!.ToString() == "application")!["workflowVersion"]!.GetValue<int>();
    }
}
