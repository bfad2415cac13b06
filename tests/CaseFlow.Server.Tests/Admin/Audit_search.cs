using System.Net;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Admin.Audit;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Admin;

public sealed class Audit_search(AdminWorld admin) : IClassFixture<AdminWorld>
{
    [Fact]
    public async Task The_discipline_officer_finds_what_was_done_on_a_case_and_each_line_is_proved()
    {
        var file = await admin.World.FileAsync("常桂花");
        var page = await admin.OpenAsync("auditor", $"/admin/audit?q={file.Number}");
        Assert.Contains(file.Number, page.Html, StringComparison.Ordinal);
        Assert.Contains("提交申请", page.Html, StringComparison.Ordinal);
        Assert.Contains("相符", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("不符", page.Html, StringComparison.Ordinal);
        Assert.Contains("提交申请", (await admin.OpenAsync("auditor", "/admin/audit?q=常桂花&action=case.submit&who=sunli")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actor_action_and_day_narrow_the_list()
    {
        var file = await admin.World.FileAsync("路长青");
        foreach (var (query, found) in new[]
        {
            ($"q={file.Number}&who=孙丽", true), ($"q={file.Number}&who=sunli", true), ($"q={file.Number}&who=zhaomin", false), ($"q={file.Number}&who=nobody", false),
            ($"q={file.Number}&action=case.submit", true), ($"q={file.Number}&action=case.end", false),
            ($"q={file.Number}&from={admin.World.Clock.Today:yyyy-MM-dd}", true), ($"q={file.Number}&to={admin.World.Clock.Today.AddDays(-1):yyyy-MM-dd}", false),
        })
        {
            var none = (await admin.OpenAsync("auditor", "/admin/audit?" + query)).Html.Contains("没有符合条件的记录", StringComparison.Ordinal);
            Assert.Equal((query, found), (query, !none));
        }
    }

    [Fact]
    public async Task An_administrator_finds_the_administration_and_no_case()
    {
        var file = await admin.World.FileAsync("霍玉兰");
        var session = await admin.OpenAsync("sysadmin", $"/admin/audit?q={file.Number}");
        Assert.DoesNotContain($"/staff/cases/{file.Number}", session.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("提交申请", session.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Id.ToString(), (await admin.OpenAsync("sysadmin", "/admin/audit/export.csv")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_entry_is_told_on_its_line_and_by_the_check_of_all_chains()
    {
        var file = await admin.World.FileAsync("孟祥云");
        await admin.World.StepAsync(async (services, token) =>
        {
            var entry = await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<IUnitOfWork>(services).Set<AuditEntry>()
                .FirstAsync(a => a.CaseId == file.Id && a.Action == "case.submit", token);
            entry.Content = [.. entry.Content, (byte)' '];
            return true;
        });
        var page = await admin.OpenAsync("auditor", $"/admin/audit?q={file.Number}&action=case.submit");
        Assert.Contains("不符", page.Html, StringComparison.Ordinal);
        await page.SendAsync("verify", null);
        Assert.Contains("链条不完整", page.Html, StringComparison.Ordinal);
        Assert.Contains($"case:{file.Id}", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searching_and_exporting_leave_a_trace_without_the_name_that_was_asked_for()
    {
        await admin.OpenAsync("auditor", "/admin/audit?q=段秘密&who=sunli");
        await admin.OpenAsync("auditor", "/admin/audit/export.csv?q=段秘密");
        var log = await admin.World.OnAsync<IUnitOfWork, List<AccessLogEntry>>(w => w.Set<AccessLogEntry>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        var texts = log.ConvertAll(l => System.Text.Encoding.UTF8.GetString(l.Content));
        Assert.Contains(texts, t => t.Contains("audit.search", StringComparison.Ordinal) && t.Contains("about=text who", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("audit.export", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, t => t.Contains("段秘密", StringComparison.Ordinal));
        Assert.Contains("导出审计", (await admin.OpenAsync("auditor", "/admin/audit?view=reads&action=audit.export")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_page_goes_on_where_the_first_ended()
    {
        for (var i = 0; i < 20; i++)
        {
            await admin.World.FileAsync($"申家{(char)('一' + i)}");
        }

        var first = await admin.OpenAsync("auditor", "/admin/audit");
        var next = System.Text.RegularExpressions.Regex.Match(first.Html, "rel=\"next\" href=\"(?<page>[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["page"].Value;
        var rows = Rows(first.Html);
        Assert.Equal(AuditReader.PageSize, rows.Count);
        var second = await admin.OpenAsync("auditor", next);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Empty(rows.Intersect(Rows(second.Html)));
    }

    [Theory]
    [InlineData("220502196001011237", "220***********1237")]
    [InlineData("电话13812346102。", "电话138****6102。")]
    [InlineData("{\"fen\":123456}", "{\"fen\":123456}")]
    [InlineData("6228480000000004417", "622************4417")]
    public void An_export_masks_what_could_identify_a_person(string text, string masked) => Assert.Equal(masked, AuditExport.Masked(text));

    private static HashSet<string> Rows(string html) =>
        [.. System.Text.RegularExpressions.Regex.Matches(html, "row=(?<row>[^\"&]+)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups["row"].Value)];
}
