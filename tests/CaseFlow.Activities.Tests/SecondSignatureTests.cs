using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>A survey is made by two, and the second signs for themselves (domain C 4b: at least two investigators, signatures of all).</summary>
public sealed class SecondSignatureTests
{
    [Fact]
    public async Task The_second_investigator_has_the_signature_within_the_surveys_period_and_is_told()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        await GiveAddressAsync(host, "handler2");
        var flow = await AtSurveyAsync(host);
        var surveyDue = (await flow.OpenAsync("survey")).DueOn;
        await host.GoToAsync("2026-03-05");
        await SurveyAsync(host, flow, "handler2");

        var signature = await flow.OpenAsync("survey-signature");
        Assert.Equal(host.Bureau["handler2"], signature.AssigneeId);
        Assert.Equal(WorkTaskState.Claimed, signature.State);
        Assert.Equal(surveyDue, signature.DueOn);
        var told = await host.ReadAsync(w => w.Set<OutboxMessage>().Where(m => m.AccountId == host.Bureau["handler2"]).ToListAsync(DibaoHost.Stop));
        Assert.Equal([MessageChannel.Portal, MessageChannel.Mail], told.OrderBy(m => m.Channel).Select(m => m.Channel).Order());
        Assert.All(told, m => Assert.Contains("核对调查情况并签字", m.Body, StringComparison.Ordinal));
        var inbox = await host.OnAsync<InboxQuery, IReadOnlyDictionary<InboxFilter, int>>(
            async q => await q.CountsAsync(await host.ActorAsync(host.Bureau["handler2"]), DibaoHost.Stop));
        Assert.Equal(1, inbox[InboxFilter.Mine]);
        Assert.DoesNotContain(await flow.DocumentsAsync(), d => d.TemplateKey == "dibao/household-survey-form");
    }

    [Theory]
    [InlineData("handler", TaskVerb.Claim)]
    [InlineData("handler3", TaskVerb.Claim)]
    [InlineData("handler3", TaskVerb.Complete)]
    [InlineData("leader", TaskVerb.Complete)]
    [InlineData("handler2", TaskVerb.Forward)]
    [InlineData("handler2", TaskVerb.Release)]
    public async Task Nobody_signs_for_the_second_investigator(string who, TaskVerb verb)
    {
        await using var host = await AtSignatureAsync();
        var flow = await OnlyAsync(host);
        var target = verb == TaskVerb.Forward ? host.Bureau["handler3"] : (Id<Account>?)null;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => ActAsync(host, flow, who, verb, "Confirm", "替他签", target));
        Assert.Equal("second-investigator-only", refused.Refusal.Code);
        Assert.Contains("本人", refused.Refusal.Message, StringComparison.Ordinal);
        Assert.Contains("in person", refused.Refusal.In("en"), StringComparison.Ordinal);
        Assert.Equal(host.Bureau["handler2"], (await flow.OpenAsync("survey-signature")).AssigneeId);
    }

    [Fact]
    public async Task A_substitute_does_not_sign_nor_does_the_surveyor()
    {
        await using var host = await AtSignatureAsync();
        var flow = await OnlyAsync(host);
        var post = await host.ReadAsync(w => w.Set<PostAssignment>().Where(p => p.AccountId == host.Bureau["handler2"]).Select(p => p.Id).SingleAsync(DibaoHost.Stop));
        await host.StepAsync((services, _) =>
        {
            services.GetRequiredWork().Set<Substitution>().Add(new Substitution
            {
                PostAssignmentId = post,
                SubstituteId = host.Bureau["handler3"],
                ValidFrom = new DateOnly(2026, 3, 1),
                ValidTo = new DateOnly(2026, 3, 31),
                Reason = "休假",
            });
            return Task.FromResult(true);
        });
        var substitute = await Assert.ThrowsAsync<RefusedException>(() => ActAsync(host, flow, "handler3", TaskVerb.Complete, "Confirm"));
        Assert.Equal("second-investigator-only", substitute.Refusal.Code);
        var surveyor = await Assert.ThrowsAsync<RefusedException>(() => ActAsync(host, flow, "handler", TaskVerb.Complete, "Confirm"));
        Assert.Equal("two-persons", surveyor.Refusal.Code);
    }

    [Fact]
    public async Task An_objection_brings_the_survey_back_with_its_words_and_the_form_bears_both_signatures_at_last()
    {
        await using var host = await AtSignatureAsync();
        var flow = await OnlyAsync(host);
        var due = (await flow.OpenAsync("survey-signature")).DueOn;
        var silent = await Assert.ThrowsAsync<InvalidInputException>(() => ActAsync(host, flow, "handler2", TaskVerb.Complete, "Object"));
        Assert.Equal(["comment"], silent.Errors.Keys);
        await host.GoToAsync("2026-03-04");
        await flow.DoAsync("handler2", "survey-signature", "Object", null, "入户时没有见到配偶");

        var survey = await flow.OpenAsync("survey");
        Assert.Equal("入户时没有见到配偶", survey.ReturnReason);
        Assert.Equal(host.Bureau["handler"], survey.AssigneeId);
        Assert.Equal(due, survey.DueOn);
        Assert.DoesNotContain(await flow.DocumentsAsync(), d => d.TemplateKey == "dibao/household-survey-form");

        await SurveyAsync(host, flow, "handler2");
        await host.GoToAsync("2026-03-05");
        await flow.DoAsync("handler2", "survey-signature", "Confirm");
        var form = Assert.Single(await flow.DocumentsAsync(), d => d.TemplateKey == "dibao/household-survey-form");
        Assert.Matches("调查人员签名</th><td>handler</td><th>签名日期</th><td>2026年3月4日", form.Html);
        Assert.Matches("调查人员签名</th><td>handler2</td><th>签名日期</th><td>2026年3月5日", form.Html);
    }

    [Fact]
    public async Task Surveyor_or_leader_take_the_survey_back_when_the_second_has_left()
    {
        await using var host = await AtSignatureAsync();
        var flow = await OnlyAsync(host);
        await EndPostsAsync(host, "handler2");
        Assert.Equal("not-found", (await Assert.ThrowsAsync<RefusedException>(() => ActAsync(host, flow, "handler2", TaskVerb.Complete, "Confirm"))).Refusal.Code);
        Assert.Equal("surveyor-or-leader", (await Assert.ThrowsAsync<RefusedException>(() => ActAsync(host, flow, "handler3", TaskVerb.Withdraw, comment: "换人"))).Refusal.Code);
        Assert.Equal("reason-required", (await Assert.ThrowsAsync<RefusedException>(() => ActAsync(host, flow, "leader", TaskVerb.Withdraw))).Refusal.Code);
        await ActAsync(host, flow, "leader", TaskVerb.Withdraw, comment: "已调离，请另选一人");

        Assert.Equal("已调离，请另选一人", (await flow.OpenAsync("survey")).ReturnReason);
        await SurveyAsync(host, flow, "handler3");
        await ActAsync(host, flow, "handler", TaskVerb.Withdraw, comment: "选错人了");
        await SurveyAsync(host, flow, "handler3");
        await flow.DoAsync("handler3", "survey-signature", "Confirm");
        await flow.VerifyAsync();
        Assert.NotNull(await flow.OpenAsync("opinion-draft"));
    }

    [Fact]
    public async Task A_survey_of_somebody_who_has_left_comes_back_to_the_pool()
    {
        await using var host = await AtSignatureAsync();
        var flow = await OnlyAsync(host);
        await EndPostsAsync(host, "handler");
        await flow.DoAsync("handler2", "survey-signature", "Object", null, "请重新入户");
        var survey = await flow.OpenAsync("survey");
        Assert.Equal((WorkTaskState.Ready, (Id<Account>?)null), (survey.State, survey.AssigneeId));
    }

    [Fact]
    public async Task A_second_who_steps_aside_signs_nothing_and_cannot_be_named_again()
    {
        await using var host = await AtSignatureAsync();
        var flow = await OnlyAsync(host);
        await ActAsync(host, flow, "handler2", TaskVerb.DeclareRecusal, comment: "申请人是我表弟");
        var survey = await flow.OpenAsync("survey");
        Assert.DoesNotContain("表弟", survey.ReturnReason, StringComparison.Ordinal);
        var again = await Assert.ThrowsAsync<RefusedException>(() => SurveyAsync(host, flow, "handler2"));
        Assert.Equal(("recusal", "secondInvestigator"), (again.Refusal.Code, again.Field));
    }

    [Fact]
    public async Task Who_is_named_is_another_active_handler_of_the_house()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await AtSurveyAsync(host);
        var self = await Assert.ThrowsAsync<RefusedException>(() => SurveyAsync(host, flow, "handler"));
        Assert.Equal(("two-persons", "secondInvestigator"), (self.Refusal.Code, self.Field));
        foreach (var other in new[] { "leader", "t-handler", "citizen" })
        {
            Assert.Equal(["secondInvestigator"], (await Assert.ThrowsAsync<InvalidInputException>(() => SurveyAsync(host, flow, other))).Errors.Keys);
        }

        await host.StepAsync(async (services, token) =>
        {
            (await services.GetRequiredWork().Set<Account>().FirstAsync(a => a.Id == host.Bureau["handler2"], token)).Disabled = true;
            return true;
        });
        Assert.Equal(["secondInvestigator"], (await Assert.ThrowsAsync<InvalidInputException>(() => SurveyAsync(host, flow, "handler2"))).Errors.Keys);
    }

    [Fact]
    public async Task Photographs_of_the_visit_are_kept_once_as_papers_of_the_case()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await AtSurveyAsync(host);
        var hash = await host.OnAsync<IBlobStore, string>(s => s.PutAsync(new byte[] { 0xFF, 0xD8, 0xFF, 1 }, DibaoHost.Stop));
        JsonObject Form(string photo) => new()
        {
            ["secondInvestigator"] = host.Bureau["handler2"].ToString(),
            ["conclusion"] = "属实",
            ["photos"] = new JsonArray(new JsonObject { ["blobHash"] = photo, ["fileName"] = "屋内.jpg", ["contentType"] = "image/jpeg" }),
        };
        var lost = await Assert.ThrowsAsync<InvalidInputException>(() => flow.DoAsync("handler", "survey", "Submit", Form(new string('0', 64))));
        Assert.Equal(["photos"], lost.Errors.Keys);
        await flow.DoAsync("handler", "survey", "Submit", Form(hash));
        await flow.DoAsync("handler2", "survey-signature", "Object", null, "请补走访");
        await flow.DoAsync("handler", "survey", "Submit", Form(hash));
        var photo = await host.ReadAsync(w => w.Set<Material>().SingleAsync(m => m.CaseId == flow.CaseId && m.Code == Material.SurveyPhoto, DibaoHost.Stop));
        Assert.Equal((hash, true), (photo.BlobHash, photo.Received));
    }

    [Fact]
    public async Task A_renewed_survey_is_signed_and_an_appraisal_is_not()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.ToNoticeAsync();
        await ObjectAsync(host, flow);
        JsonObject Form(string method) => new() { ["method"] = method, ["upheld"] = false, ["measures"] = "已核实" };
        var alone = await Assert.ThrowsAsync<InvalidInputException>(() => flow.DoAsync("handler", "renewed-investigation", "Submit", Form("resurvey")));
        Assert.Equal(["secondInvestigator"], alone.Errors.Keys);
        var two = Form("resurvey");
        two["secondInvestigator"] = host.Bureau["handler2"].ToString();
        await flow.DoAsync("handler", "renewed-investigation", "Submit", two);
        await flow.DoAsync("handler2", "renewed-signature", "Object", null, "没有走访邻居");
        Assert.Equal("没有走访邻居", (await flow.OpenAsync("renewed-investigation")).ReturnReason);

        await flow.DoAsync("handler", "renewed-investigation", "Submit", Form("appraisal"));
        Assert.NotNull(await flow.OpenAsync("opinion-draft"));
    }

    private static async Task<DibaoFlow> AtSurveyAsync(DibaoHost host)
    {
        var flow = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await flow.DoAsync("clerk", "acceptance", "Accept", []);
        return flow;
    }

    private static async Task<DibaoHost> AtSignatureAsync()
    {
        var host = await DibaoHost.OpenAsync("2026-03-02");
        await SurveyAsync(host, await AtSurveyAsync(host), "handler2");
        return host;
    }

    private static async Task<DibaoFlow> OnlyAsync(DibaoHost host) =>
        new(host, await host.ReadAsync(w => w.Set<WorkTask>().Select(t => t.CaseId).Distinct().SingleAsync(DibaoHost.Stop)));

    private static Task<TaskReceipt> SurveyAsync(DibaoHost host, DibaoFlow flow, string second) => flow.DoAsync("handler", "survey", "Submit", new JsonObject
    {
        ["secondInvestigator"] = host.Bureau[second].ToString(),
        ["conclusion"] = "与申报情况一致",
    });

    private static async Task<TaskReceipt> ActAsync(
        DibaoHost host, DibaoFlow flow, string who, TaskVerb verb, string? outcome = null, string? comment = null, Id<Account>? target = null)
    {
        var task = await flow.OpenAsync("survey-signature");
        var facts = (await flow.CaseAsync()).FactsRevision;
        var request = new TaskRequest(task.Id, verb, task.Revision, facts, Guid.NewGuid(), verb == TaskVerb.Complete ? outcome : null, null, comment, null, target);
        return await host.Get<ITaskService>().PerformAsync(await host.ActorAsync(host.Bureau[who]), request, DibaoHost.Stop);
    }

    private static async Task EndPostsAsync(DibaoHost host, string who) => await host.StepAsync(async (services, token) =>
    {
        foreach (var post in await services.GetRequiredWork().Set<PostAssignment>().Where(p => p.AccountId == host.Bureau[who]).ToListAsync(token))
        {
            post.ValidTo = new DateOnly(2026, 3, 1);
        }

        return true;
    });

    private static async Task GiveAddressAsync(DibaoHost host, string who) => await host.StepAsync(async (services, token) =>
    {
        (await services.GetRequiredWork().Set<Account>().FirstAsync(a => a.Id == host.Bureau[who], token)).Email = "second@example.invalid";
        return true;
    });

    private static async Task ObjectAsync(DibaoHost host, DibaoFlow flow)
    {
        await host.GoToAsync("2026-03-04");
        var notice = await host.ReadAsync(w => w.Set<Cases.Notices.PublicNotice>().SingleAsync(n => n.CaseId == flow.CaseId, DibaoHost.Stop));
        await host.OnAsync<Cases.Notices.PublicNoticeService, Cases.Notices.ObjectionReceipt>(async s => await s.ObjectAsync(
            await host.ActorAsync(host.Bureau["stranger"]), notice.Id, "他家有汽车", null, null, Guid.NewGuid(), DibaoHost.Stop));
    }
}
