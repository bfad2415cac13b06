using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using CaseFlow.Cases.People;
using CaseFlow.Server.Pages;
using CaseFlow.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseFlow.Server.Tests.Host;

/// <summary>The "first steps" of the README, walked over HTTP as a bureau would that begins with nothing.</summary>
public sealed partial class First_steps_of_an_empty_bureau(TestServer server) : IClassFixture<TestServer>
{
    private const string Password = "changbai-shan-2026";
    private static readonly string IdNumber = "22050219620315542" + ResidentIdNumber.CheckCharacter("22050219620315542");

    [Fact]
    public async Task From_the_link_in_the_log_to_the_survey_of_the_first_case_over_a_restart()
    {
        await using (var first = Start(out var log))
        {
            var admin = Browser(first);
            await SetPasswordAsync(admin, FirstLink().Match(Assert.Single(log, l => l.Contains("no administrator yet", StringComparison.Ordinal))).Groups["path"].Value);
            await AddBodiesAsync(admin);
            await AddPersonAsync(admin, first, "window", "刘窗口", "团结街道", "WindowClerk");
            await AddPersonAsync(admin, first, "handler", "陈经办", "团结街道", "CaseHandler");
            await TakeInAsync(await SignInAsync(first, "window"));
            await CompleteAsync(await SignInAsync(first, "handler"), "受理审查", ("choice", "Accept"), ("comment", "材料齐全，予以受理。"));
        }

        await using var second = Start(out var secondLog);
        var handler = await SignInAsync(second, "handler");
        await handler.OpenAsync("/staff/inbox/pool");
        Assert.Contains("入户调查", handler.Html, StringComparison.Ordinal);
        await handler.OpenAsync(TaskLink().Match(handler.Html).Groups["path"].Value);
        await handler.SendAsync("task", null, ("act", "Claim"));
        Assert.Contains("f.conclusion", handler.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(secondLog, l => l.Contains("no administrator yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_below_the_district_waits_for_the_district_s_own_code()
    {
        using var empty = new TestServer();
        await using var host = Start(empty, out var log);
        var admin = Browser(host);
        await SetPasswordAsync(admin, FirstLink().Match(Assert.Single(log, l => l.Contains("no administrator yet", StringComparison.Ordinal))).Groups["path"].Value);
        Assert.Contains("先填写本区的区划代码", admin.Html, StringComparison.Ordinal);
        await AddBodyAsync(admin, "通化市东昌区民政局", "000000001", "团结街道办事处", "团结街道");
        Assert.Contains("请先打开“通化市东昌区民政局”", admin.Html, StringComparison.Ordinal);
    }

    private WebApplicationFactory<App> Start(out ConcurrentQueue<string> log) => Start(server, out log);

    private static WebApplicationFactory<App> Start(TestServer server, out ConcurrentQueue<string> log)
    {
        var lines = log = new ConcurrentQueue<string>();
        return server.WithWebHostBuilder(builder => builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(new KeptLog(lines))));
    }

    private static PageClient Browser(WebApplicationFactory<App> host) =>
        new(host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true }));

    private static async Task SetPasswordAsync(PageClient browser, string link)
    {
        await browser.OpenAsync(link);
        await browser.SendAsync("first-password", null, ("Input.Password", Password), ("Input.Repeated", Password));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.DoesNotContain("/account/first", browser.Address, StringComparison.Ordinal);
    }

    private static async Task AddBodiesAsync(PageClient admin)
    {
        await admin.OpenAsync("/admin/organisation");
        await admin.OpenAsync(UnitLink().Match(admin.Html).Groups["path"].Value);
        await admin.SendAsync("unit", null, ("Input.Code", "220502"), ("Input.Name", "通化市东昌区民政局"), ("Input.ShortName", "东昌区民政局"), ("Input.BodyCode", "东民"));
        Assert.Contains("220502", admin.Html, StringComparison.Ordinal);
        await AddBodyAsync(admin, "东昌区民政局", "220502004", "团结街道办事处", "团结街道", "东团");
        await AddBodyAsync(admin, "团结街道", "220502004001", "东岭社区居民委员会", "东岭社区");
        Assert.Equal("/admin/organisation", admin.Address);
        Assert.Contains("220502004001", admin.Html, StringComparison.Ordinal);
    }

    private static async Task AddBodyAsync(PageClient admin, string parent, string code, string name, string shortName, string bodyCode = "")
    {
        await admin.OpenAsync("/admin/organisation/new");
        await admin.SendAsync("unit", null, ("Input.Parent", OptionOf(admin, parent)), ("Input.Code", code), ("Input.Name", name), ("Input.ShortName", shortName), ("Input.BodyCode", bodyCode));
    }

    private static async Task AddPersonAsync(PageClient admin, WebApplicationFactory<App> host, string userName, string name, string body, string post)
    {
        await admin.OpenAsync("/admin/accounts/new");
        await admin.SendAsync("account", null, ("Input.UserName", userName), ("Input.DisplayName", name), ("Input.Kind", "Staff"));
        var link = FirstLink().Match(admin.Html).Groups["path"].Value;
        await admin.OpenAsync(AccountLink().Match(admin.Html).Groups["path"].Value);
        await admin.SendAsync("post", null, ("Post.Organisation", OptionOf(admin, body)), ("Post.Kind", post), ("Post.From", "2026-06-15"));
        await SetPasswordAsync(Browser(host), link);
    }

    private static async Task TakeInAsync(PageClient window)
    {
        await window.OpenAsync("/staff/intake");
        await window.SendAsync("intake-start", null, ("Input.Name", "赵玉兰"), ("Input.IdNumber", IdNumber), ("Input.CaseType", "dibao"), ("Input.Visitor", "self"));
        await NextAsync(window, ("f.applicant.name", "赵玉兰"), ("f.applicant.idNumber", IdNumber), ("f.applicant.phone", "13844550001"),
            ("f.applicant.hukouCommunity", "220502004001"), ("f.applicant.address", "东岭社区3号楼"), ("f.applicant.seriousIllness", "false"),
            ("f.applicant.fullTimeStudent", "false"), ("f.applicant.ableBodied", "true"), ("f.applicant.uncertainIncome", "false"), ("f.relatives.officerRelative", "false"));
        await NextAsync(window);
        await NextAsync(window, ("f.incomes.0.person", "applicant"), ("f.incomes.0.kind", "NetTransfer"), ("f.incomes.0.amount", "180"), ("f.incomes.0.period", "month"));
        await NextAsync(window, ("f.property.dwellings", "1"), ("f.property.company", "false"));
        await NextAsync(window);
        await NextAsync(window, ("f.commitment", "true"), ("f.consents.0.person", "applicant"), ("f.consents.0.verification", "true"), ("f.consents.0.signedOn", "2026-06-15"));
        await window.SendAsync("intake", null, ("act", "submit"));
        Assert.StartsWith("/staff/cases/DB-220502-2026-000001", window.Address, StringComparison.Ordinal);
    }

    private static async Task CompleteAsync(PageClient staff, string task, params (string Name, string Value)[] decision)
    {
        await staff.OpenAsync("/staff/inbox/pool");
        Assert.Contains(task, staff.Html, StringComparison.Ordinal);
        await staff.OpenAsync(TaskLink().Match(staff.Html).Groups["path"].Value);
        await staff.SendAsync("task", null, ("act", "Claim"));
        await staff.SendAsync("task", null, [("act", "decide"), .. decision]);
        Assert.Contains($"“{task}”已办结", staff.Html, StringComparison.Ordinal);
    }

    private static Task<PageClient> NextAsync(PageClient page, params (string Name, string Value)[] fields) =>
        page.SendAsync("intake", null, [.. fields, ("act", "next")]);

    private static Task<PageClient> SignInAsync(WebApplicationFactory<App> host, string who) => Browser(host).SignInAsync(who, Password);

    private static string OptionOf(PageClient page, string label) =>
        Regex.Match(page.Html, $"<option value=\"(?<value>[^\"]+)\"[^>]*>{Regex.Escape(label)}</option>").Groups["value"].Value;

    [GeneratedRegex("(?<path>/account/first/[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstLink();

    [GeneratedRegex("href=\"(?<path>/admin/organisation/[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnitLink();

    [GeneratedRegex("href=\"(?<path>/admin/accounts/[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AccountLink();

    [GeneratedRegex("href=\"(?<path>/staff/tasks/[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TaskLink();

    private sealed class KeptLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
