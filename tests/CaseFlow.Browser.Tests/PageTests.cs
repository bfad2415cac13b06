using CaseFlow.Browser.Tests.Support;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests;

/// <summary>What every page owes its readers; a new page that needs no sign-in adds its address.</summary>
[Trait("needs", "browser")]
public sealed class PageTests(BrowserFixture fixture)
{
    public static TheoryData<string> Addresses { get; } =
    [
        "/dev/components",
        "/sign-in",
        "/my/sign-in",
        "/accessibility",
        "/there/is/nothing",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_page_is_accessible_at_a_desk_and_on_a_phone(string address)
    {
        var server = await fixture.EmptyServerAsync();
        foreach (var phone in new[] { false, true })
        {
            var page = await fixture.OpenAsync(server, phone);
            var complaints = new List<string>();
            page.Console += (_, message) =>
            {
                // The missing page itself is a 404, which the browser's console reports as an error.
                if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
                {
                    complaints.Add(message.Text);
                }
            };
            await page.GotoAsync(address);
            await Accessibility.AssertCleanAsync(page);
            await Accessibility.AssertFitsAsync(page);
            Assert.Empty(complaints);
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [InlineData("/my/sign-in")]
    [InlineData("/accessibility")]
    public async Task The_large_print_is_accessible_too(string address)
    {
        var page = await fixture.OpenAsync(await fixture.EmptyServerAsync(), phone: true);
        await page.GotoAsync(address);
        var normal = await page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.querySelector('main p, main label')).fontSize)");
        await page.GetByRole(AriaRole.Button, new() { Name = "长者版" }).ClickAsync();
        await Assertions.Expect(page.Locator("body.lp")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        var large = await page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.querySelector('main p, main label')).fontSize)");
        Assert.InRange(large / normal, 1.25, 1.5);
        await Accessibility.AssertCleanAsync(page);
        await Accessibility.AssertFitsAsync(page);
        await page.Context.CloseAsync();
    }
}
