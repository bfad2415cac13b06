using System.Net;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Admin;

public sealed class Policy_by_two_people(AdminWorld admin) : IClassFixture<AdminWorld>
{
    private string Tomorrow => admin.World.Clock.Today.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task One_submits_a_standard_another_publishes_it_and_only_then_it_holds_from_its_day()
    {
        var drafted = await DraftStandardAsync("sysadmin", "Rural", "432");
        Assert.StartsWith("/admin/changes/", drafted.Address, StringComparison.Ordinal);
        Assert.Contains("410.00 元 → <b>432.00 元", drafted.Html, StringComparison.Ordinal);
        var change = drafted.Address;
        await drafted.SendAsync("submit", null, ("Input.Words", "按市里文件"));
        Assert.Equal(41_000, await StandardAsync(admin.World.Clock.Today.AddDays(30)));

        var own = await admin.OpenAsync("sysadmin", change);
        Assert.Contains("提交人不能发布自己提交的改动", own.Html, StringComparison.Ordinal);
        await own.SendAsync("decide", null, ("Input.Words", "我自己来"), ("Input.Outcome", "publish"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.Status);

        var second = await admin.OpenAsync("director", change);
        await second.SendAsync("decide", null, ("Input.Words", "核对无误"), ("Input.Outcome", "publish"));
        Assert.Contains("已发布", second.Html, StringComparison.Ordinal);
        Assert.Equal(41_000, await StandardAsync(admin.World.Clock.Today));
        Assert.Equal(43_200, await StandardAsync(admin.World.Clock.Today.AddDays(1)));
    }

    [Theory]
    [InlineData("Input.From", "2026-05-31", "已经过去的不能改")]
    [InlineData("Input.From", "", "请选择日期")]
    [InlineData("Input.Value", "六百", "请填数字")]
    [InlineData("Input.Value", "600.005", "请填数字")]
    [InlineData("Input.Value", "-1", "数值超出可用的范围")]
    [InlineData("Input.Source", "", "请写明依据的文件")]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_drafted(string field, string value, string words)
    {
        var page = await admin.OpenAsync("sysadmin2", "/admin/standards/edit?key=dibao.standard&area=Urban");
        var fields = new Dictionary<string, string> { ["Input.Value"] = "650", ["Input.From"] = Tomorrow, ["Input.Source"] = "文件", [field] = value };
        await page.SendAsync("figure", null, [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Contains("请改正1处", page.Html, StringComparison.Ordinal);
        Assert.Contains(words, page.Html, StringComparison.Ordinal);
        Assert.StartsWith("/admin/standards/edit", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_was_decided_meanwhile_is_told_and_not_decided_twice()
    {
        var drafted = await DraftStandardAsync("sysadmin", "Urban", "640");
        var change = drafted.Address;
        var stale = await admin.OpenAsync("sysadmin", change);
        await stale.SendAsync("submit", null, ("Input.Words", "先提交"));
        var first = await admin.OpenAsync("sysadmin2", change);
        var second = await admin.OpenAsync("director", change);
        await first.SendAsync("decide", null, ("Input.Words", "依据不全"), ("Input.Outcome", "back"));
        Assert.Contains("已退回", first.Html, StringComparison.Ordinal);
        await second.SendAsync("decide", null, ("Input.Words", "同意"), ("Input.Outcome", "publish"));
        Assert.Equal(HttpStatusCode.Conflict, second.Status);

        var author = await admin.OpenAsync("sysadmin", change);
        Assert.Contains("依据不全", author.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"submit\"", author.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"submit\"", (await admin.OpenAsync("sysadmin2", change)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_with_a_gap_is_kept_as_a_draft_but_not_submitted()
    {
        var page = await admin.OpenAsync("sysadmin", "/admin/authority/edit?code=D1");
        await page.SendAsync("rule-end", null, ("Input.LastDay", Tomorrow));
        Assert.StartsWith("/admin/changes/", page.Address, StringComparison.Ordinal);
        Assert.Contains("没有任何规则适用", page.Html, StringComparison.Ordinal);
        Assert.Contains("先改好上面的问题", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Input.Words\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_version_of_a_rule_decides_from_its_day_and_the_bench_knew_before()
    {
        var page = await admin.OpenAsync("sysadmin", "/admin/authority/edit?code=D3");
        await page.SendAsync("rule", null, Rule("D3", "D3a", "[{ \"fact\": \"amount\", \"op\": \"gt\", \"value\": 200000 }]"));
        Assert.Contains("决定的金额 &gt; 2,000.00 元".Replace("&gt;", ">", StringComparison.Ordinal), page.Html, StringComparison.Ordinal);
        var change = page.Address;
        var bench = $"type=dibao&decision=grant&amount=2000.01&day={Tomorrow}&is=localHukou&try=1";
        Assert.Contains("依据 D1 第1版", (await admin.OpenAsync("sysadmin", $"/admin/authority?{bench}")).Html, StringComparison.Ordinal);
        Assert.Contains("依据 D3 第2版", (await admin.OpenAsync("sysadmin", $"/admin/authority?{bench}&change={change.Split('/')[^1]}")).Html, StringComparison.Ordinal);
        await (await admin.OpenAsync("sysadmin", change)).SendAsync("submit", null, ("Input.Words", "大额由局长批"));
        await (await admin.OpenAsync("sysadmin2", change)).SendAsync("decide", null, ("Input.Words", "同意"), ("Input.Outcome", "publish"));
        var rules = await admin.World.OnAsync<IUnitOfWork, List<AuthorityRule>>(w => w.Set<AuthorityRule>().AsNoTracking().Where(r => r.Code == "D3").OrderBy(r => r.Version).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([(1, admin.World.Clock.Today), (2, (DateOnly?)null)], rules.Select(r => (r.Version, r.ValidTo)));
        Assert.Contains("依据 D3 第2版", (await admin.OpenAsync("auditor", $"/admin/authority?{bench}")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{ \"fact\": \"weather\" }]", "没有名为“weather”的事实")]
    [InlineData("[{", "不是有效的 JSON")]
    public async Task A_condition_that_cannot_be_read_is_told_at_its_field(string conditions, string words)
    {
        var page = await admin.OpenAsync("sysadmin2", "/admin/authority/edit?code=D2");
        await page.SendAsync("rule", null, Rule("D2", "改", conditions));
        Assert.Contains(words, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_shows_its_differences_and_the_next_document_uses_it()
    {
        var page = await admin.OpenAsync("sysadmin", "/admin/templates/edit?key=dibao%2Facceptance-notice");
        var text = await admin.World.OnAsync<IUnitOfWork, string>(w => w.Set<DocumentTemplate>().Where(t => t.Key == "dibao/acceptance-notice").Select(t => t.Text).FirstAsync(TestContext.Current.CancellationToken));
        await page.SendAsync("template", null, ("Input.Text", text.Replace("收到的材料：", "现已收到的材料：", StringComparison.Ordinal)), ("Input.From", Iso(admin.World.Clock.Today)));
        Assert.Contains("<ins><p>现已收到的材料：</p>", page.Html, StringComparison.Ordinal);
        var change = page.Address;
        await page.SendAsync("submit", null, ("Input.Words", "更清楚"));
        await (await admin.OpenAsync("sysadmin2", change)).SendAsync("decide", null, ("Input.Words", "同意"), ("Input.Outcome", "publish"));
        var file = await admin.World.FileAsync("关雪梅");
        await file.AcceptAsync();
        var html = await admin.World.OnAsync<IUnitOfWork, string>(w => w.Set<IssuedDocument>().Where(d => d.CaseId == file.Id && d.TemplateKey == "dibao/acceptance-notice").Select(d => d.Html).FirstAsync(TestContext.Current.CancellationToken));
        Assert.Contains("现已收到的材料", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_the_model_does_not_declare_is_refused()
    {
        var page = await admin.OpenAsync("sysadmin2", "/admin/templates/edit?key=dibao%2Facceptance-notice");
        await page.SendAsync("template", null, ("Input.Text", "<article class=\"doc\"><p>{{ applicant.secret }}</p></article>"), ("Input.From", Tomorrow));
        Assert.Contains("secret", page.Html, StringComparison.Ordinal);
        Assert.Contains("请改正1处", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_whose_days_do_not_add_up_is_told()
    {
        var page = await admin.OpenAsync("director", "/admin/calendars/edit?year=2027");
        await page.SendAsync("calendar", null, ("Input.Source", "通知"), ("Input.Off", "2027-01-01 2027-10-01"), ("Input.WorkingDays", "248"));
        Assert.Contains("与填写的248个不符", page.Html, StringComparison.Ordinal);
        await page.SendAsync("calendar", null, ("Input.Source", "通知"), ("Input.Off", "一月一日"), ("Input.WorkingDays", "248"));
        Assert.Contains("“一月一日”不是日期", page.Html, StringComparison.Ordinal);
    }

    private async Task<PageClient> DraftStandardAsync(string who, string area, string yuan)
    {
        var page = await admin.OpenAsync(who, $"/admin/standards/edit?key=dibao.standard&area={area}");
        return await page.SendAsync("figure", null, ("Input.Value", yuan), ("Input.From", Tomorrow), ("Input.Source", "通市民联发〔2026〕3号"), ("Input.Confirmed", "yes"));
    }

    private async Task<long> StandardAsync(DateOnly day)
    {
        var book = await admin.World.OnAsync<IUnitOfWork, PolicyBook>(w => PolicyReader.ReadAsync(w, TestContext.Current.CancellationToken));
        return book.Get("dibao.standard", day, AreaType.Rural).Value;
    }

    private (string, string)[] Rule(string code, string description, string conditions) =>
    [
        ("Input.Code", code), ("Input.Description", description), ("Input.CaseTypes", "dibao"), ("Input.Priority", "15"), ("Input.Conditions", conditions),
        ("Input.Approve", "District.BureauDirector"), ("Input.From", Tomorrow), ("Input.Source", "文件"), ("Input.Active", "yes"), ("Input.Confirmed", "yes"),
    ];

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
