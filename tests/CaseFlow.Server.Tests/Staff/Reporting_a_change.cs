using System.Net;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Staff;

public sealed class Reporting_a_change(StaffWorld world) : IClassFixture<StaffWorld>
{
    [Theory]
    [InlineData("account", "银行账户变更或发放失败")]
    [InlineData("whereabouts", "下落不明、联系不上")]
    public async Task The_counter_records_every_kind_of_change_that_the_procedure_knows(string kind, string words)
    {
        var file = await world.FileAsync($"白{kind}");
        var page = await (await SignedInAsync("sunli")).OpenAsync($"/staff/cases/{file.Number}");
        Assert.Contains($"/staff/cases/{file.Number}/change", page.Html, StringComparison.Ordinal);
        await page.OpenAsync($"/staff/cases/{file.Number}/change");
        await page.SendAsync("change-report", null, ("Input.Kind", kind), ("Input.Since", "2026-06-01"), ("Input.Text", "银行退回了五月的钱"));
        Assert.Contains($"已登记情况变化：{words}", page.Html, StringComparison.Ordinal);
        var kept = await world.OnAsync<IUnitOfWork, string>(w => w.Set<FormSnapshot>().Where(s => s.CaseId == file.Id && s.Form == "change-report")
            .Select(s => s.DataJson).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"\"{kind}\"", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_says_what_and_since_when_and_loses_nothing_that_was_typed()
    {
        var file = await world.FileAsync("白凤兰");
        var page = await (await SignedInAsync("sunli")).OpenAsync($"/staff/cases/{file.Number}/change");
        await page.SendAsync("change-report", null, ("Input.Since", "2026-06-02"), ("Input.Text", "儿子结婚了"));
        Assert.Contains("请选择什么变化", page.Html, StringComparison.Ordinal);
        Assert.Contains("不能晚于今天", page.Html, StringComparison.Ordinal);
        Assert.Contains("儿子结婚了", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_of_another_street_takes_no_report_from_here()
    {
        var file = await world.FileAsync("白海龙", elsewhere: true);
        Assert.Equal(HttpStatusCode.NotFound, (await (await SignedInAsync("sunli")).OpenAsync($"/staff/cases/{file.Number}/change")).Status);
    }

    private Task<PageClient> SignedInAsync(string who) =>
        new PageClient(world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true })).SignInAsync(who, StaffWorld.Password);
}
