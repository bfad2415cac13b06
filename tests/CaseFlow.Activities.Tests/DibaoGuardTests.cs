using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>Nobody beyond their authority, nothing twice, nothing half done.</summary>
public sealed class DibaoGuardTests
{
    [Theory]
    [InlineData("leader", "not-candidate")]
    [InlineData("t-leader", "not-found")]
    [InlineData("director", "not-candidate")]
    [InlineData("d-reviewer", "not-candidate")]
    [InlineData("auditor", "not-candidate")]
    [InlineData("admin", "not-found")]
    [InlineData("citizen", "staff-only")]
    [InlineData("stranger", "not-found")]
    public async Task Only_the_post_that_the_table_names_may_confirm(string who, string code)
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await ToConfirmationAsync(host);
        foreach (var verb in new[] { TaskVerb.Claim, TaskVerb.Complete, TaskVerb.ReturnToStep, TaskVerb.Forward, TaskVerb.Release })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => flow.PerformAsync(who, "confirmation", verb, "Approve", [], "同意", "report"));
            Assert.Contains(refused.Refusal.Code, new[] { code, "not-claimed" });
        }

        Assert.Equal("DistrictReview", (await flow.CaseAsync()).Stage);
        Assert.Equal(WorkTaskState.Ready, (await flow.OpenAsync("confirmation")).State);
    }

    [Fact]
    public async Task Two_posts_do_not_make_one_person_four_eyes()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        await host.StepAsync((services, _) =>
        {
            host.Bureau.Staff(services.GetRequiredWork(), "handler", PostKind.Reviewer, host.Bureau.Street);
            return Task.FromResult(true);
        });
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        await flow.DoAsync("handler", "opinion-draft", "Grant", []);
        await flow.PerformAsync("handler", "opinion-check", TaskVerb.Claim);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => flow.PerformAsync("handler", "opinion-check", TaskVerb.Complete, "Approve"));
        Assert.Equal("four-eyes", refused.Refusal.Code);
    }

    [Fact]
    public async Task A_survey_takes_two_different_people_of_the_house()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        JsonObject With(string second) => new() { ["secondInvestigator"] = host.Bureau[second].ToString(), ["conclusion"] = "属实" };

        var alone = await Assert.ThrowsAsync<RefusedException>(() => flow.DoAsync("handler", "survey", "Submit", With("handler")));
        Assert.Equal("two-persons", alone.Refusal.Code);
        await Assert.ThrowsAsync<InvalidInputException>(() => flow.DoAsync("handler", "survey", "Submit", With("t-handler")));
        await Assert.ThrowsAsync<InvalidInputException>(() => flow.DoAsync("handler", "survey", "Submit", new JsonObject { ["conclusion"] = "属实" }));
        await flow.DoAsync("handler", "survey", "Submit", With("handler2"));
    }

    [Fact]
    public async Task Who_declares_an_interest_may_not_act_and_the_task_goes_back_to_the_pool()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToOpinionAsync();
        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.Claim);
        await flow.PerformAsync("handler", "opinion-draft", TaskVerb.DeclareRecusal, comment: "申请人是我的债务人");
        Assert.Equal(WorkTaskState.Ready, (await flow.OpenAsync("opinion-draft")).State);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => flow.PerformAsync("handler", "opinion-draft", TaskVerb.Claim));
        Assert.Equal("recusal", refused.Refusal.Code);
        await flow.DoAsync("handler2", "opinion-draft", "Grant", []);
    }

    [Fact]
    public async Task A_stale_page_is_told_what_happened_and_a_repeated_request_has_no_second_effect()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        var seen = await flow.OpenAsync("acceptance");
        await flow.PerformAsync("clerk", "acceptance", TaskVerb.Claim);
        var clerk = await host.ActorAsync(host.Bureau["clerk"]);
        var handler = await host.ActorAsync(host.Bureau["handler"]);
        var tasks = host.Get<ITaskService>();
        var stale = new TaskRequest(seen.Id, TaskVerb.Claim, seen.Revision, 1, Guid.NewGuid());
        var conflict = await Assert.ThrowsAsync<ConflictException>(() => tasks.PerformAsync(handler, stale, DibaoHost.Stop));
        Assert.Contains("clerk", conflict.Message, StringComparison.Ordinal);

        var now = await flow.OpenAsync("acceptance");
        var accept = new TaskRequest(now.Id, TaskVerb.Complete, now.Revision, 1, Guid.NewGuid(), "Accept", []);
        var first = await tasks.PerformAsync(clerk, accept, DibaoHost.Stop);
        var second = await tasks.PerformAsync(clerk, accept, DibaoHost.Stop);
        Assert.Equal(first.DocumentNumbers, second.DocumentNumbers);
        Assert.Single(await flow.DocumentsAsync(), d => d.TemplateKey == "dibao/acceptance-notice");
        await Assert.ThrowsAsync<RefusedException>(() => tasks.PerformAsync(handler, accept, DibaoHost.Stop));
    }

    [Fact]
    public async Task A_template_that_fails_after_a_number_was_drawn_leaves_no_gap_and_no_decision()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.PerformAsync("clerk", "acceptance", TaskVerb.Claim);
        var good = await ChangeTemplateAsync(host, "{{ there.is.no.such.field }}");
        await Assert.ThrowsAsync<StepFaultedException>(() => flow.PerformAsync("clerk", "acceptance", TaskVerb.Complete, "Accept", []));

        Assert.Equal("Submitted", (await flow.CaseAsync()).Stage);
        Assert.Null((await flow.CaseAsync()).AcceptedOn);
        Assert.Equal(WorkTaskState.Claimed, (await flow.OpenAsync("acceptance")).State);
        Assert.Empty(await flow.DocumentsAsync());
        var incident = await host.ReadAsync(w => w.Set<Incident>().SingleAsync(DibaoHost.Stop));
        Assert.Contains("issue-acceptance", incident.NodeId, StringComparison.Ordinal);

        await ChangeTemplateAsync(host, good);
        var receipt = await flow.PerformAsync("clerk", "acceptance", TaskVerb.Complete, "Accept", []);
        Assert.Equal(["东团受〔2026〕1号"], receipt.DocumentNumbers);
        Assert.NotNull((await host.ReadAsync(w => w.Set<Incident>().SingleAsync(DibaoHost.Stop))).ResolvedAt);
    }

    [Fact]
    public async Task An_operator_may_skip_a_node_that_cannot_run_with_a_reason()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.PerformAsync("clerk", "acceptance", TaskVerb.Claim);
        await ChangeTemplateAsync(host, "{{ there.is.no.such.field }}");
        await Assert.ThrowsAsync<StepFaultedException>(() => flow.PerformAsync("clerk", "acceptance", TaskVerb.Complete, "Accept", []));
        var incident = await host.ReadAsync(w => w.Set<Incident>().SingleAsync(DibaoHost.Stop));
        var admin = await host.ActorAsync(host.Bureau["admin"]);
        var clerk = await host.ActorAsync(host.Bureau["clerk"]);
        await Assert.ThrowsAsync<RefusedException>(() => host.DoAsync<IncidentService>(s => s.SkipAsync(clerk, incident.Id, "Done", "模板错误", DibaoHost.Stop)));
        await host.DoAsync<IncidentService>(s => s.SkipAsync(admin, incident.Id, "Done", "模板错误，文书另行补发", DibaoHost.Stop));

        await flow.PerformAsync("clerk", "acceptance", TaskVerb.Complete, "Accept", []);
        Assert.Equal("Investigating", (await flow.CaseAsync()).Stage);
        Assert.Empty(await flow.DocumentsAsync());
    }

    [Fact]
    public async Task What_a_person_may_do_is_told_with_the_reason_for_the_rest()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await ToConfirmationAsync(host);
        var task = await flow.OpenAsync("confirmation");
        var tasks = host.Get<ITaskService>();
        var leader = await tasks.ActionsAsync(await host.ActorAsync(host.Bureau["d-leader"]), task.Id, DibaoHost.Stop);
        Assert.True(leader!.Authority!.Allowed);
        Assert.Equal("D1", leader.Authority.RuleCode);
        Assert.True(leader.Items.Single(i => i.Verb == TaskVerb.Claim).Allowed);

        var township = await tasks.ActionsAsync(await host.ActorAsync(host.Bureau["leader"]), task.Id, DibaoHost.Stop);
        Assert.False(township!.Authority!.Allowed);
        Assert.All(township.Outcomes, o => Assert.False(o.Allowed));
        Assert.Null(await tasks.ActionsAsync(await host.ActorAsync(host.Bureau["admin"]), task.Id, DibaoHost.Stop));
        var evaluations = await host.ReadAsync(w => w.Set<AuthorityEvaluation>().ToListAsync(DibaoHost.Stop));
        Assert.Contains(evaluations, e => e is { Purpose: "route", RuleCode: "D1" });
    }

    [Fact]
    public async Task A_form_that_does_not_fit_changes_nothing_and_names_the_field()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        form["applicant"]!["idNumber"] = "220502198503120000";
        var wrong = await Assert.ThrowsAsync<InvalidInputException>(() => DibaoFlow.SubmitAsync(host, form));
        Assert.Equal("applicant/idNumber", Assert.Single(wrong.Errors).Key);

        var unsigned = Applications.CoupleWithChild();
        unsigned["consents"]!.AsArray().RemoveAt(1);
        await Assert.ThrowsAsync<InvalidInputException>(() => DibaoFlow.SubmitAsync(host, unsigned));
        Assert.Equal(0, await host.ReadAsync(w => w.Set<Case>().CountAsync(DibaoHost.Stop)));
    }

    [Fact]
    public async Task A_household_has_one_open_case_of_a_kind()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var form = Applications.CoupleWithChild();
        await DibaoFlow.SubmitAsync(host, (JsonObject)form.DeepClone());
        var refused = await Assert.ThrowsAsync<RefusedException>(() => DibaoFlow.SubmitAsync(host, form));
        Assert.Equal("open-case", refused.Refusal.Code);
    }

    [Fact]
    public async Task Whoever_decides_reads_beforehand_what_each_outcome_leads_to()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        var acceptance = await host.Get<ITaskService>().ActionsAsync(await host.ActorAsync(host.Bureau["clerk"]), (await flow.OpenAsync("acceptance")).Id, DibaoHost.Stop);
        var told = acceptance!.Outcomes.ToDictionary(o => o.Outcome, o => o.Consequence);

        Assert.Contains("签发《一次性补正告知书》", told["RequestCorrection"], StringComparison.Ordinal);
        Assert.Contains("等申请人办理“补充材料”", told["RequestCorrection"], StringComparison.Ordinal);
        Assert.Contains("签发《受理通知书》", told["Accept"], StringComparison.Ordinal);
        Assert.Contains("转“入户调查”", told["Accept"], StringComparison.Ordinal);
        Assert.Contains("本程序办结", told["NotAccept"], StringComparison.Ordinal);

        await flow.ToNoticeAsync();
        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        var confirmation = await host.Get<ITaskService>().ActionsAsync(await host.ActorAsync(host.Bureau["d-leader"]), (await flow.OpenAsync("confirmation")).Id, DibaoHost.Stop);
        Assert.Contains("长期公布", confirmation!.Outcomes.Single(o => o.Outcome == "Approve").Consequence, StringComparison.Ordinal);
    }

    private static async Task<DibaoFlow> ToConfirmationAsync(DibaoHost host)
    {
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToNoticeAsync();
        await host.GoToAsync("2026-03-10");
        await flow.DoAsync("handler", "report", "Report");
        await flow.DoAsync("d-reviewer", "district-review", "Approve", []);
        return flow;
    }

    private static Task<string> ChangeTemplateAsync(DibaoHost host, string text) => host.StepAsync(async (services, token) =>
    {
        var template = await services.GetRequiredWork().Set<DocumentTemplate>().FirstAsync(t => t.Key == "dibao/acceptance-notice", token);
        var before = template.Text;
        template.Text = text;
        return before;
    });
}
