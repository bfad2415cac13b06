using CaseFlow.Browser.Tests.Staff;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Browser.Tests.Citizen;

/// <summary>The citizens' pages on a phone and on a desk: axe clean, no wider than the window, no error, nothing fetched elsewhere.</summary>
[Trait("needs", "browser")]
public sealed class CitizenPageTests(StaffBrowser browser) : IClassFixture<StaffBrowser>
{
    private static readonly SemaphoreSlim Once = new(1);
    private static IReadOnlyList<(string Name, string Address)>? s_own;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_page_for_anybody_is_clean(bool phone)
    {
        var own = await SceneAsync();
        var notice = own.First(p => p.Name == "notice-object").Address;
        await using var window = await CitizenPhone.OpenAsync(browser, phone);
        var found = new List<string>();
        foreach (var (name, address) in new[]
        {
            ("home", "/"), ("services", "/services"), ("service", "/services/dibao"), ("notices", "/notices"), ("notice-object", notice), ("ask", "/ask"),
            ("check", "/check"), ("check-unknown", "/check/0000"), ("sign-in", "/my/sign-in"), ("register", "/my/register"), ("forgot", "/my/password/forgot"),
            ("missing", "/no/such/page"), ("english", "/services/dibao?culture=en"),
        })
        {
            await window.Page.GotoAsync(address);
            found.AddRange(await window.LookAsync(name));
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_page_of_a_citizen_is_clean(bool phone)
    {
        var own = await SceneAsync();
        await using var window = await CitizenPhone.OpenAsync(browser, phone);
        await window.SignInAsync("scene");
        var found = new List<string>();
        foreach (var (name, address) in own)
        {
            await window.Page.GotoAsync(address);
            found.AddRange(await window.LookAsync(name));
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task The_large_print_of_a_case_is_clean_and_larger()
    {
        var own = await SceneAsync();
        await using var window = await CitizenPhone.OpenAsync(browser, phone: true);
        await window.SignInAsync("scene");
        await window.Page.GotoAsync(own.First(p => p.Name == "case-correction").Address);
        await window.PressAsync("nav.sw button[aria-pressed=false]");
        Assert.True(await window.Page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)") >= 22);
        Assert.Empty(await window.LookAsync("case-large"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_pages_on_which_the_window_serves_citizens_are_clean(bool phone)
    {
        var own = await SceneAsync();
        var task = own.First(p => p.Name == "case-task").Address.Split('/')[^1];
        var found = new List<string>();
        foreach (var (name, address) in new[] { ("counter-list", "/staff/intake/papers"), ("counter-papers", $"/staff/intake/papers/{task}"), ("counter-identity", "/staff/intake/identity") })
        {
            await using var window = await CitizenPhone.AtAsync(await browser.OpenAsync("sunli", address, phone), phone);
            found.AddRange(await window.LookAsync(name));
        }

        Assert.Empty(found);
    }

    private async Task<IReadOnlyList<(string Name, string Address)>> SceneAsync()
    {
        await Once.WaitAsync(Stop);
        try
        {
            return s_own ??= await BuildAsync();
        }
        finally
        {
            Once.Release();
        }
    }

    private async Task<IReadOnlyList<(string Name, string Address)>> BuildAsync()
    {
        var world = browser.World;
        await world.OpenCitizenAsync("scene", "王秀兰");
        var asked = await world.FileOnlineAsync("scene", "王秀兰");
        await asked.AskForCorrectionAsync();
        var noticed = await world.FileOnlineAsync("scene", "陈桂芝");
        await noticed.ToNoticeAsync();
        var notice = await world.OnAsync<IUnitOfWork, Id<PublicNotice>>(w => w.Set<PublicNotice>().Where(n => n.CaseId == noticed.Id).Select(n => n.Id).FirstAsync(Stop));
        var document = await world.OnAsync<IUnitOfWork, Id<IssuedDocument>>(w => w.Set<IssuedDocument>().Where(d => d.CaseId == noticed.Id && d.ForApplicant).Select(d => d.Id).FirstAsync(Stop));
        var task = await asked.OpenAsync("correction");
        return
        [
            ("home-citizen", "/"), ("my", "/my"), ("messages", "/my/messages"), ("account", "/my/account"), ("password", "/my/password"),
            ("case-correction", $"/my/cases/{asked.Id}"), ("case-task", $"/my/cases/{asked.Id}/tasks/{task.Id}"), ("case-notice", $"/my/cases/{noticed.Id}"),
            ("receipt", $"/my/cases/{asked.Id}/receipt"), ("days", $"/my/cases/{noticed.Id}/days"), ("change", $"/my/cases/{noticed.Id}/change"), ("withdraw", $"/my/cases/{asked.Id}/withdraw"),
            ("document", $"/my/documents/{document}"), ("notice-object", $"/notices/{notice}/object"),
            ("apply-who", "/apply/dibao"), ("apply-agent", "/apply/dibao/agent"), ("apply-where", "/apply/dibao/where"), ("apply-members", "/apply/dibao/members"), ("apply-health", "/apply/dibao/health"),
            ("apply-income", "/apply/dibao/income"), ("apply-property", "/apply/dibao/property"), ("apply-account", "/apply/dibao/account"), ("apply-relatives", "/apply/dibao/relatives"),
            ("apply-statement", "/apply/dibao/statement"), ("apply-papers", "/apply/dibao/papers"), ("apply-consent", "/apply/dibao/consent"), ("apply-check", "/apply/dibao/check"),
        ];
    }
}
