using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests.Support;

/// <summary>Checks pages against WCAG 2.0 to 2.2, levels A and AA, with axe.</summary>
internal static class Accessibility
{
    /// <summary>Fails with each violation and the elements that it concerns.</summary>
    public static async Task AssertCleanAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        });
        Assert.Empty(result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}: {n.Html}")));
    }

    /// <summary>Fails where the page is wider than its window.</summary>
    public static async Task AssertFitsAsync(IPage page)
    {
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"The page is {over} px wider than the window.");
    }
}
