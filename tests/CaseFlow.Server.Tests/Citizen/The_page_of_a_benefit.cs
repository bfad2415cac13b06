using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.Procedures;
using CaseFlow.Server.Tests.Citizen.Support;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Citizen;

/// <summary>What citizen and staff read of a benefit whose money came back, and of one that ends.</summary>
public sealed class The_page_of_a_benefit(StaffWorld world) : IClassFixture<StaffWorld>
{
    private const string List = "/staff/payments/lists/FF-DIBAO-220502004-2026-07";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Money_that_the_bank_sent_back_is_marked_and_the_citizen_is_asked_for_the_account_until_it_is_mended()
    {
        var (file, phone) = await GrantedAsync("returned", "陶玉珍");
        await world.OnAsync<BenefitService, int>(s => s.CloseMonthForAllAsync(Actor.System("test"), Month.Of(2026, 7), Stop));
        await phone.Page.OpenAsync($"/my/cases/{file.Id}");
        Assert.DoesNotContain("银行退回", phone.Page.Html, StringComparison.Ordinal);
        await SentBackAsync("账号不存在");

        await phone.Page.OpenAsync($"/my/cases/{file.Id}");
        Assert.Contains("请核对您的账户", phone.Page.Html, StringComparison.Ordinal);
        Assert.Contains($"/my/cases/{file.Id}/change?kind=account", phone.Page.Html, StringComparison.Ordinal);
        Assert.Matches("2026-07</td><td>当月.*银行退回", phone.Page.Html);
        await phone.Page.OpenAsync($"/my/cases/{file.Id}/change?kind=account");
        Assert.Matches("value=\"account\"[^>]* checked", phone.Page.Html);
        await phone.Page.OpenAsync("/my");
        Assert.Contains("请核对您的账户", phone.Page.Html, StringComparison.Ordinal);

        var staff = await (await SignedInAsync("zhouting")).OpenAsync($"/staff/cases/{file.Number}");
        Assert.Contains("2026年7月的款项被银行退回", staff.Html, StringComparison.Ordinal);
        Assert.Contains("账号不存在", staff.Html, StringComparison.Ordinal);
        Assert.Contains($"/staff/payments/account/{file.Number}", staff.Html, StringComparison.Ordinal);
        await staff.OpenAsync($"/staff/cases/{file.Number}/money");
        Assert.Matches("2026-07</td><td class=\"nowrap\">按月.*银行退回", staff.Html);

        var handler = await world.ActorAsync("zhouting");
        await world.OnAsync<AccountCorrection, bool>(s => s.SetAsync(handler, file.Id, "6228480000000009999", "农业银行", "本人带新卡到窗口", Stop));
        await phone.Page.OpenAsync($"/my/cases/{file.Id}");
        Assert.DoesNotContain("请核对您的账户", phone.Page.Html, StringComparison.Ordinal);
        Assert.Contains("银行退回，随下一批补发", phone.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_benefit_that_has_been_stopped_says_until_when_it_is_paid_and_names_no_next_review()
    {
        var (file, phone) = await GrantedAsync("stopped", "齐桂芬");
        await phone.Page.OpenAsync($"/my/cases/{file.Id}");
        Assert.Contains("下次定期核查", phone.Page.Html, StringComparison.Ordinal);
        var today = world.Clock.Today;
        var last = Month.Of(today.Year, today.Month);
        await StopAsync(file, last, noticeEnds: today.AddDays(7));

        await phone.Page.OpenAsync($"/my/cases/{file.Id}");
        Assert.Contains($"发到{last.Year}年{last.MonthOfYear}月，{last.MonthOfYear + 1}月起停发", phone.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("下次定期核查", phone.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>已停保</b>", phone.Page.Html, StringComparison.Ordinal);
        Assert.Contains("<b>已决定停保</b>", phone.Page.Html, StringComparison.Ordinal);
        Assert.Matches("停保公示：.*至", phone.Page.Html);
        Assert.DoesNotMatch("公示 7 天</b><span class=\"muted\">（至", phone.Page.Html);
    }

    private async Task<(CaseInHand File, CitizenBrowser Phone)> GrantedAsync(string account, string name)
    {
        await world.OpenCitizenAsync(account, name);
        var file = await world.FileOnlineAsync(account, name);
        await file.ToConfirmationAsync();
        await file.DoAsync("d-leader", "confirmation", "Approve", new System.Text.Json.Nodes.JsonObject { ["reviewClass"] = "A" }, "同意确认。");
        return (file, await CitizenBrowser.SignedInAsync(world, account));
    }

    /// <summary>The list of July goes its whole way, and the bank sends every line back.</summary>
    private async Task SentBackAsync(string reason)
    {
        await (await (await SignedInAsync("finance")).OpenAsync(List)).SendAsync("freeze", null);
        await (await (await SignedInAsync("d-leader")).OpenAsync(List)).SendAsync("sign", null);
        var finance = await world.ActorAsync("finance");
        var batch = await world.OnAsync<IUnitOfWork, PaymentBatch>(w => w.Set<PaymentBatch>().AsNoTracking().FirstAsync(b => b.Number == List.Substring(List.LastIndexOf('/') + 1), Stop));
        await world.OnAsync<PaymentService, BankFile>(s => s.ExportAsync(finance, batch.Id, Stop));
        var answers = Enumerable.Range(1, batch.Households).Select(i => new BankAnswer(i + 1, i, null, false, reason)).ToList();
        await world.OnAsync<PaymentService, PaymentReceipt>(s => s.SettleAsync(finance, batch.Id, answers, Guid.NewGuid(), Stop));
    }

    /// <summary>The stop has been decided, and its public notice runs.</summary>
    private Task<bool> StopAsync(CaseInHand hand, Month last, DateOnly noticeEnds) => world.StepAsync(async (services, token) =>
    {
        var work = services.GetRequiredService<IUnitOfWork>();
        await services.GetRequiredService<ILocks>().LockCaseAsync(hand.Id, token);
        var file = await work.Set<Case>().FirstAsync(c => c.Id == hand.Id, token);
        await services.GetRequiredService<BenefitService>().StopAsync(file, "dibao", last, Id<IssuedDocument>.New(), "收入超过标准", token);
        file.Stage = "Stopped";
        var procedure = await work.Set<Procedure>().FirstAsync(p => p.CaseId == hand.Id, token);
        work.Set<PublicNotice>().Add(new PublicNotice
        {
            CaseId = hand.Id,
            ProcedureId = procedure.Id,
            OrganisationId = file.OrganisationId,
            PostedOn = world.Clock.Today,
            EndsOn = noticeEnds,
            State = PublicNoticeState.Running,
        });
        return true;
    });

    private Task<PageClient> SignedInAsync(string who) =>
        new PageClient(world.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true })).SignInAsync(who, StaffWorld.Password);
}
