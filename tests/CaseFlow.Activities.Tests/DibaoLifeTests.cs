using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Reviews;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>What happens to a case in force: reviews for years, changes, the stop.</summary>
public sealed class DibaoLifeTests
{
    [Fact]
    public async Task Reviews_come_due_by_class_and_a_late_one_moves_nothing()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await GrantedAsync(host);
        await host.GoToAsync("2026-10-02");
        Assert.Contains(await flow.DocumentsAsync(), d => d.TemplateKey == "dibao/review-notice");
        await host.GoToAsync("2026-11-20");
        await flow.DoAsync("handler", "review-check", "Unchanged", new JsonObject { ["conclusion"] = "情况没有变化" });
        await flow.DoAsync("reviewer", "review-confirm", "Approve");

        var reviews = await host.ReadAsync(w => w.Set<ReviewSchedule>().OrderBy(r => r.Id).ToListAsync(DibaoHost.Stop));
        Assert.Equal([Month.Of(2026, 10), Month.Of(2027, 4)], reviews.Select(r => r.DueMonth));
        Assert.Equal("Unchanged", reviews[0].Conclusion);
        Assert.Equal(Money.FromYuan(820), (await flow.CaseAsync()).MonthlyAmount);
        Assert.Empty(await flow.OpenTasksAsync());
    }

    [Fact]
    public async Task A_proposed_stop_is_heard_and_paid_until_the_decision_takes_effect()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await GrantedAsync(host);
        await host.GoToAsync("2026-10-05");
        await flow.VerifyAsync();
        await flow.DoAsync("handler", "review-check", "ProposeStop", new JsonObject
        {
            ["conclusion"] = "丈夫已有稳定工作",
            ["incomes"] = new JsonArray(new JsonObject { ["person"] = (await flow.PersonAsync("李明（演示）")).ToString(), ["kind"] = "Wage", ["amount"] = 4000, ["period"] = "month" }),
        }, "人均收入高于标准");
        await flow.DoAsync("reviewer", "review-confirm", "Approve");
        await flow.DoAsync("handler", "change-handling", "ProposeStop", new JsonObject { ["findings"] = "工资流水已核实" }, "人均收入高于标准");
        Assert.Equal("ProposedStop", (await flow.CaseAsync()).Stage);

        await host.GoToAsync("2026-10-31");
        await flow.DoAsync("reviewer", "stop-check", "Approve");
        await flow.DoAsync("leader", "township-signoff", "Approve");
        await flow.DoAsync("d-reviewer", "district-review", "Approve");
        await flow.DoAsync("d-leader", "decision", "Approve", [], "同意停发");

        Assert.Equal("Stopped", (await flow.CaseAsync()).Stage);
        Assert.Equal(Month.Of(2026, 10), (await flow.CaseAsync()).BenefitTo);
        var decision = (await flow.DocumentsAsync()).Single(d => d.TemplateKey == "dibao/benefit-stop-decision");
        Assert.Contains("2026年11月", decision.Html, StringComparison.Ordinal);
        await host.GoToAsync("2026-11-10");
        Assert.Equal(CaseStatus.Ended, (await flow.CaseAsync()).Status);
        Assert.Empty(await flow.OpenTasksAsync());
    }

    [Fact]
    public async Task A_death_changes_the_amount_from_the_month_after_it_and_the_overpaid_months_become_items()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await GrantedAsync(host, RuralThree(), rural: true);
        Assert.Equal(Money.FromYuan(730), (await flow.CaseAsync()).MonthlyAmount);
        await host.GoToAsync("2026-07-20");
        await host.OnAsync<BenefitService, int>(s => s.CloseMonthForAllAsync(Actor.System("month"), Month.Of(2026, 7), DibaoHost.Stop));
        var citizen = await host.ActorAsync(host.Bureau["citizen"]);
        await host.Get<IIntakeService>().ReportChangeAsync(
            citizen, flow.CaseId, new JsonObject { ["kind"] = "death", ["text"] = "父亲5月12日去世" }, Guid.NewGuid(), DibaoHost.Stop);
        await flow.DoAsync("t-handler", "change-handling", "Reduce", new JsonObject
        {
            ["findings"] = "死亡证明已核实",
            ["memberEnded"] = new JsonObject { ["person"] = (await flow.PersonAsync("赵父（演示）")).ToString(), ["on"] = "2026-05-12", ["died"] = true },
        }, "家庭人口减少一人");
        await host.GoToAsync("2026-08-05");
        await DecideInTownshipAsync(flow);

        Assert.Equal(Money.FromYuan(320), (await flow.CaseAsync()).MonthlyAmount);
        var entries = await host.ReadAsync(w => w.Set<BenefitEntry>().Where(e => e.CaseId == flow.CaseId).ToListAsync(DibaoHost.Stop));
        var taken = entries.Where(e => e.Amount < Money.Zero).ToList();
        Assert.Equal([Month.Of(2026, 6), Month.Of(2026, 7)], taken.Select(e => e.Month).Order());
        Assert.All(taken, e => Assert.Equal(Money.FromYuan(-410), e.Amount));
    }

    [Fact]
    public async Task A_change_that_keeps_everything_ends_quietly_and_the_next_report_starts_again()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await GrantedAsync(host);
        var citizen = await host.ActorAsync(host.Bureau["citizen"]);
        for (var i = 0; i < 2; i++)
        {
            await host.Get<IIntakeService>().ReportChangeAsync(
                citizen, flow.CaseId, new JsonObject { ["kind"] = "income", ["text"] = "打零工" }, Guid.NewGuid(), DibaoHost.Stop);
            await flow.DoAsync("handler", "change-handling", "Keep", new JsonObject { ["findings"] = "一次性收入，不影响" });
            Assert.Empty(await flow.OpenTasksAsync());
        }

        Assert.Equal(Money.FromYuan(820), (await flow.CaseAsync()).MonthlyAmount);
    }

    private static JsonObject RuralThree()
    {
        var form = Applications.CoupleWithChild("220502100201");
        form["applicant"]!["name"] = "赵强（演示）";
        form["members"] = new JsonArray(
            new JsonObject { ["ref"] = "m1", ["name"] = "赵父（演示）", ["idNumber"] = Applications.IdNumber("19600101", female: false), ["relation"] = "Parent" },
            new JsonObject { ["ref"] = "m2", ["name"] = "赵妻（演示）", ["idNumber"] = Applications.IdNumber("19860101", female: true), ["relation"] = "Spouse" });
        form["incomes"] = new JsonArray(new JsonObject { ["person"] = "applicant", ["kind"] = "Other", ["amount"] = 500, ["period"] = "month" });
        form["consents"]!.AsArray().Add(new JsonObject { ["person"] = "m2", ["verification"] = true, ["signedOn"] = "2026-03-02" });
        return form;
    }

    private static async Task<DibaoFlow> GrantedAsync(DibaoHost host, JsonObject? form = null, bool rural = false)
    {
        var flow = await DibaoFlow.SubmitAsync(host, form ?? Applications.CoupleWithChild());
        if (rural)
        {
            await RuralToNoticeAsync(host, flow);
        }
        else
        {
            await flow.ToNoticeAsync();
        }

        await host.GoToAsync("2026-03-10");
        await flow.DoAsync(rural ? "t-handler" : "handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        await flow.DoAsync("d-leader", "confirmation", "Approve", []);
        return flow;
    }

    private static async Task RuralToNoticeAsync(DibaoHost host, DibaoFlow flow)
    {
        await host.StepAsync((services, _) =>
        {
            host.Bureau.Staff(services.GetRequiredWork(), "t-handler2", PostKind.CaseHandler, host.Bureau.Township);
            host.Bureau.Staff(services.GetRequiredWork(), "t-reviewer", PostKind.Reviewer, host.Bureau.Township);
            return Task.FromResult(true);
        });
        await flow.DoAsync("t-handler", "acceptance", "Accept", []);
        await flow.VerifyAsync();
        await flow.DoAsync("t-handler", "survey", "Submit", new JsonObject { ["secondInvestigator"] = host.Bureau["t-handler2"].ToString(), ["conclusion"] = "属实" });
        await flow.SignAsync("t-handler2");
        await flow.DoAsync("t-handler", "opinion-draft", "Grant", []);
        await flow.DoAsync("t-reviewer", "opinion-check", "Approve");
        await flow.DoAsync("t-leader", "opinion-signoff", "Approve");
    }

    private static async Task DecideInTownshipAsync(DibaoFlow flow)
    {
        await flow.DoAsync("t-reviewer", "stop-check", "Approve");
        await flow.DoAsync("t-leader", "township-signoff", "Approve");
        await flow.DoAsync("d-reviewer", "district-review", "Approve");
        await flow.DoAsync("d-leader", "decision", "Approve", [], "同意");
        Assert.Equal("Confirmed", (await flow.CaseAsync()).Stage);
    }
}
