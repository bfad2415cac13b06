using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>办结: form, guard, and what an approval needs; then the workflow goes on in the same step.</summary>
internal sealed class TaskCompletion(
    IUnitOfWork work,
    IAuditTrail audit,
    IBusinessClock clock,
    CaseTypeCatalogue catalogue,
    FormValidator validator,
    TaskDesk desk,
    AuthorityDesk authority,
    AssessmentService assessments,
    SecondInvestigator investigators,
    ChangeGuard changes,
    AskedPapers papers,
    NotificationService notifications,
    ICaseWorkflow workflow,
    StepContext step)
{
    public async Task<string> CompleteAsync(Actor actor, TaskPicture picture, TaskRequest request, string outcome, CancellationToken cancellationToken)
    {
        var form = await CheckedFormAsync(picture.Task, outcome, request, cancellationToken);
        RequireVisitDay(picture, form);
        ChangeGuard.RequireHeard(picture.Task, outcome, form);

        var second = SecondInvestigator.Named(form);
        if (!picture.Task.ForCitizen)
        {
            await GuardAsync(actor, picture, outcome, second, cancellationToken);
        }

        OpinionRule.Require(picture.Task, outcome, request.Comment, form);
        await papers.KeepPhotosAsync(picture.Task, form, cancellationToken);
        Finish(actor, picture, request, outcome, form, second);
        await AuditAsync(actor, picture, outcome, cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        var result = new JsonObject
        {
            ["outcome"] = outcome,
            ["comment"] = request.Comment,
            ["form"] = form.DeepClone(),
            ["by"] = picture.Task.CompletedAs,
            ["taskId"] = picture.Task.Id.ToString(),
        };
        if (picture.Task.SignsTaskId is not null && outcome == SecondSignatureRule.Objects)
        {
            result["returnReason"] = request.Comment;
        }

        await workflow.CompleteTaskAsync(picture.Task, outcome, result, cancellationToken);
        await TellSecondAsync(actor, picture, second, cancellationToken);
        var issued = string.Join("、", step.Issued.Select(d => $"《{d.Title}》{d.OfficialNumber}"));
        return $"“{picture.Task.Name}”已办结：{OutcomeNames.Of(outcome)}。{(issued.Length > 0 ? $"已签发{issued}。" : "")}";
    }

    /// <summary>A procedure that began before the second signed has no step of theirs, which would tell them.</summary>
    private async Task TellSecondAsync(Actor actor, TaskPicture picture, Id<Account>? second, CancellationToken cancellationToken)
    {
        if (second is { } investigator && !await work.Set<WorkTask>().AnyAsync(t => t.SignsTaskId == picture.Task.Id, cancellationToken))
        {
            await notifications.TellStaffAsync(
                picture.Case,
                $"second/{picture.Task.Id}",
                investigator,
                $"{actor.Name}在办件 {picture.Case.Number} 的“{picture.Task.Name}”中把您登记为第二名调查人员。情况不符的，请向审核人提出。",
                cancellationToken);
        }
    }

    private async Task<JsonObject> CheckedFormAsync(WorkTask task, string outcome, TaskRequest request, CancellationToken cancellationToken)
    {
        var form = request.Form ?? [];
        if (task.FormKey is { } key)
        {
            var schema = await catalogue.FormSchemaAsync(task.CaseTypeVersionId, key, cancellationToken)
                ?? throw new InvalidOperationException($"The case type has no form {key}.");
            await validator.CheckAsync(schema, form, cancellationToken);
        }

        await papers.RequireKnownAsync(task, outcome, form, cancellationToken);
        return form;
    }

    /// <summary>A visit lies between the acceptance and today, whatever the form says.</summary>
    private void RequireVisitDay(TaskPicture picture, JsonObject form)
    {
        if (form.Text("surveyedOn") is not { } text)
        {
            return;
        }

        var first = picture.Case.AcceptedOn ?? BusinessTime.DayOf(picture.Case.SubmittedAt);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day < first || day > clock.Today)
        {
            throw new InvalidInputException("surveyedOn", $"调查日期应在受理之日（{first:yyyy-MM-dd}）与今天之间。");
        }
    }

    private async Task GuardAsync(Actor actor, TaskPicture picture, string outcome, Id<Account>? second, CancellationToken cancellationToken)
    {
        if (second is { } other)
        {
            await investigators.RequireAsync(actor, picture, other, cancellationToken);
        }

        var (input, facts, decision) = await desk.GuardAsync(actor, picture, outcome, second, cancellationToken);
        AuthorityGuard.Demand(input);
        if (picture.Task.AuthorityRole is "verify" or "review" or "approve")
        {
            authority.Record(picture.Case, picture.Task.Id, "guard", facts, decision);
        }

        if (picture.Procedure.Kind == "application" && outcome == "Grant" && !(await assessments.PreviewAsync(picture.Case, cancellationToken)).Eligible)
        {
            throw new RefusedException("not-eligible", "按核算结果该户不符合条件，不能拟予确认。认为核算有误的，请重新调查核实后再拟意见。");
        }

        if (picture.Procedure.Kind == "application" && IsOpinion(picture.Task, outcome))
        {
            await RequireCurrentAssessmentAsync(picture, outcome, cancellationToken);
        }

        if (picture.Procedure.Kind == "change-or-stop" && picture.Task.AuthorityRole is not null && outcome == "Approve")
        {
            await changes.RequireFitsAsync(picture.Case, picture.Procedure, cancellationToken);
        }

        if (picture is { Task.AuthorityRole: "approve", Procedure.Kind: "application" })
        {
            await (outcome switch
            {
                "Approve" => RequireEntitledAsync(picture, cancellationToken),
                "Refuse" => RequireStillNotEntitledAsync(picture, cancellationToken),
                _ => Task.CompletedTask,
            });
        }
    }

    /// <summary>Whether the township drafts, checks or signs the opinion here, whichever stage the file came back from.</summary>
    private static bool IsOpinion(WorkTask task, string outcome) => task.AuthorityRole switch
    {
        "check" => outcome == "Approve",
        "review" or "approve" => false,
        _ => outcome is "Grant" or "Refuse",
    };

    /// <summary>
    /// The opinion is drafted on the arithmetic of its day, and checked and signed only while that still holds: a standard may
    /// have risen in between, and the notice must show what is proposed.
    /// </summary>
    private async Task RequireCurrentAssessmentAsync(TaskPicture picture, string outcome, CancellationToken cancellationToken)
    {
        if (await assessments.IsCurrentAsync(picture.Case, cancellationToken))
        {
            return;
        }

        if (outcome == "Approve")
        {
            throw new RefusedException("assessment-outdated", "拟定意见以后标准或家庭情况有变化，核算结果已经不同，请退回重新拟定意见。");
        }

        await assessments.AssessAsync(picture.Case, cancellationToken);
    }

    /// <summary>A family whose arithmetic said no, and which is entitled by the standard of this day, is not refused for it.</summary>
    private async Task RequireStillNotEntitledAsync(TaskPicture picture, CancellationToken cancellationToken)
    {
        if (await assessments.LastAsync(picture.Case.Id, cancellationToken) is { Eligible: false }
            && (await assessments.PreviewAsync(picture.Case, cancellationToken)).Eligible)
        {
            throw new RefusedException("assessment-outdated", "核算以后标准或家庭情况有变化，按今天的标准该户符合条件，不能以核算结果不予确认，请退回重新拟定初审意见。");
        }
    }

    /// <summary>Entitlement by the facts and standards of this day, and no amount above the one that was posted.</summary>
    private async Task RequireEntitledAsync(TaskPicture picture, CancellationToken cancellationToken)
    {
        var now = await assessments.PreviewAsync(picture.Case, cancellationToken);
        if (!now.Eligible)
        {
            throw new RefusedException("not-eligible", "按今天的标准和已核实的情况，该户不符合条件，不能确认。请退回核实，或作出不予确认的决定。");
        }

        var posted = await work.Set<PublicNotice>()
            .Where(n => n.ProcedureId == picture.Procedure.Id && n.State == PublicNoticeState.Ended)
            .OrderByDescending(n => n.EndsOn)
            .FirstOrDefaultAsync(cancellationToken);
        if (posted is null || posted.ProposedAmount < now.Amount || posted.Members != now.Members)
        {
            throw new RefusedException("notice-outdated", $"金额或人口与公示不一致（现为每月 {now.Amount} 元、{now.Members} 人），应退回重新公示。");
        }
    }

    /// <summary>Who acted, with the post; 窗口代收 where the window recorded what the applicant handed in.</summary>
    internal static string ActingAs(Actor actor, TaskPicture picture) => IsCounter(actor, picture)
        ? $"窗口代收：{ActorText.Of(actor, CounterReceipt.PostOf(actor, picture.Case))}"
        : ActorText.Of(actor, TaskPosts.Fitting(actor, picture.Task, picture.Case.CaseType));

    private static bool IsCounter(Actor actor, TaskPicture picture) => picture.Task.ForCitizen && actor.Kind == ActorKind.Staff;

    private void Finish(Actor actor, TaskPicture picture, TaskRequest request, string outcome, JsonObject form, Id<Account>? second)
    {
        var task = picture.Task;
        task.State = WorkTaskState.Completed;
        task.EndedAt = clock.Now;
        task.CompletedBy = actor.AccountId;
        task.CompletedAs = ActingAs(actor, picture);
        task.SecondPersonId = second;
        task.Outcome = outcome;
        task.Comment = request.Comment;
        task.FormJson = form.Count == 0 ? null : form.ToJsonString(CaseJson.Options);
        task.Revision++;
    }

    private Task AuditAsync(Actor actor, TaskPicture picture, string outcome, CancellationToken cancellationToken) => audit.AppendAsync(
        picture.Case.Id,
        actor,
        "task.complete",
        new JsonObject
        {
            ["task"] = picture.Task.Id.ToString(),
            ["step"] = picture.Task.Step,
            ["outcome"] = outcome,
            ["as"] = picture.Task.CompletedAs,
            ["atCounter"] = IsCounter(actor, picture) ? picture.Task.Comment : null,
            ["formDigest"] = picture.Task.FormJson is { } form ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form))) : null,
            ["factsRevision"] = picture.Case.FactsRevision,
        },
        cancellationToken);
}
