using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>Sums of domain K that need what only a survey or a special application tells.</summary>
public sealed class DibaoAssessmentTests
{
    [Fact]
    public async Task A_severely_disabled_adult_alone_gets_the_whole_standard_and_the_supplement()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        form["applicant"]!["disabilityGrade"] = 1;
        form["applicant"]!["disabilityKind"] = "limb";
        form["singlePerson"] = "applicant";
        form["members"] = new JsonArray(
            new JsonObject { ["ref"] = "m1", ["name"] = "父（演示）", ["idNumber"] = Applications.IdNumber("19600102", female: false), ["relation"] = "Parent" },
            new JsonObject { ["ref"] = "m2", ["name"] = "母（演示）", ["idNumber"] = Applications.IdNumber("19620102", female: true), ["relation"] = "Parent" });
        form["incomes"] = new JsonArray(new JsonObject { ["person"] = "m1", ["kind"] = "NetTransfer", ["amount"] = 2340, ["period"] = "month" });
        form["consents"]!.AsArray().Add(new JsonObject { ["person"] = "m2", ["verification"] = true });
        var flow = await DibaoFlow.SubmitAsync(host, form);
        await flow.ToOpinionAsync();

        var record = await host.ReadAsync(w => w.Set<AssessmentRecord>().SingleAsync(DibaoHost.Stop));
        Assert.True(record.Eligible);
        Assert.Equal(Money.FromYuan(720), record.Amount);
    }

    [Fact]
    public async Task A_sons_duty_of_support_counts_by_the_policys_rate()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        form["applicant"]!["idNumber"] = Applications.IdNumber("19500312", female: true);
        form["members"] = new JsonArray();
        form["incomes"] = new JsonArray();
        var flow = await DibaoFlow.SubmitAsync(host, form);
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        await flow.VerifyAsync();
        await flow.DoAsync("handler", "survey", "Submit", new JsonObject
        {
            ["secondInvestigator"] = host.Bureau["handler2"].ToString(),
            ["conclusion"] = "儿子在外地工作",
            ["obligors"] = new JsonArray(new JsonObject { ["name"] = "儿子（演示）", ["householdMonthlyIncome"] = 4000, ["householdMembers"] = 3 }),
        });
        await flow.SignAsync("handler2");

        var record = await host.ReadAsync(w => w.Set<AssessmentRecord>().SingleAsync(DibaoHost.Stop));
        Assert.Equal(Money.FromYuan(460), record.Amount);
    }

    [Fact]
    public async Task The_total_may_be_extended_once_by_the_district_and_the_applicant_is_told()
    {
        await using var host = await DibaoHost.OpenAsync("2026-02-13");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        Assert.Equal(new DateOnly(2026, 4, 2), (await flow.CaseAsync()).DueOn);
        var leader = await host.ActorAsync(host.Bureau["leader"]);
        var district = await host.ActorAsync(host.Bureau["d-leader"]);
        await Assert.ThrowsAsync<RefusedException>(() => ExtendAsync(host, leader, flow));
        await ExtendAsync(host, district, flow);

        Assert.Equal(new DateOnly(2026, 4, 24), (await flow.CaseAsync()).DueOn);
        Assert.Contains((await flow.DocumentsAsync()), d => d.TemplateKey == "dibao/extension-notice" && d.Html.Contains("2026年4月24日", StringComparison.Ordinal));
        var twice = await Assert.ThrowsAsync<RefusedException>(() => ExtendAsync(host, district, flow));
        Assert.Equal("extended-once", twice.Refusal.Code);
    }

    private static Task<Deadline> ExtendAsync(DibaoHost host, CaseFlow.Cases.Organisation.Actor actor, DibaoFlow flow) =>
        host.OnAsync<DeadlineService, Deadline>(s => s.ExtendAsync(actor, flow.CaseId, "核对信息尚未全部反馈", Guid.NewGuid(), DibaoHost.Stop));
}
