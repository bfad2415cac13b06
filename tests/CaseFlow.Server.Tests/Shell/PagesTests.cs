using System.Net;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.Shell;

public sealed class PagesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_page_says_which_scripts_and_styles_may_run_on_it()
    {
        using var answer = await server.Program().GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Chinese_leaves_the_server_as_it_is_written()
    {
        var html = await server.Program().GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("登录前请知悉", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browser_may_ask_for_English_and_the_person_may_switch()
    {
        var http = server.Program();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("Accept-Language", "en-GB,en;q=0.9");
        using var english = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains("Before you sign in", await english.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var browser = await server.Browser().OpenAsync("/sign-in");
        await browser.SendAsync(null, "/display/language");
        Assert.Equal("/sign-in", browser.Address);
        Assert.Contains("Before you sign in", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_page_is_told_in_words_under_its_own_address()
    {
        var browser = await server.Browser().OpenAsync("/there/is/nothing");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Equal("没有找到这一页", browser.Title);
        Assert.Equal("/there/is/nothing", browser.Address);
    }

    [Fact]
    public async Task A_missing_route_of_the_API_is_told_as_problem_details()
    {
        using var answer = await server.Program().GetAsync(new Uri("/api/v1/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var content = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.UserName", "x"), new("Input.Password", "y")]);
        using var answer = await server.Program().PostAsync(new Uri("/sign-in", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_large_print_stays_until_it_is_switched_off()
    {
        var browser = await server.Browser().OpenAsync("/my/sign-in");
        Assert.DoesNotContain("class=\"lp\"", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync(null, "/display/large-print");
        Assert.Contains("<body class=\"lp\"", browser.Html, StringComparison.Ordinal);
        await browser.SendAsync(null, "/display/large-print");
        Assert.DoesNotContain("class=\"lp\"", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_started_server_is_alive_and_ready(string route)
    {
        using var answer = await server.Program().GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Healthy", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("//other.example/", "/")]
    [InlineData("/\\other.example", "/")]
    [InlineData("https://other.example", "/")]
    [InlineData(null, "/")]
    [InlineData("/staff/inbox?queue=pool", "/staff/inbox?queue=pool")]
    public void A_form_leads_back_only_to_this_server(string? path, string expected) =>
        Assert.Equal(expected, Hosting.DisplaySettings.Local(path));
}
