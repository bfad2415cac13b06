using System.Net;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.SignIn;

public sealed class SignInTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Wrong = "登录名或密码不对，请检查后再试。";
    private const string Wait = "尝试次数太多，请等 5 分钟再试。";

    [Fact]
    public async Task Staff_sign_in_and_see_their_post()
    {
        await server.OpenAsync("in-1", PostKind.Reviewer);
        var browser = await server.Browser().SignInAsync("in-1", TestServer.Password);
        Assert.Equal("/account", browser.Address);
        Assert.Contains("团结街道 · 审核人", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_needs_a_sign_in_comes_back_after_it()
    {
        await server.OpenAsync("in-2", PostKind.Reviewer);
        var browser = await server.Browser().OpenAsync("/account");
        Assert.Equal("/sign-in?back=%2Faccount", browser.Address);
        await browser.SendAsync("sign-in", null, ("Input.UserName", "IN-2"), ("Input.Password", TestServer.Password));
        Assert.Equal("/account", browser.Address);
    }

    [Fact]
    public async Task A_form_that_was_sent_after_the_session_had_ended_is_told_to_be_lost_and_leads_back_to_its_page()
    {
        await server.OpenAsync("in-lost", PostKind.Reviewer);
        var browser = await server.Browser().SignInAsync("in-lost", TestServer.Password, back: "/account/password");
        server.Time.Advance(TimeSpan.FromMinutes(31));
        await browser.SendAsync("password", null, ("Input.Current", "x"));
        Assert.Equal("/sign-in?back=%2Faccount%2Fpassword&lost=1", browser.Address);
        Assert.Contains("登录已过期，刚才的内容没有提交", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync("sign-in", null, ("Input.UserName", "in-lost"), ("Input.Password", TestServer.Password));
        Assert.Equal("/account/password", browser.Address);
    }

    [Fact]
    public async Task Who_only_opens_a_page_without_a_session_has_lost_nothing() =>
        Assert.DoesNotContain("没有提交", (await server.Browser().OpenAsync("/account")).Html, StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_answered_alike()
    {
        await server.OpenAsync("in-3", PostKind.Reviewer);
        var known = await AttemptsAsync("in-3");
        var unknown = await AttemptsAsync("nobody-3");
        Assert.Equal([Wrong, Wrong, Wrong, Wrong, Wait, Wait], known);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task After_the_waiting_time_the_right_password_is_good_again()
    {
        await server.OpenAsync("in-4", PostKind.Reviewer);
        await AttemptsAsync("in-4");
        var browser = await server.Browser().SignInAsync("in-4", TestServer.Password);
        Assert.Contains(Wait, browser.Html, StringComparison.Ordinal);

        server.Time.Advance(SignInDesk.WaitingTime + TimeSpan.FromSeconds(1));
        await browser.SignInAsync("in-4", TestServer.Password);
        Assert.Equal("/account", browser.Address);
    }

    [Fact]
    public async Task A_post_that_is_taken_away_ends_with_the_next_request()
    {
        var account = await server.OpenAsync("in-5", PostKind.Reviewer);
        var browser = await server.Browser().SignInAsync("in-5", TestServer.Password);
        Assert.Contains("团结街道 · 审核人", browser.Html, StringComparison.Ordinal);

        var post = await server.WithAsync<IUnitOfWork, PostAssignment>(w => w.Set<PostAssignment>().AsNoTracking().SingleAsync(p => p.AccountId == account.Id, TestContext.Current.CancellationToken));
        await server.WithAsync<IBusinessClock, PostAssignment>(clock => server.WithAsync<OrganisationService, PostAssignment>(o =>
            o.EndPostAsync(Actor.System("test"), post.Id, clock.Today.AddDays(-1), TestContext.Current.CancellationToken)));
        await browser.OpenAsync("/account");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.DoesNotContain("团结街道 · 审核人", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_account_is_out_with_the_next_request()
    {
        var account = await server.OpenAsync("in-6", PostKind.Reviewer);
        var browser = await server.Browser().SignInAsync("in-6", TestServer.Password);
        await server.WithAsync<OrganisationService, Account>(o =>
            o.SetDisabledAsync(Actor.System("test"), account.Id, true, "离职", TestContext.Current.CancellationToken));
        await browser.OpenAsync("/account");
        Assert.StartsWith("/sign-in", browser.Address, StringComparison.Ordinal);
        await browser.SignInAsync("in-6", TestServer.Password);
        Assert.Contains(Wrong, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_holds_two_posts_chooses_in_which_to_act()
    {
        await server.OpenAsync("in-7", PostKind.CaseHandler, PostKind.Reviewer);
        var browser = await server.Browser().SignInAsync("in-7", TestServer.Password);
        Assert.Matches("现任岗位</dt><dd[^>]*>\\s*团结街道 · 经办人", browser.Html);
        await browser.SendAsync(null, "/acting-post");
        Assert.Matches("现任岗位</dt><dd[^>]*>\\s*团结街道 · 审核人", browser.Html);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await server.OpenAsync("in-8", PostKind.Reviewer);
        var browser = await server.Browser().SignInAsync("in-8", TestServer.Password);
        await browser.SendAsync(null, "/sign-out");
        Assert.Equal("/sign-in", browser.Address);
        await browser.OpenAsync("/account");
        Assert.StartsWith("/sign-in", browser.Address, StringComparison.Ordinal);
    }

    private async Task<List<string>> AttemptsAsync(string name)
    {
        var messages = new List<string>();
        var browser = server.Browser();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await browser.SignInAsync(name, "a wrong password");
            messages.Add(browser.Html.Contains(Wrong, StringComparison.Ordinal) ? Wrong : browser.Html.Contains(Wait, StringComparison.Ordinal) ? Wait : browser.Html);
        }

        return messages;
    }
}
