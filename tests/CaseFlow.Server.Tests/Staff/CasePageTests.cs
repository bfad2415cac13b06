using System.Net;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Server.Staff.Cases;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Server.Texts;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Staff;

public sealed class CasePageTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    [Fact]
    public async Task A_case_of_another_street_is_not_found_on_any_tab()
    {
        var file = await world.FileAsync("吴海龙", elsewhere: true);
        var page = await SignedInAsync("zhaomin");
        foreach (var tab in new[] { "", "/household", "/materials", "/verification", "/documents", "/money", "/messages", "/audit" })
        {
            await page.OpenAsync($"/staff/cases/{file.Number}{tab}");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
        }
    }

    [Fact]
    public async Task The_legal_period_is_shown_day_by_day_without_a_pause()
    {
        var file = await world.FileAsync("孟庆山");
        await file.AcceptAsync();
        var page = await (await SignedInAsync("zhaomin")).OpenAsync($"/staff/cases/{file.Number}");
        Assert.Contains("共 30 个工作日", page.Html, StringComparison.Ordinal);
        Assert.Contains("没有暂停", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_tab_of_a_case_at_the_public_notice_can_be_read()
    {
        var file = await world.FileAsync("韩淑芬");
        await file.ToNoticeAsync();
        var page = await SignedInAsync("zhaomin");
        foreach (var (tab, word) in new[]
        {
            ("", "公示"), ("/household", "重病"), ("/materials", "户口簿"), ("/verification", "经济状况核对"), ("/documents", "公示"),
            ("/money", "救助金怎么算的"), ("/messages", "消息"), ("/audit", "受理"),
        })
        {
            await page.OpenAsync($"/staff/cases/{file.Number}{tab}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(word, page.Html, StringComparison.Ordinal);
        }

        await page.OpenAsync($"/staff/cases/{file.Number}/secrets");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Fact]
    public async Task A_case_is_found_by_number_name_and_whole_ID_number_inside_the_scope()
    {
        var file = await world.FileAsync("路长海");
        await world.FileAsync("路长河", elsewhere: true);
        var page = await SignedInAsync("zhaomin");
        await page.OpenAsync("/staff/cases?q=" + Uri.EscapeDataString("路长"));
        Assert.Contains(file.Number, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("路长河", page.Html, StringComparison.Ordinal);
        await page.OpenAsync("/staff/cases?q=" + file.Number);
        Assert.Contains("路长海", page.Html, StringComparison.Ordinal);
        var person = (await file.CaseAsync()).ApplicantId;
        var idNumber = await world.OnAsync<IUnitOfWork, string>(w => w.Set<CaseFlow.Cases.People.Person>().Where(p => p.Id == person).Select(p => p.IdNumber).FirstAsync(Stop));
        await page.OpenAsync("/staff/cases?q=" + idNumber);
        Assert.Contains("路长海", page.Html, StringComparison.Ordinal);
        await page.OpenAsync("/staff/cases?q=" + idNumber[..10]);
        Assert.DoesNotContain("路长海", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_shown_as_issued_printed_as_PDF_and_its_service_recorded()
    {
        var file = await world.FileAsync("沙玉兰");
        await file.AcceptAsync();
        var document = await world.OnAsync<IUnitOfWork, IssuedDocument>(w => w.Set<IssuedDocument>().AsNoTracking().FirstAsync(d => d.CaseId == file.Id, Stop));
        using var http = Client();
        var page = new PageClient(http);
        await page.SignInAsync("sunli", StaffWorld.Password);
        await page.OpenAsync($"/staff/documents/{document.Id}");
        Assert.Contains("内容已固定", page.Html, StringComparison.Ordinal);
        await page.SendAsync("serve", null, ("Input.Method", "direct"), ("Input.On", $"{world.Clock.Today:yyyy-MM-dd}"));
        Assert.Contains("当面送达", page.Html, StringComparison.Ordinal);
        var served = await world.OnAsync<IUnitOfWork, IssuedDocument>(w => w.Set<IssuedDocument>().AsNoTracking().FirstAsync(d => d.Id == document.Id, Stop));
        Assert.Equal(world.Clock.Today, served.ServedOn);

        using var sheet = await http.GetAsync(new Uri($"/staff/documents/{document.Id}/sheet", UriKind.Relative), Stop);
        Assert.Contains("受理通知书", await sheet.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", sheet.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_another_street_is_not_found()
    {
        var file = await world.FileAsync("崔明子", elsewhere: true);
        await file.DoAsync("clerk-2", "acceptance", "Accept");
        var document = await world.OnAsync<IUnitOfWork, Id<IssuedDocument>>(w => w.Set<IssuedDocument>().Where(d => d.CaseId == file.Id).Select(d => d.Id).FirstAsync(Stop));
        using var http = Client();
        var page = new PageClient(http);
        await page.SignInAsync("sunli", StaffWorld.Password);
        foreach (var tail in new[] { "", "/sheet", "/pdf" })
        {
            using var answer = await http.GetAsync(new Uri($"/staff/documents/{document}{tail}", UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_community_proves_the_notice_by_a_photograph_and_nothing_else_is_taken()
    {
        var file = await world.FileAsync("赖秀英");
        await file.ToNoticeAsync();
        var notice = await world.OnAsync<IUnitOfWork, PublicNotice>(w => w.Set<PublicNotice>().AsNoTracking().FirstAsync(n => n.CaseId == file.Id, Stop));
        using var http = Client();
        var page = new PageClient(http);
        await page.SignInAsync("donglin", StaffWorld.Password);
        await page.OpenAsync("/staff/notices");
        Assert.Contains("赖秀英", page.Html, StringComparison.Ordinal);
        await UploadAsync(http, page, notice, "<html>no photo</html>"u8.ToArray());
        Assert.Null(await HashAsync());
        await UploadAsync(http, page, notice, [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]);
        Assert.NotNull(await HashAsync());

        Task<string?> HashAsync() => world.OnAsync<IUnitOfWork, string?>(w => w.Set<PublicNotice>().Where(n => n.Id == notice.Id).Select(n => n.StartPhotoHash).FirstAsync(Stop));
    }

    [Fact]
    public async Task The_history_keeps_act_and_actor_apart()
    {
        var file = await world.FileAsync("简淑英");
        var page = await (await SignedInAsync("zhaomin")).OpenAsync($"/staff/cases/{file.Number}");
        Assert.Matches("提交申请(</a>)?[\\s\u3000]+<span class=\"d\">孙丽", page.Html);
    }

    [Theory]
    [InlineData("standard-raise", "系统（提标核算）")]
    [InlineData("timer", "系统（到期）")]
    [InlineData("month", "系统（月结）")]
    public void The_system_s_own_reasons_are_told_in_words(string reason, string expected) =>
        Assert.Equal(expected, new TimelineWords(Words).Who(reason));

    [Fact]
    public void Every_limit_of_dibao_has_a_name_in_both_languages()
    {
        var figures = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(StaffWorld.Root, "policy", "figures.json")))!.ToJsonString();
        var rules = Directory.EnumerateFiles(Path.Combine(StaffWorld.Root, "workflows", "dibao"), "*.workflow.json")
            .SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), "\"(?<rule>dibao\\.[A-Za-z.]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            .Select(m => m.Groups["rule"].Value).Distinct(StringComparer.Ordinal)
            .Where(r => figures.Contains($"\"{r}.days\"", StringComparison.Ordinal)).ToList();
        Assert.Contains("dibao.survey.start", rules);
        Assert.All(rules, rule => Assert.False(Words[$"Deadline.{rule}"].ResourceNotFound, rule));
    }

    private static readonly TextLocalizer Words = new(TextCatalogue.FromAssembly(typeof(TextCatalogue).Assembly));

    private static async Task UploadAsync(HttpClient http, PageClient page, PublicNotice notice, byte[] content)
    {
        var token = System.Text.RegularExpressions.Regex.Match(page.Html, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["token"].Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"photo-{notice.Id}-first"), "_handler" },
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(content), "photo", "board.jpg" },
        };
        using var answer = await http.PostAsync(new Uri("/staff/notices", UriKind.Relative), form, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Client() => world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true });

    private Task<PageClient> SignedInAsync(string who) => new PageClient(Client()).SignInAsync(who, StaffWorld.Password);
}
