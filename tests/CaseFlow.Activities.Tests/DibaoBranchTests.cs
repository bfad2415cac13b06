using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>The ways of domain C that leave the straight one.</summary>
public sealed class DibaoBranchTests
{
    private static readonly JsonObject Corrections = new()
    {
        ["corrections"] = new JsonArray(new JsonObject { ["code"] = "income", ["name"] = "收入证明", ["request"] = "请提供近12个月工资流水" }),
    };

    [Fact]
    public async Task Missing_papers_are_asked_for_once_and_the_clock_starts_only_with_the_acceptance()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "RequestCorrection", (JsonObject)Corrections.DeepClone());
        Assert.Equal("AwaitingCorrection", (await flow.CaseAsync()).Stage);
        Assert.Null((await flow.CaseAsync()).AcceptedOn);

        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("citizen", "correction", "Submit", new JsonObject
        {
            ["materials"] = new JsonArray(new JsonObject { ["code"] = "income", ["name"] = "收入证明" }),
        });
        var again = await flow.OpenAsync("acceptance-after-correction");
        Assert.Equal("Accept,NotAccept", again.Outcomes);
        await flow.DoAsync("clerk", "acceptance-after-correction", "Accept", []);

        Assert.Equal(new DateOnly(2026, 3, 10), (await flow.CaseAsync()).AcceptedOn);
        var paper = await host.ReadAsync(w => w.Set<Material>().SingleAsync(m => m.CaseId == flow.CaseId && m.Code == "income", DibaoHost.Stop));
        Assert.True(paper.Received);
        Assert.Null(paper.CorrectionRequest);
    }

    [Fact]
    public async Task Papers_that_never_come_end_the_application_as_withdrawn_after_fifteen_working_days()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "RequestCorrection", (JsonObject)Corrections.DeepClone());
        await host.GoToAsync("2026-03-23");
        Assert.Equal("AwaitingCorrection", (await flow.CaseAsync()).Stage);
        await host.GoToAsync("2026-03-24");

        var ended = await flow.CaseAsync();
        Assert.Equal(("Terminated", CaseStatus.ClosedWithoutGrant), (ended.Stage, ended.Status));
        Assert.Empty(await flow.OpenTasksAsync());
        Assert.Contains(await flow.DocumentsAsync(), d => d.TemplateKey == "dibao/termination-notice");
    }

    [Fact]
    public async Task What_is_not_accepted_gets_a_decision_with_its_reason()
    {
        await using var host = await DibaoHost.OpenAsync();
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "NotAccept", new JsonObject { ["competentBody"] = "二道江区桃园街道（演示）" }, "户籍不在本区");

        Assert.Equal(("NotAccepted", CaseStatus.ClosedWithoutGrant), ((await flow.CaseAsync()).Stage, (await flow.CaseAsync()).Status));
        var decision = Assert.Single(await flow.DocumentsAsync());
        Assert.Contains("户籍不在本区", decision.Html, StringComparison.Ordinal);
        Assert.Contains("桃园街道", decision.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_are_told_settled_line_by_line_and_may_lead_to_a_refusal()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        await flow.SurveyAsync();
        var husband = await flow.PersonAsync("李明（演示）");
        await flow.VerifyAsync("inconsistent", new JsonArray(new JsonObject
        {
            ["ref"] = husband.ToString(),
            ["source"] = "bank",
            ["status"] = "found",
            ["items"] = new JsonArray(new JsonObject { ["kind"] = "deposit", ["amountFen"] = 4_600_000 }),
        }));
        Assert.Contains("银行存款", (await flow.DocumentsAsync()).Single(d => d.TemplateKey == "dibao/verification-result-notice").Html, StringComparison.Ordinal);

        await flow.DoAsync("citizen", "explain-differences", "Submit", new JsonObject { ["statement"] = "存款是借来的" });
        var line = await host.ReadAsync(w => w.Set<VerificationResult>().SingleAsync(r => r.CaseId == flow.CaseId, DibaoHost.Stop));
        await flow.DoAsync("handler", "settle-verification", "Settle", new JsonObject
        {
            ["lines"] = new JsonArray(new JsonObject { ["result"] = line.Id.ToString(), ["settlement"] = "found", ["reason"] = "没有借款凭证" }),
        });
        await flow.DoAsync("handler", "opinion-draft", "Refuse", [], "家庭财产超过规定");
        await flow.DoAsync("reviewer", "opinion-check", "Approve");
        await flow.DoAsync("leader", "opinion-signoff", "Approve");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        await flow.DoAsync("d-leader", "confirmation", "Refuse", [], "家庭财产超过规定");

        Assert.Equal(("Refused", CaseStatus.ClosedWithoutGrant), ((await flow.CaseAsync()).Stage, (await flow.CaseAsync()).Status));
        var refusal = (await flow.DocumentsAsync()).Single(d => d.TemplateKey == "dibao/refusal-notice");
        Assert.Contains("60日", refusal.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_exceeds_the_limits_is_confirmed_even_by_the_right_post()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        form["property"]!["financialAssets"] = new JsonArray(new JsonObject { ["person"] = "m1", ["amount"] = 46000 });
        var flow = await DibaoFlow.SubmitAsync(host, form);
        await flow.ToOpinionAsync();
        Assert.Equal("VerificationFailed", (await flow.CaseAsync()).Stage);

        // Told on 2 March, five working days to object: to 9 March. Then the opinion, and it cannot be a grant.
        await host.GoToAsync("2026-03-10");
        var proposed = await Assert.ThrowsAsync<RefusedException>(() => flow.DoAsync("handler", "opinion-draft", "Grant", []));
        Assert.Equal("not-eligible", proposed.Refusal.Code);
        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.Complete, "Refuse", [], "家庭财产超过规定");
        await flow.DoAsync("reviewer", "opinion-check", "Approve");
        await flow.DoAsync("leader", "opinion-signoff", "Approve");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => flow.DoAsync("d-leader", "confirmation", "Approve", []));
        Assert.Equal("not-eligible", refused.Refusal.Code);
    }

    [Fact]
    public async Task An_objection_interrupts_the_notice_and_leads_to_a_new_opinion_and_a_new_notice()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToNoticeAsync();
        await host.GoToAsync("2026-03-05");
        var notice = await host.ReadAsync(w => w.Set<PublicNotice>().SingleAsync(n => n.CaseId == flow.CaseId, DibaoHost.Stop));
        Assert.Equal(new DateOnly(2026, 3, 9), notice.EndsOn);
        Assert.Equal("王*****）", notice.MaskedName);
        var stranger = await host.ActorAsync(host.Bureau["stranger"]);
        await host.OnAsync<PublicNoticeService, ObjectionReceipt>(
            s => s.ObjectAsync(stranger, notice.Id, "他家有汽车", null, null, Guid.NewGuid(), DibaoHost.Stop));
        Assert.Equal("Objected", (await flow.CaseAsync()).Stage);

        await flow.DoAsync("handler", "renewed-investigation", "Submit", new JsonObject { ["method"] = "resurvey", ["secondInvestigator"] = host.Bureau["handler2"].ToString(), ["upheld"] = false, ["measures"] = "经核实没有机动车" });
        await flow.SignAsync("handler2");
        await flow.DoAsync("handler", "opinion-draft", "Grant", []);
        await flow.DoAsync("reviewer", "opinion-check", "Approve");
        await flow.DoAsync("leader", "opinion-signoff", "Approve");
        Assert.Equal("PublicNotice", (await flow.CaseAsync()).Stage);
        await host.GoToAsync("2026-03-13");
        Assert.NotNull(await flow.OpenAsync("report"));

        var objection = await host.ReadAsync(w => w.Set<Objection>().SingleAsync(DibaoHost.Stop));
        Assert.Equal("Dismissed", objection.Result);
        var late = await Assert.ThrowsAsync<RefusedException>(() => host.OnAsync<PublicNoticeService, ObjectionReceipt>(
            s => s.ObjectAsync(stranger, notice.Id, "再次异议", null, null, Guid.NewGuid(), DibaoHost.Stop)));
        Assert.Equal("notice-ended", late.Refusal.Code);
    }

    [Fact]
    public async Task An_officials_relative_is_visited_by_the_district_and_confirmed_by_the_director()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        form["relatives"] = new JsonObject { ["officerRelative"] = true, ["officerName"] = "某协理员", ["relation"] = "姐弟" };
        var flow = await DibaoFlow.SubmitAsync(host, form);
        await flow.ToNoticeAsync();
        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-handler", "district-visit", "Submit", new JsonObject { ["secondInvestigator"] = host.Bureau["d-handler2"].ToString(), ["conclusion"] = "情况属实" });
        await flow.SignAsync("d-handler2");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);

        var confirmation = await flow.OpenAsync("confirmation");
        Assert.Equal(nameof(PostKind.BureauDirector), confirmation.CandidatePosts);
        await flow.DoAsync("director", "confirmation", "Approve", []);
        Assert.Equal("Confirmed", (await flow.CaseAsync()).Stage);
    }

    [Fact]
    public async Task A_return_goes_back_to_the_person_who_did_the_step_with_the_reason()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        await flow.DoAsync("handler", "opinion-draft", "Grant", []);
        await flow.PerformAsync("reviewer", "opinion-check", TaskVerb.Claim);
        await flow.PerformAsync("reviewer", "opinion-check", TaskVerb.ReturnToStep, comment: "收入的依据写得不清楚", target: "opinion-draft");

        var back = Assert.Single(await flow.OpenTasksAsync());
        Assert.Equal(("opinion-draft", "收入的依据写得不清楚", WorkTaskState.Claimed), (back.Step, back.ReturnReason, back.State));
        Assert.Equal(host.Bureau["handler"], back.AssigneeId);
        await flow.DoAsync("handler", "opinion-draft", "Grant", []);
        await flow.DoAsync("reviewer", "opinion-check", "Approve");
        Assert.NotNull(await flow.OpenAsync("opinion-signoff"));
    }

    [Fact]
    public async Task Survey_and_verification_may_finish_in_either_order()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        await flow.SurveyAsync();
        Assert.Empty(await flow.OpenTasksAsync());
        await host.GoToAsync("2026-03-17");
        Assert.NotNull(await flow.OpenAsync("opinion-draft"));
        var request = await host.ReadAsync(w => w.Set<VerificationRequest>().SingleAsync(DibaoHost.Stop));
        Assert.Equal(VerificationState.Overtaken, request.State);

        await flow.VerifyAsync("inconsistent");
        Assert.Equal(VerificationState.Overtaken, (await host.ReadAsync(w => w.Set<VerificationRequest>().SingleAsync(DibaoHost.Stop))).State);
        Assert.NotNull(await flow.OpenAsync("opinion-draft"));
    }

    [Fact]
    public async Task An_applicant_may_take_the_application_back_before_a_decision()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        var citizen = await host.ActorAsync(host.Bureau["citizen"]);
        var stranger = await host.ActorAsync(host.Bureau["stranger"]);
        var intake = host.Get<IIntakeService>();
        await Assert.ThrowsAsync<RefusedException>(() => intake.WithdrawAsync(stranger, flow.CaseId, "不是我的", Guid.NewGuid(), DibaoHost.Stop));
        await intake.WithdrawAsync(citizen, flow.CaseId, "找到工作了", Guid.NewGuid(), DibaoHost.Stop);

        Assert.Equal(("Terminated", CaseStatus.ClosedWithoutGrant), ((await flow.CaseAsync()).Stage, (await flow.CaseAsync()).Status));
        Assert.Empty(await flow.OpenTasksAsync());
        Assert.Equal(ProcedureState.Cancelled, (await host.ReadAsync(w => w.Set<Procedure>().SingleAsync(p => p.Kind == "application", DibaoHost.Stop))).State);
        Assert.DoesNotContain(await host.ReadAsync(w => w.Set<Deadline>().ToListAsync(DibaoHost.Stop)), d => d.State == DeadlineState.Running);
    }

    [Fact]
    public async Task A_leader_may_terminate_an_application_with_a_reason_and_nobody_else()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        var intake = host.Get<IIntakeService>();
        var handler = await host.ActorAsync(host.Bureau["handler"]);
        var leader = await host.ActorAsync(host.Bureau["leader"]);
        await Assert.ThrowsAsync<RefusedException>(() => intake.TerminateAsync(handler, flow.CaseId, "拒不配合", Guid.NewGuid(), DibaoHost.Stop));
        await Assert.ThrowsAsync<InvalidInputException>(() => intake.TerminateAsync(leader, flow.CaseId, "", Guid.NewGuid(), DibaoHost.Stop));
        await intake.TerminateAsync(leader, flow.CaseId, "三次通知后仍拒绝入户调查", Guid.NewGuid(), DibaoHost.Stop);

        Assert.Equal(("Terminated", CaseStatus.ClosedWithoutGrant), ((await flow.CaseAsync()).Stage, (await flow.CaseAsync()).Status));
        Assert.Contains(await flow.DocumentsAsync(), d => d.TemplateKey == "dibao/termination-notice" && d.Html.Contains("拒绝入户调查", StringComparison.Ordinal));
    }
}
