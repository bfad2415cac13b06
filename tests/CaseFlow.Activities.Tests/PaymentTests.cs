using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>A dibao household on the payment lists: closing, freezing, the second person, the bank and its answer.</summary>
public sealed class PaymentTests
{
    [Fact]
    public async Task A_list_goes_from_the_closing_day_to_the_account()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host, "2026-03-12");
        var april = await CloseAsync(host, "2026-03-26", Month.Of(2026, 4));
        Assert.Equal("FF-DIBAO-220502004-2026-04", april.Number);
        await Do(host, s => FreezeAsync(host, april, s));
        await Do(host, s => SignAsync(host, april, "d-leader", s));
        var file = await host.OnAsync<PaymentService, BankFile>(async s => await s.ExportAsync(await Who(host, "finance"), april.Id, DibaoHost.Stop));
        Assert.Equal(("6228480000001234567", Money.FromYuan(820)), (file.Lines.Single().Account, file.Lines.Single().Amount));
        await Do(host, s => SettleAsync(host, april, s, new BankAnswer(1, 1, Money.FromYuan(820), true, null)));

        Assert.Equal(PaymentBatchState.Settled, (await BatchAsync(host, april.Number)).State);
        await VerifyAsync(host);
    }

    [Fact]
    public async Task A_grant_after_the_closing_day_comes_with_the_next_list_as_arrears()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host, "2026-03-27");
        await host.GoToAsync("2026-03-28");
        await host.OnAsync<BenefitService, int>(s => s.CloseMonthForAllAsync(Actor.System("month"), Month.Of(2026, 4), DibaoHost.Stop));
        Assert.Empty(await host.ReadAsync(w => w.Set<PaymentBatch>().ToListAsync(DibaoHost.Stop)));
        var may = await CloseAsync(host, "2026-04-26", Month.Of(2026, 5));
        var line = (await host.OnAsync<PaymentLists, PaymentSheet>(l => l.ReadAsync(may, DibaoHost.Stop))).Lines.Single().Line;
        Assert.Equal((Money.FromYuan(820), Money.FromYuan(820), Money.FromYuan(1640)), (line.Regular, line.Adjustment, line.Amount));
        Assert.Equal("新增；补发 2026-04　820.00", line.Words);
    }

    [Fact]
    public async Task A_line_that_the_bank_sent_back_waits_until_its_account_is_mended()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host, "2026-03-12");
        var april = await CloseAsync(host, "2026-03-26", Month.Of(2026, 4));
        await Do(host, s => FreezeAsync(host, april, s));
        await Do(host, s => SignAsync(host, april, "d-leader", s));
        await host.OnAsync<PaymentService, BankFile>(async s => await s.ExportAsync(await Who(host, "finance"), april.Id, DibaoHost.Stop));
        await Do(host, s => SettleAsync(host, april, s, new BankAnswer(1, 1, null, false, "账号不存在")));
        var told = await host.OnAsync<IUnitOfWork, List<OutboxMessage>>(
            work => work.Set<OutboxMessage>().AsNoTracking().Where(m => m.EventKey.Contains("/returned")).ToListAsync(DibaoHost.Stop));
        Assert.Contains("2026年4月的款项被银行退回", Assert.Single(told, m => m.Channel == MessageChannel.Portal && m.PersonId != null).Body);
        Assert.All(told.Where(m => m.Channel != MessageChannel.Portal), m => Assert.Equal("请核对您的账户", m.Subject));
        Assert.Contains(told, m => m.PersonId == null && m.Body.Contains("账号不存在", StringComparison.Ordinal));

        var may = await CloseAsync(host, "2026-04-26", Month.Of(2026, 5));
        var waiting = await host.OnAsync<PaymentLists, PaymentSheet>(l => l.ReadAsync(may, DibaoHost.Stop));
        Assert.Equal((0, Money.FromYuan(1640), "account-unchanged"), (waiting.Lines.Count, waiting.Holds.Single().Amount, waiting.Holds.Single().Code));

        await AccountAsync(host, flow, "6228480000007654321");
        await Do(host, s => FreezeAsync(host, may, s));
        await Do(host, s => SignAsync(host, may, "d-leader", s));
        Assert.Equal(Money.FromYuan(1640), (await BatchAsync(host, may.Number)).Total);
        await VerifyAsync(host);
    }

    [Fact]
    public async Task Who_froze_the_list_cannot_sign_it_and_a_reopened_one_asks_for_both_again()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host, "2026-03-12");
        var april = await CloseAsync(host, "2026-03-26", Month.Of(2026, 4));
        await host.StepAsync((services, _) =>
        {
            host.Bureau.Staff(services.GetRequiredWork(), "finance", PostKind.LeaderInCharge, host.Bureau.District);
            return Task.FromResult(true);
        });
        await Do(host, s => FreezeAsync(host, april, s));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Do(host, s => SignAsync(host, april, "finance", s)));
        Assert.Equal("four-eyes", refused.Refusal.Code);
        await Do(host, s => SignAsync(host, april, "d-leader", s));
        await Do(host, async s => await s.ReopenAsync(await Who(host, "finance"), april.Id, "漏看一户", Guid.NewGuid(), DibaoHost.Stop));
        var again = await BatchAsync(host, april.Number);
        Assert.Equal((PaymentBatchState.Draft, null, null), (again.State, again.FrozenBy, again.SignedBy));
        await VerifyAsync(host);
    }

    [Fact]
    public async Task A_list_that_changed_since_it_was_looked_at_is_a_conflict()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await GrantedAsync(host, "2026-03-12");
        var april = await CloseAsync(host, "2026-03-26", Month.Of(2026, 4));
        var seen = (await host.OnAsync<PaymentLists, PaymentSheet>(l => l.ReadAsync(april, DibaoHost.Stop))).HashFor(april);
        await AccountAsync(host, flow, "6228480000007654321");
        await Assert.ThrowsAsync<ConflictException>(() => Do(host, async s =>
            await s.FreezeAsync(await Who(host, "finance"), april.Id, seen, Guid.NewGuid(), DibaoHost.Stop)));
        Assert.Equal(PaymentBatchState.Draft, (await BatchAsync(host, april.Number)).State);
    }

    [Fact]
    public async Task A_household_is_not_new_again_because_last_month_s_list_is_still_a_draft()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        await GrantedAsync(host, "2026-03-12");
        await CloseAsync(host, "2026-03-26", Month.Of(2026, 4));
        var may = await CloseAsync(host, "2026-04-26", Month.Of(2026, 5));
        Assert.Equal("不变", (await host.OnAsync<PaymentLists, PaymentSheet>(l => l.ReadAsync(may, DibaoHost.Stop))).Lines.Single().Line.Words);
    }

    [Fact]
    public async Task Whoever_must_wait_is_seen_until_the_list_is_signed_and_comes_with_the_next()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await GrantedAsync(host, "2026-03-12");
        await host.StepAsync(async (services, token) =>
        {
            var applicant = (await flow.CaseAsync()).ApplicantId;
            (await services.GetRequiredWork().Set<CaseFlow.Cases.People.Person>().SingleAsync(p => p.Id == applicant, token)).BankAccount = null;
            return true;
        });
        var april = await CloseAsync(host, "2026-03-26", Month.Of(2026, 4));
        await Do(host, s => FreezeAsync(host, april, s));
        var frozen = await host.OnAsync<PaymentLists, PaymentSheet>(async l => await l.ReadAsync(await BatchAsync(host, april.Number), DibaoHost.Stop));
        Assert.Equal(("no-account", Money.FromYuan(820)), (frozen.Holds.Single().Code, frozen.Holds.Single().Amount));
        Assert.Contains(frozen.Checks, c => c is { Code: "held", Holds: false });
        await Do(host, s => SignAsync(host, april, "d-leader", s));

        await AccountAsync(host, flow, "6228480000001234567");
        var may = await CloseAsync(host, "2026-04-26", Month.Of(2026, 5));
        Assert.Equal(Money.FromYuan(1640), (await host.OnAsync<PaymentLists, PaymentSheet>(l => l.ReadAsync(may, DibaoHost.Stop))).Total);
        await VerifyAsync(host);
    }

    [Fact]
    public async Task An_answer_of_the_bank_that_does_not_fit_changes_nothing()
    {
        await using var host = await DibaoHost.OpenAsync();
        await GrantedAsync(host, "2026-03-12");
        var april = await CloseAsync(host, "2026-03-26", Month.Of(2026, 4));
        await Do(host, s => FreezeAsync(host, april, s));
        await Do(host, s => SignAsync(host, april, "d-leader", s));
        await host.OnAsync<PaymentService, BankFile>(async s => await s.ExportAsync(await Who(host, "finance"), april.Id, DibaoHost.Stop));
        var wrong = await Assert.ThrowsAsync<InvalidInputException>(() => Do(host, s => SettleAsync(
            host, april, s, new BankAnswer(2, 1, Money.FromYuan(82), true, null), new BankAnswer(3, 7, null, true, null), new BankAnswer(4, 1, null, true, null))));
        Assert.Equal(["第 2 行", "第 3 行", "第 4 行"], wrong.Errors.Keys.Order());
        Assert.Equal(PaymentLineState.Pending, (await host.ReadAsync(w => w.Set<PaymentLine>().SingleAsync(DibaoHost.Stop))).State);
    }

    private static async Task<DibaoFlow> GrantedAsync(DibaoHost host, string decidedOn)
    {
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToNoticeAsync();
        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        await host.GoToAsync(decidedOn);
        await flow.DoAsync("d-leader", "confirmation", "Approve", []);
        await AccountAsync(host, flow, "6228480000001234567");
        return flow;
    }

    private static async Task<PaymentBatch> CloseAsync(DibaoHost host, string day, Month month)
    {
        await host.GoToAsync(day);
        await host.OnAsync<BenefitService, int>(s => s.CloseMonthForAllAsync(Actor.System("month"), month, DibaoHost.Stop));
        return await host.ReadAsync(w => w.Set<PaymentBatch>().AsNoTracking().SingleAsync(b => b.Month == month, DibaoHost.Stop));
    }

    private static Task<PaymentBatch> BatchAsync(DibaoHost host, string number) =>
        host.ReadAsync(w => w.Set<PaymentBatch>().AsNoTracking().SingleAsync(b => b.Number == number, DibaoHost.Stop));

    private static Task<Actor> Who(DibaoHost host, string name) => host.ActorAsync(host.Bureau[name]);

    private static Task<PaymentReceipt> Do(DibaoHost host, Func<PaymentService, Task<PaymentReceipt>> act) => host.OnAsync(act);

    private static async Task<PaymentReceipt> FreezeAsync(DibaoHost host, PaymentBatch batch, PaymentService service)
    {
        var sheet = await host.OnAsync<PaymentLists, PaymentSheet>(l => l.ReadAsync(batch, DibaoHost.Stop));
        return await service.FreezeAsync(await Who(host, "finance"), batch.Id, sheet.HashFor(batch), Guid.NewGuid(), DibaoHost.Stop);
    }

    private static async Task<PaymentReceipt> SignAsync(DibaoHost host, PaymentBatch batch, string who, PaymentService service) =>
        await service.SignAsync(await Who(host, who), batch.Id, (await BatchAsync(host, batch.Number)).Hash!, Guid.NewGuid(), DibaoHost.Stop);

    private static async Task<PaymentReceipt> SettleAsync(DibaoHost host, PaymentBatch batch, PaymentService service, params BankAnswer[] answers) =>
        await service.SettleAsync(await Who(host, "finance"), batch.Id, answers, Guid.NewGuid(), DibaoHost.Stop);

    private static Task<bool> AccountAsync(DibaoHost host, DibaoFlow flow, string account) => host.OnAsync<AccountCorrection, bool>(async s =>
        await s.SetAsync(await Who(host, "handler"), flow.CaseId, account, "演示银行", "户主提供新的一卡通", DibaoHost.Stop));

    private static async Task VerifyAsync(DibaoHost host) =>
        Assert.Empty((await host.Get<IIntegrityCheck>().RunAsync(DibaoHost.Stop)).Findings);
}
