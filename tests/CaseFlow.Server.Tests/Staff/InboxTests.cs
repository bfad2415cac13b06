using System.Net;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseFlow.Server.Tests.Staff;

public sealed class InboxTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    [Fact]
    public async Task A_new_application_waits_in_the_pool_of_its_own_street_only()
    {
        var here = await world.FileAsync("陈桂芝");
        var elsewhere = await world.FileAsync("吴海龙", elsewhere: true);
        var page = await (await SignedInAsync("sunli")).OpenAsync("/staff/inbox/pool");
        Assert.Contains((await here.OpenAsync("acceptance")).Id.ToString(), page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain((await elsewhere.OpenAsync("acceptance")).Id.ToString(), page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claiming_moves_a_task_from_the_pool_to_the_own_list_and_says_so()
    {
        var task = await (await world.FileAsync("刘凤英")).OpenAsync("acceptance");
        var page = await (await SignedInAsync("sunli")).OpenAsync("/staff/inbox/pool");
        await page.SendAsync("inbox", null, ("claim", $"{task.Id}:{task.Revision}"));
        Assert.Contains("由孙丽办理", page.Html, StringComparison.Ordinal);
        await page.OpenAsync("/staff/inbox");
        Assert.Contains($"/staff/tasks/{task.Id}", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_second_is_told_who_has_the_task()
    {
        var file = await world.FileAsync("张德福");
        await file.AcceptAsync();
        var task = await file.OpenAsync("survey");
        var page = await (await SignedInAsync("zhouting")).OpenAsync("/staff/inbox/pool");
        await file.ClaimAsync("liuyang", "survey");
        await page.SendAsync("inbox", null, ("claim", $"{task.Id}:{task.Revision}"));
        Assert.Contains("已由刘洋认领", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_count_beside_a_queue_is_the_number_of_its_lines()
    {
        await world.FileAsync("何玉梅");
        var page = await (await SignedInAsync("sunli")).OpenAsync("/staff/inbox/pool");
        var lines = page.Html.Split("data-row-key=\"c\"").Length - 1;
        Assert.Matches($"共 {lines} 件", page.Html);
        Assert.Matches($"可领取\\s*<span class=\"c[^\"]*\">{lines}</span>", page.Html);
    }

    [Fact]
    public async Task A_filter_that_fits_nothing_says_so_and_offers_a_way_back()
    {
        var page = await (await SignedInAsync("sunli")).OpenAsync("/staff/inbox/pool?step=nothing-of-the-kind");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("没有符合条件的任务", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_queue_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await SignedInAsync("sunli")).OpenAsync("/staff/inbox/everything")).Status);

    [Fact]
    public async Task Nobody_sees_an_inbox_without_signing_in() =>
        Assert.StartsWith("/sign-in", (await Browser().OpenAsync("/staff/inbox")).Address, StringComparison.Ordinal);

    [Fact]
    public async Task A_claim_without_the_page_s_token_is_refused()
    {
        var task = await (await world.FileAsync("郑宇轩")).OpenAsync("acceptance");
        using var http = world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true });
        await new PageClient(http).SignInAsync("sunli", StaffWorld.Password);
        using var answer = await http.PostAsync(
            new Uri("/staff/inbox/pool", UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "inbox", ["claim"] = $"{task.Id}:{task.Revision}" }),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_summary_beside_the_list_is_a_link()
    {
        var file = await world.FileAsync("孟庆山");
        var task = await file.OpenAsync("acceptance");
        var page = await (await SignedInAsync("sunli")).OpenAsync($"/staff/inbox/pool?task={task.Id}");
        Assert.Contains("任务摘要：孟庆山", page.Html, StringComparison.Ordinal);
        Assert.Contains(file.Number, page.Html, StringComparison.Ordinal);
    }

    private PageClient Browser() => new(world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true }));

    private Task<PageClient> SignedInAsync(string who) => Browser().SignInAsync(who, StaffWorld.Password, "/staff/inbox");
}
