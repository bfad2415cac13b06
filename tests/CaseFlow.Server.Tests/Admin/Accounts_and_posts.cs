using System.Net;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Admin;

public sealed class Accounts_and_posts(AdminWorld admin) : IClassFixture<AdminWorld>
{
    private string Today => admin.World.Clock.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_new_account_sets_its_own_password_by_a_link_that_is_good_once()
    {
        var page = await admin.OpenAsync("sysadmin", "/admin/accounts/new");
        await page.SendAsync("account", null, ("Input.UserName", "newbie"), ("Input.DisplayName", "新来"), ("Input.Kind", "Staff"));
        var link = System.Text.RegularExpressions.Regex.Match(page.Html, @"/account/first/[^\s<]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        var own = await admin.Nobody().OpenAsync(link);
        Assert.Equal(HttpStatusCode.OK, own.Status);
        await page.OpenAsync("/admin/accounts/new");
        await page.SendAsync("account", null, ("Input.UserName", "NEWBIE"), ("Input.DisplayName", "又来"), ("Input.Kind", "Staff"));
        Assert.Contains("这个登录名已被使用", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_is_given_and_taken_at_once()
    {
        var page = await OpenAccountAsync("sysadmin", "handler-2");
        await GiveAsync(page, PostKind.Reviewer, admin.World.OtherStreet);
        Assert.Contains("已授予", page.Html, StringComparison.Ordinal);
        Assert.Contains(await PostsAsync("handler-2"), p => p.Post == PostKind.Reviewer && p.ValidTo is null);
        var given = (await PostsAsync("handler-2")).Single(p => p.Post == PostKind.Reviewer);
        await page.SendAsync($"end-{given.Id}", null);
        Assert.Contains("即刻失去权限", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain((await admin.World.ActorAsync("handler-2")).Posts, p => p.Post == PostKind.Reviewer);
    }

    [Theory]
    [InlineData("sysadmin", "sysadmin", PostKind.LeaderInCharge, "不能给自己授予岗位")]
    [InlineData("sysadmin", "sysadmin2", PostKind.LeaderInCharge, "不能由同一人担任")]
    [InlineData("sysadmin", "auditor", PostKind.CaseHandler, "不能由同一人担任")]
    [InlineData("sysadmin", "d-reviewer", PostKind.Reviewer, "这个岗位已在任")]
    [InlineData("sysadmin", "d-reviewer", PostKind.CommunityAssistant, "不设在区民政局")]
    public async Task A_post_that_must_not_be_given_is_refused_at_its_field(string who, string to, PostKind post, string words)
    {
        var before = (await PostsAsync(to)).Count;
        var page = await OpenAccountAsync(who, to);
        await GiveAsync(page, post, admin.World.District);
        Assert.Contains(words, page.Html, StringComparison.Ordinal);
        Assert.Equal(before, (await PostsAsync(to)).Count);
    }

    [Fact]
    public async Task Missing_fields_are_told_each_at_its_place()
    {
        var page = await OpenAccountAsync("sysadmin", "liuyang");
        await page.SendAsync("post", null, ("Post.From", ""));
        Assert.Contains("请改正3处", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_closes_the_own_account()
    {
        var page = await OpenAccountAsync("sysadmin", "sysadmin");
        await page.SendAsync("close", null, ("Close.Reason", "试试"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("不能停用自己的账号", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_an_account_ends_its_sessions_and_a_stale_page_is_a_conflict()
    {
        var session = await admin.Nobody().SignInAsync("clerk-2", StaffWorld.Password);
        var first = await OpenAccountAsync("sysadmin", "clerk-2");
        var second = await OpenAccountAsync("sysadmin2", "clerk-2");
        await first.SendAsync("close", null, ("Close.Reason", "调离"));
        Assert.Contains("已停用", first.Html, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await session.OpenAsync("/staff/inbox")).Address, StringComparison.Ordinal);
        await second.SendAsync("close", null, ("Close.Reason", "重复"));
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("什么都没有保存", second.Html, StringComparison.Ordinal);
        await first.SendAsync("close", null, ("Close.Reason", "回来了"));
        Assert.Contains("已重新启用", first.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_substitute_acts_in_the_post_for_its_days_and_the_audit_says_for_whom()
    {
        var page = await OpenAccountAsync("sysadmin", "zhaomin");
        await SubstituteAsync(page, "zhaomin", "liujianguo", Today, Today, "公出");
        Assert.Contains("已记录代理", page.Html, StringComparison.Ordinal);
        var actor = await admin.World.ActorAsync("liujianguo");
        var post = Assert.Single(actor.Posts, p => p.SubstituteFor == "赵敏");
        Assert.Equal(PostKind.LeaderInCharge, post.Post);
        Assert.Contains("代 团结街道 · 分管领导", (await admin.OpenAsync("sysadmin", "/admin/accounts?q=liujianguo")).Html, StringComparison.Ordinal);
        var entry = await admin.World.OnAsync<IUnitOfWork, AuditEntry>(w => w.Set<AuditEntry>().AsNoTracking().OrderByDescending(a => a.At).FirstAsync(a => a.Action == "post.substitute", TestContext.Current.CancellationToken));
        Assert.StartsWith("管理员", entry.ActorText, StringComparison.Ordinal);

        page = await OpenAccountAsync("sysadmin", "zhaomin");
        var row = await admin.World.OnAsync<IUnitOfWork, Substitution>(w => w.Set<Substitution>().AsNoTracking().FirstAsync(s => s.Reason == "公出", TestContext.Current.CancellationToken));
        await page.SendAsync($"end-substitution-{row.Id}", null);
        Assert.Contains("代理已结束", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain((await admin.World.ActorAsync("liujianguo")).Posts, p => p.SubstituteFor is not null);
    }

    [Fact]
    public async Task Who_holds_a_post_names_the_own_substitute()
    {
        var page = await admin.OpenAsync("zhouting", "/account/substitutes");
        await SubstituteAsync(page, "zhouting", "liuyang", Today, Today, "休假");
        Assert.Contains("已记录代理", page.Html, StringComparison.Ordinal);
        Assert.Contains((await admin.World.ActorAsync("liuyang")).Posts, p => p.SubstituteFor == "周婷");
    }

    [Theory]
    [InlineData("sysadmin", 0, 0, "公出", "不能由同一人担任")]
    [InlineData("d-handler", -1, 3, "公出", "已经过去的不能补记")]
    [InlineData("d-handler", 2, 1, "公出", "结束日期早于开始日期")]
    [InlineData("d-handler", 0, 1, "", "请写明为什么代理")]
    public async Task A_substitution_that_must_not_be_is_refused_at_its_field(string by, int from, int to, string reason, string words)
    {
        var page = await OpenAccountAsync("sysadmin2", "d-leader");
        var today = admin.World.Clock.Today;
        await SubstituteAsync(page, "d-leader", by, Iso(today.AddDays(from)), Iso(today.AddDays(to)), reason);
        Assert.Contains(words, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain((await admin.World.ActorAsync(by)).Posts, p => p.SubstituteFor is not null);
    }

    [Fact]
    public async Task An_administrator_names_nobody_but_others_as_substitute()
    {
        var page = await OpenAccountAsync("sysadmin", "d-leader");
        await SubstituteAsync(page, "d-leader", "sysadmin", Today, Today, "公出");
        Assert.Contains("不能指定自己代理别人的岗位", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_is_added_under_the_one_above_and_a_stale_page_is_a_conflict()
    {
        var page = await admin.OpenAsync("sysadmin", "/admin/organisation/new");
        await page.SendAsync("unit", null, ("Input.Parent", admin.World.Street.Id.ToString()), ("Input.Code", "220502003009"), ("Input.Name", "新社区"), ("Input.ShortName", "新社区"), ("Input.Area", "Urban"));
        Assert.Contains("代码应为12位数字，以上级机构的代码（220502004）开头", page.Html, StringComparison.Ordinal);
        await page.SendAsync("unit", null, ("Input.Parent", admin.World.Street.Id.ToString()), ("Input.Code", "220502004009"), ("Input.Name", "新社区"), ("Input.ShortName", "新社区"), ("Input.Area", "Urban"));
        Assert.Contains("已保存：新社区", page.Html, StringComparison.Ordinal);
        var unit = await admin.World.OnAsync<IUnitOfWork, OrganisationUnit>(w => w.Set<OrganisationUnit>().AsNoTracking().FirstAsync(o => o.Code == "220502004009", TestContext.Current.CancellationToken));
        Assert.Equal((OrganisationLevel.Community, admin.World.Street.Id), (unit.Level, unit.ParentId));

        var first = await admin.OpenAsync("sysadmin", $"/admin/organisation/{unit.Id}");
        var second = await admin.OpenAsync("sysadmin2", $"/admin/organisation/{unit.Id}");
        await first.SendAsync("unit", null, ("Input.Code", "220502004009"), ("Input.Name", "新社区"), ("Input.ShortName", "新社区"), ("Input.Phone", "0435-1"), ("Input.Area", "Urban"));
        await second.SendAsync("unit", null, ("Input.Code", "220502004009"), ("Input.Name", "旧社区"), ("Input.ShortName", "旧社区"), ("Input.Area", "Urban"));
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
    }

    private async Task<PageClient> OpenAccountAsync(string who, string account) => await admin.OpenAsync(who, $"/admin/accounts/{admin.World[account]}");

    private Task<PageClient> GiveAsync(PageClient page, PostKind post, OrganisationUnit unit) =>
        page.SendAsync("post", null, ("Post.Organisation", unit.Id.ToString()), ("Post.Kind", post.ToString()), ("Post.From", Today));

    private async Task<PageClient> SubstituteAsync(PageClient page, string holder, string by, string from, string to, string reason)
    {
        var post = (await PostsAsync(holder)).First(p => p.ValidTo is null);
        return await page.SendAsync(
            "substitution", null, ("Substitution.Post", post.Id.ToString()), ("Substitution.By", admin.World[by].ToString()), ("Substitution.From", from), ("Substitution.To", to), ("Substitution.Reason", reason));
    }

    private Task<List<PostAssignment>> PostsAsync(string account)
    {
        var id = admin.World[account];
        return admin.World.OnAsync<IUnitOfWork, List<PostAssignment>>(w => w.Set<PostAssignment>().AsNoTracking().Where(p => p.AccountId == id).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
