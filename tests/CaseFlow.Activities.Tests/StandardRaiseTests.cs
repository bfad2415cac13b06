using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Cases.Raises;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Activities.Tests;

/// <summary>
/// 提标 (domain K). The household is K2: urban couple with a child, wage 1,300: 820 at 600. At 640: 640 × 3 − 1,300 × 0.8 = 880,
/// child 10 % of 640 = 64, together 944: 124 more a month.
/// </summary>
public sealed class StandardRaiseTests
{
    [Fact]
    public async Task A_raise_published_late_gives_the_new_amount_and_arrears_for_the_months_that_were_paid_too_little()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host);
        await host.GoToAsync("2026-05-27");
        await CloseAsync(host, 4, 5, 6);
        await host.GoToAsync("2026-06-10");
        var raise = await PublishAsync(host, 640, "2026-05-01");
        Assert.Equal(("TB-DIBAO-URBAN-2026-05-1", Yuan(600), Yuan(640)), (raise.Number, raise.Before, raise.After));

        var line = Assert.Single((await SheetAsync(host, raise)).Raised);
        Assert.Equal((Yuan(820), Yuan(944), Yuan(248), Month.Of(2026, 5), 3), (line.Before, line.After, line.Arrears, line.From, line.Members));
        await ApproveAsync(host, raise, "d-reviewer");
        await SignAsync(host, raise, "d-leader");
        await RunAsync(host);

        Assert.Equal(StandardRaiseState.Done, (await RaiseAsync(host)).State);
        Assert.Equal(Yuan(944), (await flow.CaseAsync()).MonthlyAmount);
        var entries = await host.ReadAsync(w => w.Set<BenefitEntry>().AsNoTracking().Where(e => e.Kind == BenefitEntryKind.Arrears).OrderBy(e => e.Month).ToListAsync(DibaoHost.Stop));
        Assert.Equal([(Month.Of(2026, 5), Yuan(124)), (Month.Of(2026, 6), Yuan(124))], entries.Select(e => (e.Month, e.Amount)));
        Assert.All(entries, e => Assert.Equal("提标（2026年5月起 640.00 元）", e.Reason));
        await host.GoToAsync("2026-06-26");
        await CloseAsync(host, 7);
        var july = await host.ReadAsync(w => w.Set<BenefitEntry>().AsNoTracking().SingleAsync(e => e.Month == Month.Of(2026, 7), DibaoHost.Stop));
        Assert.Equal(Yuan(944), july.Amount);
        await VerifyAsync(host);
    }

    [Fact]
    public async Task The_household_is_told_and_no_subject_or_sms_says_why_it_gets_money()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host);
        await RaisedAsync(host, "2026-05-01");
        var told = await host.ReadAsync(w => w.Set<OutboxMessage>().AsNoTracking().Where(m => m.EventKey.Contains("/raise/")).ToListAsync(DibaoHost.Stop));
        Assert.Contains("每月 944.00 元（原来 820.00 元），不用申请", Assert.Single(told, m => m.Channel == MessageChannel.Portal).Body);
        Assert.Contains(told, m => m.Channel == MessageChannel.Mail);
        Assert.All(told, m => Assert.DoesNotContain("低保", m.Subject + (m.Channel == MessageChannel.Sms ? m.Body : "")));
    }

    [Fact]
    public async Task Two_people_of_the_district_approve_and_nobody_else()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host);
        var raise = await PublishAsync(host, 640, "2026-05-01");
        await host.StepAsync((services, _) =>
        {
            host.Bureau.Staff(services.GetRequiredWork(), "d-reviewer", PostKind.LeaderInCharge, host.Bureau.District);
            return Task.FromResult(true);
        });
        foreach (var (who, code) in new[] { ("reviewer", "not-found"), ("admin", "not-found"), ("citizen", "not-found"), ("finance", "post"), ("auditor", "post"), ("d-leader", "post") })
        {
            Assert.Equal((who, code), (who, (await Assert.ThrowsAsync<RefusedException>(() => ApproveAsync(host, raise, who))).Refusal.Code));
        }

        Assert.Equal("raise-state", (await Assert.ThrowsAsync<RefusedException>(() => SignAsync(host, raise, "d-leader"))).Refusal.Code);
        await ApproveAsync(host, raise, "d-reviewer");
        Assert.Equal("four-eyes", (await Assert.ThrowsAsync<RefusedException>(() => SignAsync(host, raise, "d-reviewer"))).Refusal.Code);
        await RunAsync(host);
        Assert.Equal(Yuan(820), (await host.ReadAsync(w => w.Set<Case>().AsNoTracking().SingleAsync(DibaoHost.Stop))).MonthlyAmount);
        await SignAsync(host, raise, "d-leader");
    }

    [Fact]
    public async Task A_preview_that_changed_since_it_was_looked_at_is_a_conflict()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host);
        var raise = await PublishAsync(host, 640, "2026-05-01");
        var seen = (await SheetAsync(host, raise)).HashFor(raise);
        await StopAsync(host, flow, Month.Of(2026, 5));
        await Assert.ThrowsAsync<ConflictException>(() => host.OnAsync<RaiseService, RaiseReceipt>(async s =>
            await s.ApproveAsync(await Who(host, "d-reviewer"), raise.Id, seen, Guid.NewGuid(), DibaoHost.Stop)));
    }

    [Fact]
    public async Task What_a_running_review_has_found_and_nobody_has_decided_changes_nothing()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host);
        await host.GoToAsync("2026-10-05");
        await flow.VerifyAsync();
        await flow.DoAsync("handler", "review-check", "ProposeStop", new JsonObject
        {
            ["conclusion"] = "丈夫已有稳定工作",
            ["incomes"] = new JsonArray(new JsonObject { ["person"] = (await flow.PersonAsync("李明（演示）")).ToString(), ["kind"] = "Wage", ["amount"] = 4000, ["period"] = "month" }),
        }, "人均收入高于标准");
        await RaisedAsync(host, "2026-11-01");
        Assert.Equal(Yuan(944), (await flow.CaseAsync()).MonthlyAmount);
        await VerifyAsync(host);
    }

    [Fact]
    public async Task Who_has_left_gets_arrears_only_for_the_months_of_entitlement()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host);
        await host.GoToAsync("2026-06-27");
        await CloseAsync(host, 4, 5, 6, 7);
        await StopAsync(host, flow, Month.Of(2026, 6));
        await RaisedAsync(host, "2026-05-01");
        var entries = await host.ReadAsync(w => w.Set<BenefitEntry>().AsNoTracking().Where(e => e.Kind == BenefitEntryKind.Arrears).OrderBy(e => e.Month).ToListAsync(DibaoHost.Stop));
        Assert.Equal([(Month.Of(2026, 5), Yuan(124)), (Month.Of(2026, 6), Yuan(124))], entries.Select(e => (e.Month, e.Amount)));
        Assert.Equal(Month.Of(2026, 6), (await host.ReadAsync(w => w.Set<BenefitTerm>().AsNoTracking().SingleAsync(t => t.From == Month.Of(2026, 5), DibaoHost.Stop))).To);
        await VerifyAsync(host);
    }

    [Fact]
    public async Task A_second_raise_builds_on_the_facts_of_the_first_decision()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host);
        await RaisedAsync(host, "2026-05-01");
        await host.GoToAsync("2026-06-20");

        // 700 × 3 − 1,040 = 1,060; child 70: 1,130.
        await RaisedAsync(host, "2026-07-01", 700);
        Assert.Equal(Yuan(1130), (await flow.CaseAsync()).MonthlyAmount);
        var terms = await host.ReadAsync(w => w.Set<BenefitTerm>().AsNoTracking().OrderBy(t => t.From).ToListAsync(DibaoHost.Stop));
        Assert.Equal([(4, 820), (5, 944), (7, 1130)], terms.Select(t => (t.From.MonthOfYear, (int)(t.MonthlyAmount.Fen / 100))));
        await VerifyAsync(host);
    }

    [Fact]
    public async Task A_household_that_changed_after_the_approval_is_left_and_comes_with_a_further_run()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host);
        var raise = await PublishAsync(host, 640, "2026-05-01");
        await ApproveAsync(host, raise, "d-reviewer");
        await StopAsync(host, flow, Month.Of(2026, 8));
        await SignAsync(host, raise, "d-leader");
        await RunAsync(host);
        var left = await host.ReadAsync(w => w.Set<StandardRaiseLine>().AsNoTracking().SingleAsync(l => l.RaiseId == raise.Id, DibaoHost.Stop));
        Assert.Equal(RaiseLineState.Left, left.State);
        Assert.Contains("批准以后有新的决定", left.Why);
        Assert.Equal(Yuan(820), (await flow.CaseAsync()).MonthlyAmount);

        var further = await RaiseAsync(host);
        Assert.Equal(("TB-DIBAO-URBAN-2026-05-2", StandardRaiseState.Draft), (further.Number, further.State));
        await ApproveAsync(host, further, "d-reviewer");
        await SignAsync(host, further, "d-leader");
        await RunAsync(host);
        var term = await host.ReadAsync(w => w.Set<BenefitTerm>().AsNoTracking().SingleAsync(t => t.From == Month.Of(2026, 5), DibaoHost.Stop));
        Assert.Equal((Yuan(944), Month.Of(2026, 8)), (term.MonthlyAmount, term.To));
        await VerifyAsync(host);
    }

    [Fact]
    public async Task Who_is_granted_by_the_old_standard_after_the_run_comes_with_a_further_one()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host);
        await RaisedAsync(host, "2026-07-01");
        var second = Applications.CoupleWithChild();
        second["applicant"]!["idNumber"] = Applications.IdNumber("19860312", female: true);
        second["members"]![0]!["idNumber"] = Applications.IdNumber("19840705", female: false);
        second["members"]![1]!["idNumber"] = Applications.IdNumber("20170901", female: false);
        await GrantedAsync(host, second, "2026-03-20");
        await RunAsync(host);
        var line = Assert.Single((await SheetAsync(host, await RaiseAsync(host))).Raised);
        Assert.Equal(("TB-DIBAO-URBAN-2026-07-2", Month.Of(2026, 7), Yuan(820), Yuan(944)), ((await RaiseAsync(host)).Number, line.From, line.Before, line.After));
    }

    [Fact]
    public async Task A_lower_standard_or_one_of_another_area_raises_nobody()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host);
        await ChangeStandardAsync(host, 590, "2026-05-01", AreaType.Urban);
        Assert.Empty(await host.ReadAsync(w => w.Set<StandardRaise>().ToListAsync(DibaoHost.Stop)));
        await ChangeStandardAsync(host, 450, "2026-05-01", AreaType.Rural);
        var rural = await RaiseAsync(host);
        Assert.Empty((await SheetAsync(host, rural)).Households);
        Assert.Equal("raise-empty", (await Assert.ThrowsAsync<RefusedException>(() => ApproveAsync(host, rural, "d-reviewer"))).Refusal.Code);
        await RunAsync(host);
        Assert.Equal(StandardRaiseState.Draft, (await RaiseAsync(host)).State);
        await host.GoToAsync("2026-05-02");
        await RunAsync(host);
        Assert.Equal(StandardRaiseState.Done, (await RaiseAsync(host)).State);
        await VerifyAsync(host);
    }

    private static async Task<DibaoFlow> GrantedAsync(DibaoHost host, JsonObject? form = null, string decidedOn = "2026-03-10")
    {
        var flow = await DibaoFlow.SubmitAsync(host, form ?? Applications.CoupleWithChild());
        await flow.ToNoticeAsync();
        await host.GoToAsync(decidedOn);
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        await flow.DoAsync("d-leader", "confirmation", "Approve", []);
        return flow;
    }

    private static async Task RaisedAsync(DibaoHost host, string from, int yuan = 640)
    {
        var raise = await PublishAsync(host, yuan, from);
        await ApproveAsync(host, raise, "d-reviewer");
        await SignAsync(host, raise, "d-leader");
        await RunAsync(host);
    }

    private static async Task<StandardRaise> PublishAsync(DibaoHost host, int yuan, string from)
    {
        await ChangeStandardAsync(host, yuan, from, AreaType.Urban);
        return await RaiseAsync(host);
    }

    private static async Task ChangeStandardAsync(DibaoHost host, int yuan, string from, AreaType area)
    {
        var row = new FigureRow("dibao.standard", "低保标准", yuan * 100, "fen", DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), "试验文件", area);
        await host.OnAsync<PolicyChangeService, PolicyChange>(async service =>
        {
            var admin = await Who(host, "admin");
            var draft = await service.DraftAsync(admin, null, "提标", new PolicyContent { Figures = [row] }, DibaoHost.Stop);
            var sent = await service.SubmitAsync(admin, new SeenChange(draft.Id, draft.Revision), "", DibaoHost.Stop);
            return await service.PublishAsync(await Who(host, "director"), new SeenChange(sent.Id, sent.Revision), "同意", DibaoHost.Stop);
        });
    }

    private static Task<StandardRaise> RaiseAsync(DibaoHost host) =>
        host.ReadAsync(w => w.Set<StandardRaise>().AsNoTracking().OrderByDescending(r => r.From).ThenByDescending(r => r.Number).FirstAsync(DibaoHost.Stop));

    private static Task<RaiseSheet> SheetAsync(DibaoHost host, StandardRaise raise) =>
        host.OnAsync<StandardRaises, RaiseSheet>(s => s.ReadAsync(raise, DibaoHost.Stop));

    private static async Task<RaiseReceipt> ApproveAsync(DibaoHost host, StandardRaise raise, string who)
    {
        var hash = (await SheetAsync(host, raise)).HashFor(raise);
        return await host.OnAsync<RaiseService, RaiseReceipt>(async s => await s.ApproveAsync(await Who(host, who), raise.Id, hash, Guid.NewGuid(), DibaoHost.Stop));
    }

    private static Task<RaiseReceipt> SignAsync(DibaoHost host, StandardRaise raise, string who) => host.OnAsync<RaiseService, RaiseReceipt>(async s =>
        await s.SignAsync(await Who(host, who), raise.Id, (await RaiseAsync(host)).Hash ?? "", Guid.NewGuid(), DibaoHost.Stop));

    private static Task<bool> StopAsync(DibaoHost host, DibaoFlow flow, Month last) =>
        OnCaseAsync(host, flow, (file, benefits) => benefits.StopAsync(file, "dibao", last, null, "停发", DibaoHost.Stop));

    private static Task<bool> OnCaseAsync(DibaoHost host, DibaoFlow flow, Func<Case, BenefitService, Task> act) => host.StepAsync(async (services, token) =>
    {
        await services.GetRequiredService<ILocks>().LockCaseAsync(flow.CaseId, token);
        await act(await services.GetRequiredWork().Set<Case>().SingleAsync(c => c.Id == flow.CaseId, token), services.GetRequiredService<BenefitService>());
        return true;
    });

    private static async Task RunAsync(DibaoHost host)
    {
        var due = host.Get<IEnumerable<IDueWork>>().Single(w => w.Name == "standard-raise");
        while (await due.RunDueAsync(DibaoHost.Stop) > 0)
        {
            DibaoHost.Stop.ThrowIfCancellationRequested();
        }
    }

    private static async Task CloseAsync(DibaoHost host, params int[] months)
    {
        foreach (var month in months)
        {
            await host.OnAsync<BenefitService, int>(s => s.CloseMonthForAllAsync(Actor.System("month"), Month.Of(2026, month), DibaoHost.Stop));
        }
    }

    private static Money Yuan(int yuan) => Money.FromYuan(yuan);

    private static Task<Actor> Who(DibaoHost host, string name) => host.ActorAsync(host.Bureau[name]);

    private static async Task VerifyAsync(DibaoHost host) =>
        Assert.Empty((await host.Get<IIntegrityCheck>().RunAsync(DibaoHost.Stop)).Findings);
}
