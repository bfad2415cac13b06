using System.Net;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.Citizen;

/// <summary>Forms that need no account cannot be sent without end.</summary>
public sealed class Limits_for_anybody(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task One_form_more_than_a_minute_allows_is_refused_whichever_it_is()
    {
        var page = server.Browser();
        for (var i = 0; i < 3; i++)
        {
            await page.OpenAsync("/my/register");
            await page.SendAsync("register", null);
            Assert.Equal(HttpStatusCode.OK, page.Status);
        }

        await page.OpenAsync("/my/password/forgot");
        await page.SendAsync("forgot", null);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Contains("请等一分钟再试", page.Html, StringComparison.Ordinal);
    }
}
