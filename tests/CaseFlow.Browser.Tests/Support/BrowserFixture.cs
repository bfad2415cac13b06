using CaseFlow.Browser.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace CaseFlow.Browser.Tests.Support;

/// <summary>One browser for the whole run; each test has a context (cookies, window) of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private ServerProcess? empty;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = default!;

    /// <summary>An installation without demo data, started at its first use and shared by the tests that change nothing of it.</summary>
    public async Task<ServerProcess> EmptyServerAsync()
    {
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return empty ??= await ServerProcess.StartAsync("--demo", "false", "--environment", "Development");
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>A window of a desk (1366 × 768) or of a phone (360 × 780).</summary>
    /// <param name="server">The server whose pages it shows.</param>
    /// <param name="phone">The phone.</param>
    /// <param name="script">False for a browser without script.</param>
    public async Task<IPage> OpenAsync(ServerProcess server, bool phone = false, bool script = true)
    {
        ArgumentNullException.ThrowIfNull(server);
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.Url,
            Locale = "zh-CN",
            JavaScriptEnabled = script,
            ViewportSize = phone ? new ViewportSize { Width = 360, Height = 780 } : new ViewportSize { Width = 1366, Height = 768 },
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("CASEFLOW_BROWSER");
        Assert.False(string.IsNullOrEmpty(path), "CASEFLOW_BROWSER must name a Chromium; ./test sets it.");
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Timeout = 120_000,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.CloseAsync();
        }

        playwright?.Dispose();
        if (empty is not null)
        {
            await empty.DisposeAsync();
        }

        starting.Dispose();
    }
}
