using System.Net;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Staff;

public sealed class IntakePageTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    private const string IdNumber = "220502196001011237";

    [Fact]
    public async Task A_wrong_check_digit_is_told_at_the_counter_at_once()
    {
        var page = await StartAsync("王桂荣", "220502196001011238");
        Assert.Contains("校验位不符", page.Html, StringComparison.Ordinal);
        Assert.StartsWith("/staff/intake", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_is_taken_in_page_by_page_and_becomes_a_case()
    {
        var page = await StartAsync("王桂荣", IdNumber);
        Assert.EndsWith("/matter", page.Address, StringComparison.Ordinal);
        Assert.Contains("第一次来办", page.Html, StringComparison.Ordinal);
        await NextAsync(page, ("f.applicant.name", "王桂荣"), ("f.applicant.idNumber", IdNumber), ("f.applicant.phone", "13800000099"),
            ("f.applicant.hukouCommunity", world.Community.Code), ("f.applicant.address", "东岭社区1组"), ("f.applicant.seriousIllness", "false"),
            ("f.applicant.fullTimeStudent", "false"), ("f.applicant.ableBodied", "true"), ("f.applicant.uncertainIncome", "false"), ("f.relatives.officerRelative", "false"));
        Assert.EndsWith("/members", page.Address, StringComparison.Ordinal);
        await NextAsync(page);
        await NextAsync(page, ("f.incomes.0.person", "applicant"), ("f.incomes.0.kind", "NetTransfer"), ("f.incomes.0.amount", "３５０"), ("f.incomes.0.period", "month"));
        Assert.EndsWith("/property", page.Address, StringComparison.Ordinal);
        await NextAsync(page, ("f.property.dwellings", "1"), ("f.property.company", "false"));
        Assert.EndsWith("/materials", page.Address, StringComparison.Ordinal);
        Assert.Contains("户口簿", page.Html, StringComparison.Ordinal);
        await NextAsync(page);
        Assert.EndsWith("/consents", page.Address, StringComparison.Ordinal);
        await NextAsync(page, ("f.commitment", "true"), ("f.consents.0.person", "applicant"), ("f.consents.0.verification", "true"), ("f.consents.0.signedOn", "2026-06-01"));
        Assert.EndsWith("/check", page.Address, StringComparison.Ordinal);
        Assert.DoesNotContain(IdNumber, page.Html, StringComparison.Ordinal);
        await page.SendAsync("intake", null, ("act", "submit"));
        Assert.StartsWith("/staff/cases/DB-220502-2026-", page.Address, StringComparison.Ordinal);
        Assert.Contains("已登记：王桂荣", page.Html, StringComparison.Ordinal);
        var channel = await world.OnAsync<IUnitOfWork, string>(w => w.Set<Case>().Where(c => c.ApplicantName == "王桂荣").Select(c => c.Channel).FirstAsync(TestContext.Current.CancellationToken));
        Assert.Equal("counter", channel);
    }

    [Theory]
    [InlineData("-17000", "请填 0 到 100,000,000 之间的数")]
    [InlineData("12.345", "请填金额，最多两位小数")]
    [InlineData("100000001", "请填 0 到 100,000,000 之间的数")]
    [InlineData("1e5", "请填数字")]
    public async Task An_amount_that_cannot_be_is_told_where_it_is_entered_with_its_line_and_person(string typed, string sentence)
    {
        var page = await StartAsync("孙桂荣", IdNumber);
        await page.OpenAsync(page.Address.Replace("/matter", "/incomes", StringComparison.Ordinal));
        await NextAsync(page, ("f.incomes.0.person", "applicant"), ("f.incomes.0.kind", "Wage"), ("f.incomes.0.amount", typed), ("f.incomes.0.period", "month"), ("f.incomes.0.note", "打零工"));
        Assert.EndsWith("/incomes", page.Address, StringComparison.Ordinal);
        Assert.Contains("近12个月收入 第 1 项（孙桂荣）：金额（元）", page.Html, StringComparison.Ordinal);
        Assert.Contains(sentence, page.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("打零工", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telephone_name_and_account_are_checked_at_the_page_that_asks_for_them()
    {
        var page = await StartAsync("孙桂荣", IdNumber);
        await NextAsync(page, ("f.applicant.name", "<b>x</b>"), ("f.applicant.idNumber", IdNumber), ("f.applicant.phone", "12"), ("f.applicant.bankAccount", "12ab"),
            ("f.applicant.hukouCommunity", world.Community.Code), ("f.applicant.address", "东岭社区1组"));
        Assert.EndsWith("/matter", page.Address, StringComparison.Ordinal);
        Assert.Contains("请填姓名，只用汉字、字母和间隔号", page.Html, StringComparison.Ordinal);
        Assert.Contains("请填手机号", page.Html, StringComparison.Ordinal);
        Assert.Contains("请填银行账号", page.Html, StringComparison.Ordinal);
        Assert.Contains("东岭社区1组", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_of_somebody_else_s_counter_is_not_found()
    {
        var page = await StartAsync("李桂荣", IdNumber);
        var other = await SignedInAsync("clerk-2");
        await other.OpenAsync(page.Address);
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
    }

    [Fact]
    public async Task Who_takes_no_applications_in_finds_no_counter() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await SignedInAsync("auditor")).OpenAsync("/staff/intake")).Status);

    [Fact]
    public async Task The_printed_notification_holds_exactly_what_is_missing()
    {
        var page = await StartAsync("赵桂荣", IdNumber);
        await page.OpenAsync(page.Address.Replace("/matter", "/notice", StringComparison.Ordinal));
        Assert.Contains("一次性告知书", page.Html, StringComparison.Ordinal);
        Assert.Contains("户口簿", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(IdNumber, page.Html, StringComparison.Ordinal);
    }

    private static Task<PageClient> NextAsync(PageClient page, params (string Name, string Value)[] fields) =>
        page.SendAsync("intake", null, [.. fields, ("act", "next")]);

    private async Task<PageClient> StartAsync(string name, string idNumber)
    {
        var page = await (await SignedInAsync("sunli")).OpenAsync("/staff/intake");
        return await page.SendAsync("intake-start", null, ("Input.Name", name), ("Input.IdNumber", idNumber), ("Input.CaseType", "dibao"), ("Input.Visitor", "self"));
    }

    private Task<PageClient> SignedInAsync(string who) =>
        new PageClient(world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true })).SignInAsync(who, StaffWorld.Password);
}
