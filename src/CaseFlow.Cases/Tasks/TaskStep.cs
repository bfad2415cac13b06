using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>One verb on one task, inside its step: locks, rules, guard, effects, workflow.</summary>
internal sealed class TaskStep(
    IUnitOfWork work,
    CaseLocks caseLocks,
    IAuditTrail audit,
    IBusinessClock clock,
    TaskDesk desk,
    TaskCompletion completion,
    ActorDirectory actors,
    RecusalService recusals,
    NotificationService notifications,
    DeadlineService deadlines,
    ICaseWorkflow workflow,
    StepContext step)
{
    public async Task<TaskReceipt> PerformAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken)
    {
        OpinionRule.RequireLength(request.Comment);
        PlainText.Require("comment", request.Comment);
        PlainText.Require(request.Form);
        var picture = await EnterAsync(actor, request, cancellationToken);
        RefuseStale(picture, request);
        var target = await TargetAsync(picture, request, cancellationToken);
        var asked = await desk.RequestAsync(picture, request.Verb, request, target, cancellationToken);
        var verdict = TaskVerbKernel.Decide(picture.Task, picture.Siblings, picture.Actor, asked);
        if (verdict.Refusal is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var message = "";
        foreach (var effect in verdict.Effects)
        {
            message = await ApplyAsync(effect, actor, picture, request, cancellationToken) ?? message;
        }

        AddAction(actor, picture, request);
        await work.SaveChangesAsync(cancellationToken);
        var numbers = step.Issued.Select(d => d.OfficialNumber).OfType<string>().ToList();
        return new TaskReceipt(picture.Task.Id, message, numbers, picture.Task.Revision);
    }

    private async Task<TaskPicture> EnterAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken)
    {
        var caseId = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.Id == request.TaskId)
            .Select(t => (Id<Case>?)t.CaseId)
            .FirstOrDefaultAsync(cancellationToken)
            ?? throw NotFound();
        await caseLocks.EnterAsync(caseId, cancellationToken);
        return await desk.ReadAsync(actor, request.TaskId, cancellationToken) ?? throw NotFound();
    }

    private static RefusedException NotFound() => new("not-found", "找不到这个任务。");

    private static void RefuseStale(TaskPicture picture, TaskRequest request)
    {
        var task = picture.Task;
        if (task.Revision != request.TaskRevision)
        {
            var what = task.State switch
            {
                WorkTaskState.Completed => $"{task.CompletedAs}已办结“{task.Name}”（{OutcomeNames.Of(task.Outcome ?? "")}）",
                WorkTaskState.Cancelled => $"“{task.Name}”已取消",
                WorkTaskState.Claimed => $"“{task.Name}”已由{task.AssigneeName}认领",
                _ => $"“{task.Name}”已回到待认领",
            };
            throw new ConflictException($"您打开页面之后，{what}。请刷新后再办理。");
        }

        if (TaskRequest.Decides(request.Verb) && picture.Case.FactsRevision != request.FactsRevision)
        {
            throw new ConflictException("您打开页面之后，本案的家庭、收入或状态有变化。请刷新核对后再办理，已填内容会保留。");
        }
    }

    private async Task<VerbActor?> TargetAsync(TaskPicture picture, TaskRequest request, CancellationToken cancellationToken)
    {
        if (request.TargetAccountId is not { } id)
        {
            return null;
        }

        var target = await actors.FindAsync(id, cancellationToken) ?? throw new RefusedException("target-unknown", "找不到这名工作人员，或账号已停用。");
        return await desk.VerbActorAsync(target, picture, cancellationToken);
    }

    private async Task<string?> ApplyAsync(TaskEffect effect, Actor actor, TaskPicture picture, TaskRequest request, CancellationToken cancellationToken)
    {
        var task = picture.Task;
        switch (effect)
        {
            case TaskEffect.Assign assign:
                (task.AssigneeId, task.AssigneeName, task.State, task.ClaimedAt) = (assign.AccountId, assign.Name, WorkTaskState.Claimed, clock.Now);
                task.Revision++;
                await deadlines.MeetAsync(picture.Case, picture.Procedure.Id, $"{picture.Case.CaseType}.{task.Step}.start", cancellationToken);
                return $"“{task.Name}”由{assign.Name}办理。";
            case TaskEffect.BackToPool:
                (task.AssigneeId, task.AssigneeName, task.State, task.ClaimedAt) = (null, null, WorkTaskState.Ready, null);
                task.Revision++;
                return $"“{task.Name}”已回到待认领。";
            case TaskEffect.Recuse recuse:
                await recusals.DeclareAsync(picture.Case, recuse.AccountId, "declared", recuse.Reason, cancellationToken);
                return "已登记回避，本案由他人办理。";
            case TaskEffect.Tell tell:
                await TellAsync(tell, picture, request, cancellationToken);
                return null;
            case TaskEffect.ReturnTo back:
                return await ReturnAsync(back, actor, picture, request, cancellationToken);
            case TaskEffect.CompleteWith complete:
                return await completion.CompleteAsync(actor, picture, request, complete.Outcome, cancellationToken);
            default:
                throw new InvalidOperationException($"No rule carries out {effect.GetType().Name}.");
        }
    }

    private async Task<string> ReturnAsync(
        TaskEffect.ReturnTo back, Actor actor, TaskPicture picture, TaskRequest request, CancellationToken cancellationToken)
    {
        var reason = back.Reason ?? request.Comment;
        picture.Procedure.Returns++;
        await audit.AppendAsync(
            picture.Case.Id,
            actor,
            "task.return",
            new JsonObject { ["task"] = picture.Task.Id.ToString(), ["step"] = picture.Task.Step, ["to"] = back.ActivityId, ["reason"] = reason },
            cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        var input = new JsonObject { ["returnReason"] = reason, ["returnedBy"] = actor.Name };
        await workflow.ReturnToAsync(picture.Procedure, back.ActivityId, input, cancellationToken);
        return $"已退回，理由：{reason}";
    }

    private async Task TellAsync(TaskEffect.Tell tell, TaskPicture picture, TaskRequest request, CancellationToken cancellationToken)
    {
        var receivers = tell.AccountId is { } one ? [one] : await CandidatesAsync(picture.Task, cancellationToken);
        foreach (var receiver in receivers)
        {
            await notifications.TellStaffAsync(
                picture.Case, $"task/{picture.Task.Id}/{request.OperationId}", receiver, tell.Message, cancellationToken);
        }
    }

    private async Task<List<Id<Account>>> CandidatesAsync(WorkTask task, CancellationToken cancellationToken)
    {
        var posts = TaskPosts.Parse(task.CandidatePosts);
        var today = clock.Today;
        return await work.Set<PostAssignment>()
            .Where(p => p.OrganisationId == task.OrganisationId && posts.Contains(p.Post) && p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today))
            .Select(p => p.AccountId)
            .Distinct()
            .ToListAsync(cancellationToken);
    }

    private void AddAction(Actor actor, TaskPicture picture, TaskRequest request) => work.Set<TaskAction>().Add(new TaskAction
    {
        TaskId = picture.Task.Id,
        CaseId = picture.Case.Id,
        Verb = request.Verb,
        AccountId = actor.AccountId,
        ActorText = TaskCompletion.ActingAs(actor, picture),
        TargetAccountId = request.TargetAccountId,
        Detail = request.Outcome ?? request.TargetActivityId ?? request.Comment ?? "",
        At = clock.Now,
    });
}
