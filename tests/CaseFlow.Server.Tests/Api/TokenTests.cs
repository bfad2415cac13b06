using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CaseFlow.Server.Tests.Api;

public sealed class TokenTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly Uri Route = new("/api/v1/token", UriKind.Relative);

    [Fact]
    public async Task A_token_carries_the_account_and_its_stamp_but_no_name_and_no_post()
    {
        var account = await server.OpenAsync("token-1", PostKind.Reviewer);
        var (status, answer) = await AskAsync("token-1", TestServer.Password);
        Assert.Equal(HttpStatusCode.OK, status);
        var token = new JsonWebTokenHandler().ReadJsonWebToken(answer["accessToken"]!.GetValue<string>());
        Assert.Equal(account.Id.ToString(), token.Subject);
        Assert.Equal(["aud", "exp", "iat", "iss", "nbf", "stamp", "sub"], token.Claims.Select(c => c.Type).Order());
        Assert.Equal("Bearer", answer["tokenType"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_a_problem_with_a_code()
    {
        await server.OpenAsync("token-2", PostKind.Reviewer);
        var (status, answer) = await AskAsync("token-2", "a wrong password");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("sign-in-failed", answer["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Too_many_attempts_are_told_with_the_time_to_wait()
    {
        await server.OpenAsync("token-3", PostKind.Reviewer);
        for (var attempt = 0; attempt < SignInDesk.MostFailures; attempt++)
        {
            await AskAsync("token-3", "a wrong password");
        }

        using var answer = await server.Program().PostAsJsonAsync(Route, new { userName = "token-3", password = TestServer.Password }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_token_of_a_closed_account_is_worth_nothing()
    {
        var account = await server.OpenAsync("token-4", PostKind.SystemAdmin);
        var (_, answer) = await AskAsync("token-4", TestServer.Password);
        var http = server.Program();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer["accessToken"]!.GetValue<string>());
        using var before = await http.GetAsync(new Uri("/account", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await server.WithAsync<OrganisationService, Account>(o => o.SetDisabledAsync(Actor.System("test"), account.Id, true, "离职", TestContext.Current.CancellationToken));
        using var after = await http.GetAsync(new Uri("/account", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Attempts_are_limited_by_address_and_minute()
    {
        using var strict = new StrictServer();
        var http = strict.CreateClient();
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var answer = await http.PostAsJsonAsync(Route, new { userName = $"unknown-{attempt}", password = "x" }, TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], statuses);
    }

    private async Task<(HttpStatusCode Status, JsonObject Answer)> AskAsync(string userName, string password)
    {
        using var answer = await server.Program().PostAsJsonAsync(Route, new { userName, password }, TestContext.Current.CancellationToken);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!);
    }

    private sealed class StrictServer : Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Pages.App>
    {
        private readonly string folder = SharedKeys.NewDataFolder("caseflow-strict-");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("data", folder);
            builder.UseSetting("demo", "false");
            builder.UseSetting("Limits:SignInPerMinute", "3");
        }
    }
}
