using System.Net;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Staff;

/// <summary>Domain A and I: the village sees no income and does not learn who objected; who must look into it does.</summary>
public sealed class WhoReadsWhatTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Village_and_window_read_no_paper_that_holds_income()
    {
        var file = await world.FileAsync("汪素珍");
        await file.ToNoticeAsync();
        var opinion = await DocumentAsync(file, "dibao/preliminary-opinion");
        var notice = await DocumentAsync(file, "dibao/public-notice");
        foreach (var who in new[] { "donglin", "sunli" })
        {
            var page = await SignedInAsync(who);
            foreach (var part in new[] { "", "/sheet", "/pdf" })
            {
                Assert.Equal((who, part, HttpStatusCode.NotFound), (who, part, (await page.OpenAsync($"/staff/documents/{opinion}{part}")).Status));
            }

            Assert.Equal(HttpStatusCode.OK, (await page.OpenAsync($"/staff/documents/{notice}")).Status);
            Assert.DoesNotContain(opinion, (await page.OpenAsync($"/staff/cases/{file.Number}/documents")).Html, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await (await SignedInAsync("zhouting")).OpenAsync($"/staff/documents/{opinion}/sheet")).Status);
    }

    [Fact]
    public async Task An_objection_is_read_by_those_who_must_look_into_it_and_not_by_the_village()
    {
        var file = await world.FileAsync("侯永福");
        await file.ToNoticeAsync();
        await ObjectAsync(file, "他家去年买了一辆车", "周举报");
        foreach (var who in new[] { "zhouting", "zhaomin", "d-leader", "auditor" })
        {
            var page = await (await SignedInAsync(who)).OpenAsync($"/staff/cases/{file.Number}");
            Assert.Contains("他家去年买了一辆车", page.Html, StringComparison.Ordinal);
        }

        foreach (var who in new[] { "donglin", "sunli" })
        {
            var page = await (await SignedInAsync(who)).OpenAsync($"/staff/cases/{file.Number}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("他家去年买了一辆车", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("周举报", page.Html, StringComparison.Ordinal);
        }

        var task = await file.OpenAsync("renewed-investigation");
        Assert.Contains("他家去年买了一辆车", (await (await SignedInAsync("zhouting")).OpenAsync($"/staff/tasks/{task.Id}")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_is_found_by_the_name_of_any_member()
    {
        var file = await world.FileAsync("佟桂香", spouse: "阎铁柱");
        Assert.Contains(file.Number, (await (await SignedInAsync("zhouting")).OpenAsync("/staff/cases?q=阎铁柱")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Number, (await (await SignedInAsync("handler-2")).OpenAsync("/staff/cases?q=阎铁柱")).Html, StringComparison.Ordinal);
    }

    private async Task<string> DocumentAsync(CaseInHand file, string template) => (await world.OnAsync<IUnitOfWork, Id<IssuedDocument>>(w =>
        w.Set<IssuedDocument>().Where(d => d.CaseId == file.Id && d.TemplateKey == template).Select(d => d.Id).FirstAsync(Stop))).ToString();

    private async Task ObjectAsync(CaseInHand file, string text, string name)
    {
        var notice = await world.OnAsync<IUnitOfWork, Id<PublicNotice>>(w => w.Set<PublicNotice>().Where(n => n.CaseId == file.Id).Select(n => n.Id).FirstAsync(Stop));
        await world.OnAsync<PublicNoticeService, ObjectionReceipt>(s => s.ObjectAsync(Actor.System("public notice board"), notice, text, name, null, Guid.NewGuid(), Stop));
    }

    private Task<PageClient> SignedInAsync(string who) =>
        new PageClient(world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true })).SignInAsync(who, StaffWorld.Password, "/staff/inbox");
}
