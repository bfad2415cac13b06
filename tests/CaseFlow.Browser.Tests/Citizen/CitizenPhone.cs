using CaseFlow.Browser.Tests.Staff;
using CaseFlow.Browser.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests.Citizen;

/// <summary>A citizen's window: it writes down what a page must never do, and where the tests want pictures it takes them.</summary>
internal sealed class CitizenPhone : IAsyncDisposable
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("CASEFLOW_PICTURES");
    private readonly List<string> _complaints = [];
    private readonly string _size;

    private CitizenPhone(IPage page, string size)
    {
        (Page, _size) = (page, size);
        page.Console += (_, message) =>
        {
            // A page that is missing on purpose is a 404, which the console reports as an error.
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                _complaints.Add($"console at {page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Add($"script at {page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && !request.Url.StartsWith("http://localhost:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _complaints.Add($"foreign request: {request.Url}");
            }
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>A window of 360 or 1366 pixels.</summary>
    public static async Task<CitizenPhone> OpenAsync(StaffBrowser browser, bool phone, bool script = true) =>
        new(await browser.WindowAsync(phone, script), phone ? "360" : "1366");

    /// <summary>Looks at a window that somebody else has opened.</summary>
    public static async Task<CitizenPhone> AtAsync(IPage page, bool phone)
    {
        var window = new CitizenPhone(page, phone ? "360" : "1366");
        await page.ReloadAsync();
        return window;
    }

    /// <summary>Signs in at the citizens' page.</summary>
    public async Task SignInAsync(string userName, string back = "/my")
    {
        await Page.GotoAsync("/my/sign-in?back=" + Uri.EscapeDataString(back));
        await Page.FillAsync("[name='Input.UserName']", userName);
        await Page.FillAsync("[name='Input.Password']", StaffWorld.Password);
        await Page.ClickAsync("main button.btn-primary");
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Presses a button that sends a form, and waits for the page that comes.</summary>
    public async Task PressAsync(string selector)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += Loaded;
        try
        {
            await Page.ClickAsync(selector);
            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        finally
        {
            Page.Load -= Loaded;
        }
    }

    /// <summary>Follows a link; with script the page changes in place.</summary>
    public async Task FollowAsync(string selector)
    {
        var target = await Page.GetAttributeAsync(selector, "href");
        await Page.ClickAsync(selector);
        await Page.WaitForURLAsync(url => url.EndsWith(target!, StringComparison.Ordinal));
        await Page.Locator($"main :not(a[href='{target}']) >> nth=0").WaitForAsync();
    }

    /// <summary>Fills fields by their names.</summary>
    public async Task FillAsync(params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            await Page.FillAsync($"[name='{name}']", value);
        }
    }

    /// <summary>What is wrong with the page as it stands: axe, width, and what has been written down.</summary>
    public async Task<IReadOnlyList<string>> LookAsync(string name)
    {
        if (Pictures is not null)
        {
            Directory.CreateDirectory(Pictures);
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}-{_size}.png"), FullPage = true });
        }

        var failures = new[]
        {
            await Record.ExceptionAsync(() => Accessibility.AssertFitsAsync(Page)),
            await Record.ExceptionAsync(() => Accessibility.AssertCleanAsync(Page)),
        };
        string[] found = [.. failures.OfType<Exception>().Select(f => f.Message), .. _complaints];
        _complaints.Clear();
        return [.. found.Select(f => $"{name}-{_size}: {f}")];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
