using CaseFlow.Browser.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.Playwright;

namespace CaseFlow.Browser.Tests.Staff;

/// <summary>The small bureau behind a real socket, and windows in which its people have signed in.</summary>
public sealed class StaffBrowser(BrowserFixture fixture) : IAsyncLifetime
{
    /// <summary>The bureau.</summary>
    public StaffWorld World { get; } = new();

    private readonly Dictionary<string, string> _sessions = new(StringComparer.Ordinal);

    private string Address { get; set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        World.UseKestrel(0);
        World.StartServer();
        Address = World.ClientOptions.BaseAddress.ToString();
        await World.InitializeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>A window of a desk or a phone in which nobody has signed in.</summary>
    public async Task<IPage> WindowAsync(bool phone, bool script = true)
    {
        var context = await fixture.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            Locale = "zh-CN",
            JavaScriptEnabled = script,
            ViewportSize = phone ? new ViewportSize { Width = 360, Height = 780 } : new ViewportSize { Width = 1366, Height = 768 },
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>A window of a desk or a phone, signed in, at an address.</summary>
    public async Task<IPage> OpenAsync(string who, string address, bool phone = false)
    {
        var context = await fixture.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            Locale = "zh-CN",
            StorageState = _sessions.GetValueOrDefault(who),
            ViewportSize = phone ? new ViewportSize { Width = 360, Height = 780 } : new ViewportSize { Width = 1366, Height = 768 },
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        if (_sessions.ContainsKey(who))
        {
            await page.GotoAsync(address);
            return page;
        }

        await page.GotoAsync("/sign-in?back=" + Uri.EscapeDataString(address));
        await page.FillAsync("[name='Input.UserName']", who);
        await page.FillAsync("[name='Input.Password']", StaffWorld.Password);
        await page.ClickAsync("button[type=submit].btn-primary");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        _sessions[who] = await context.StorageStateAsync();
        return page;
    }
}
