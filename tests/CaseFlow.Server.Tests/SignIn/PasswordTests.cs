using System.Net;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace CaseFlow.Server.Tests.SignIn;

public sealed class PasswordTests(TestServer server) : IClassFixture<TestServer>
{
    private const string New = "a sentence that I remember";

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions()
    {
        await server.OpenAsync("pw-1", PostKind.Reviewer);
        var here = await server.Browser().SignInAsync("pw-1", TestServer.Password, "/account/password");
        var elsewhere = await server.Browser().SignInAsync("pw-1", TestServer.Password);
        await here.SendAsync("password", null, ("Input.Current", TestServer.Password), ("Input.Password", New), ("Input.Repeated", New));
        Assert.Equal("/account", here.Address);
        Assert.Contains("密码已修改", here.Html, StringComparison.Ordinal);

        await elsewhere.OpenAsync("/account");
        Assert.StartsWith("/sign-in", elsewhere.Address, StringComparison.Ordinal);
        await elsewhere.SignInAsync("pw-1", New);
        Assert.Equal("/account", elsewhere.Address);
    }

    [Theory]
    [InlineData("short", "short", "至少 10 个字符")]
    [InlineData("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "字符太单一")]
    [InlineData("my name is pw-2, really", "my name is pw-2, really", "不能含有登录名")]
    [InlineData("a sentence that I remember", "another sentence", "两次输入的不一样")]
    public async Task A_weak_password_is_refused_with_the_reason(string password, string repeated, string reason)
    {
        if (await server.WithAsync<UserManager<Account>, Account?>(u => u.FindByNameAsync("pw-2")) is null)
        {
            await server.OpenAsync("pw-2", PostKind.Reviewer);
        }

        var browser = await server.Browser().SignInAsync("pw-2", TestServer.Password, "/account/password");
        await browser.SendAsync("password", null, ("Input.Current", TestServer.Password), ("Input.Password", password), ("Input.Repeated", repeated));
        Assert.StartsWith("错误：", browser.Title, StringComparison.Ordinal);
        Assert.Contains(reason, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_gives_a_link_that_works_once_and_ends_the_old_password()
    {
        var account = await server.OpenAsync("pw-3", PostKind.Reviewer);
        var administrator = await ActorOfAsync(await server.OpenAsync("pw-3-admin", PostKind.SystemAdmin));
        var link = await server.WithAsync<PasswordReset, string>(r => r.ResetAsync(administrator, account.Id, TestContext.Current.CancellationToken));

        var browser = await server.Browser().SignInAsync("pw-3", TestServer.Password);
        Assert.Contains("登录名或密码不对", browser.Html, StringComparison.Ordinal);

        await browser.OpenAsync(link);
        await browser.SendAsync("first-password", null, ("Input.Password", New), ("Input.Repeated", New));
        Assert.Equal("/account", browser.Address);

        var again = await server.Browser().OpenAsync(link);
        Assert.Contains("这个链接已经用过或已过期", again.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_resets_a_password()
    {
        var account = await server.OpenAsync("pw-4", PostKind.Reviewer);
        var reviewer = await ActorOfAsync(account);
        await Assert.ThrowsAsync<RefusedException>(() =>
            server.WithAsync<PasswordReset, string>(r => r.ResetAsync(reviewer, account.Id, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Whoever_must_choose_a_password_is_led_there_from_every_page()
    {
        var account = await server.OpenAsync("pw-5", PostKind.Reviewer);
        await server.WithAsync<OrganisationService, Account>(o => o.ResetPasswordAsync(
            Actor.System("test"), account.Id, new PasswordHasher<Account>().HashPassword(account, TestServer.Password), TestContext.Current.CancellationToken));
        var browser = await server.Browser().SignInAsync("pw-5", TestServer.Password);
        Assert.Equal("/account/password", browser.Address);
        await browser.OpenAsync("/account");
        Assert.Equal("/account/password", browser.Address);
        await browser.SendAsync("password", null, ("Input.Current", TestServer.Password), ("Input.Password", New), ("Input.Repeated", New));
        Assert.Equal("/account", browser.Address);
    }

    [Fact]
    public async Task An_empty_installation_gives_its_first_administrator_one_link()
    {
        using var empty = new TestServer();
        var account = await empty.WithAsync<UserManager<Account>, Account?>(u => u.FindByNameAsync("admin"));
        Assert.Null(Assert.IsType<Account>(account).PasswordHash);
        var link = await empty.WithAsync<PasswordLinks, string>(l => Task.FromResult(l.PathFor(account)));
        var browser = await empty.Browser().OpenAsync(link);
        await browser.SendAsync("first-password", null, ("Input.Password", New), ("Input.Repeated", New));
        Assert.Equal("/admin/organisation", browser.Address);
        Assert.Contains("先填写本区的区划代码", browser.Html, StringComparison.Ordinal);
    }

    private Task<Actor> ActorOfAsync(Account account) => server.WithAsync<ActorDirectory, Actor>(async d =>
        (await d.FindAsync(account.Id, TestContext.Current.CancellationToken))!);
}
