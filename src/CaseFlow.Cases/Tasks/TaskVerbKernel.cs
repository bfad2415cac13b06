using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tasks;

/// <summary>Who acts on a task, as the kernel sees it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Name">Name shown.</param>
/// <param name="IsStaff">Staff or citizen.</param>
/// <param name="IsCandidate">Holds, now, a post that the task is open to, at the task's organisation, for its case type.</param>
/// <param name="IsApplicant">Is the applicant, or the agent, of the case.</param>
/// <param name="Recusal">Why the person may not act in the case; null if nothing forbids it.</param>
/// <param name="TakesIn">Takes in at the counter what the applicant hands in or says (<see cref="CounterReceipt"/>).</param>
/// <param name="Leads">Is leader in charge of the task's organisation.</param>
public sealed record VerbActor(
    Id<Account> AccountId, string Name, bool IsStaff, bool IsCandidate, bool IsApplicant, Refusal? Recusal = null, bool TakesIn = false, bool Leads = false);

/// <summary>What the actor asks for.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Outcome">For complete.</param>
/// <param name="Reason">Opinion or reason.</param>
/// <param name="TargetActivityId">For return.</param>
/// <param name="ReturnTargets">Steps that may be returned to now.</param>
/// <param name="Target">For forward: the other person.</param>
/// <param name="LastUrgedOn">For urge: the day of the last one.</param>
/// <param name="Today">The day.</param>
public sealed record VerbRequest(
    TaskVerb Verb,
    string? Outcome = null,
    string? Reason = null,
    string? TargetActivityId = null,
    IReadOnlyCollection<string>? ReturnTargets = null,
    VerbActor? Target = null,
    DateOnly? LastUrgedOn = null,
    DateOnly? Today = null);

/// <summary>What happens if the verb is allowed; the caller carries it out in its transaction.</summary>
public abstract record TaskEffect
{
    private TaskEffect()
    {
    }

    /// <summary>The task is assigned.</summary>
    public sealed record Assign(Id<Account> AccountId, string Name) : TaskEffect;

    /// <summary>The task goes back to the pool.</summary>
    public sealed record BackToPool : TaskEffect;

    /// <summary>The task ends with an outcome and its wait is resumed.</summary>
    public sealed record CompleteWith(string Outcome) : TaskEffect;

    /// <summary>The workflow goes back to an earlier step.</summary>
    /// <param name="ActivityId">The step.</param>
    /// <param name="Reason">What is shown there; null for what the actor wrote.</param>
    public sealed record ReturnTo(string ActivityId, string? Reason = null) : TaskEffect;

    /// <summary>The person is recused from the case.</summary>
    public sealed record Recuse(Id<Account> AccountId, string Reason) : TaskEffect;

    /// <summary>Somebody is told: the assignee, or the pool if nobody has the task.</summary>
    public sealed record Tell(Id<Account>? AccountId, string Message) : TaskEffect;
}

/// <summary>The kernel's answer: a refusal, or effects.</summary>
/// <param name="Refusal">Why not; null if allowed.</param>
/// <param name="Effects">What happens; empty if refused.</param>
public sealed record TaskVerdict(Refusal? Refusal, IReadOnlyList<TaskEffect> Effects)
{
    /// <summary>Whether it is allowed.</summary>
    public bool Allowed => Refusal is null;

    internal static TaskVerdict No(string code, string message, string? english = null) => new(new Refusal(code, message) { English = english }, []);

    internal static TaskVerdict Yes(params TaskEffect[] effects) => new(null, effects);
}

/// <summary>
/// Rules of the verbs on a task, pure: task, siblings, actor and request give a refusal or effects. Its table is
/// <c>docs/task-verbs.md</c>; the tests walk through the table. Authority, four eyes and forms are checked beside it.
/// </summary>
public static class TaskVerbKernel
{
    /// <summary>Decides on a verb.</summary>
    /// <param name="task">The task.</param>
    /// <param name="siblings">Other tasks of the same procedure: slots of the same step, parallel branches.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="request">What is asked.</param>
    public static TaskVerdict Decide(WorkTask task, IReadOnlyCollection<WorkTask> siblings, VerbActor actor, VerbRequest request)
    {
        if (task.State is WorkTaskState.Completed or WorkTaskState.Cancelled)
        {
            var how = task.State == WorkTaskState.Completed ? "已办结" : "已取消";
            return TaskVerdict.No("task-ended", $"任务“{task.Name}”{how}，不能再操作。{(task.CompletedAs is { } by ? $"办理人：{by}。" : "")}");
        }

        if (task.ForCitizen)
        {
            return Citizen(task, actor, request);
        }

        if (!actor.IsStaff)
        {
            return TaskVerdict.No("staff-only", "本环节由工作人员办理。");
        }

        if (task.SignsTaskId is { } signed)
        {
            return SecondSignatureRule.Decide(task, siblings.FirstOrDefault(sibling => sibling.Id == signed), actor, request);
        }

        return request.Verb switch
        {
            TaskVerb.Claim => Claim(task, siblings, actor),
            TaskVerb.Release => Mine(task, actor) ?? TaskVerdict.Yes(new TaskEffect.BackToPool()),
            TaskVerb.Complete => Mine(task, actor) ?? NotRecused(actor) ?? Complete(task, request),
            TaskVerb.ReturnToStep => Mine(task, actor) ?? NotRecused(actor) ?? Return(siblings, request),
            TaskVerb.Forward => Mine(task, actor) ?? Forward(task, siblings, actor, request),
            TaskVerb.DeclareRecusal => Recusal(task, actor, request),
            TaskVerb.Urge => Urge(task, actor, request),
            _ => NotOffered(request.Verb),
        };
    }

    private static TaskVerdict Citizen(WorkTask task, VerbActor actor, VerbRequest request) => request.Verb switch
    {
        TaskVerb.Complete when actor.IsApplicant => Complete(task, request),
        TaskVerb.Complete when actor.TakesIn => NotRecused(actor) ?? HandedIn(request) ?? Complete(task, request),
        TaskVerb.Complete => TaskVerdict.No("applicant-only", "本环节由申请人或其代理人办理；到窗口来的，由受理单位的窗口代收。"),
        TaskVerb.Urge when actor.IsStaff => Urge(task, actor, request),
        _ => NotOffered(request.Verb),
    };

    private static TaskVerdict? HandedIn(VerbRequest request) => string.IsNullOrWhiteSpace(request.Reason)
        ? TaskVerdict.No("handed-in-by", "窗口代收须写明由谁交来。")
        : null;

    private static TaskVerdict Claim(WorkTask task, IReadOnlyCollection<WorkTask> siblings, VerbActor actor)
    {
        if (task.State == WorkTaskState.Claimed)
        {
            return task.AssigneeId == actor.AccountId
                ? TaskVerdict.No("already-yours", "您已认领本任务。")
                : TaskVerdict.No("claimed-by-other", $"{task.AssigneeName}已认领本任务，需由其释放或转办。");
        }

        return NotCandidate(task, actor) ?? NotRecused(actor) ?? SlotTaken(task, siblings, actor)
            ?? TaskVerdict.Yes(new TaskEffect.Assign(actor.AccountId, actor.Name));
    }

    internal static TaskVerdict Complete(WorkTask task, VerbRequest request)
    {
        var offered = task.Outcomes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return request.Outcome is { } outcome && offered.Contains(outcome, StringComparer.Ordinal)
            ? TaskVerdict.Yes(new TaskEffect.CompleteWith(outcome))
            : TaskVerdict.No("unknown-outcome", $"本环节没有“{request.Outcome}”这一办理结果。");
    }

    private static TaskVerdict Return(IReadOnlyCollection<WorkTask> siblings, VerbRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return TaskVerdict.No("reason-required", "退回须写明理由。");
        }

        if (request.TargetActivityId is not { } target || request.ReturnTargets?.Contains(target, StringComparer.Ordinal) != true)
        {
            return TaskVerdict.No("no-return-target", "只能退回到本程序中已经办过的环节，请从列表中选择。");
        }

        var told = siblings
            .Where(sibling => sibling.State == WorkTaskState.Claimed && sibling.AssigneeId is not null)
            .Select(sibling => new TaskEffect.Tell(sibling.AssigneeId, $"案件已退回到前面的环节，任务“{sibling.Name}”可能已取消。"));
        return TaskVerdict.Yes([new TaskEffect.ReturnTo(target), .. told]);
    }

    private static TaskVerdict Forward(WorkTask task, IReadOnlyCollection<WorkTask> siblings, VerbActor actor, VerbRequest request)
    {
        if (request.Target is not { } target)
        {
            return TaskVerdict.No("target-required", "请选择转办给谁。");
        }

        if (target.AccountId == actor.AccountId)
        {
            return TaskVerdict.No("target-is-self", "不能转办给自己。");
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return TaskVerdict.No("reason-required", "转办须写明理由。");
        }

        if (!target.IsCandidate)
        {
            return TaskVerdict.No("target-not-candidate", $"{target.Name}没有办理本环节的岗位，不能转办。");
        }

        if (target.Recusal is not null)
        {
            return TaskVerdict.No("target-recused", $"{target.Name}须回避本案，不能转办。");
        }

        return SlotTaken(task, siblings, target) ?? TaskVerdict.Yes(
            new TaskEffect.Assign(target.AccountId, target.Name),
            new TaskEffect.Tell(target.AccountId, $"{actor.Name}转办给您：“{task.Name}”。{request.Reason}"));
    }

    private static TaskVerdict Recusal(WorkTask task, VerbActor actor, VerbRequest request)
    {
        if (task.AssigneeId != actor.AccountId && NotCandidate(task, actor) is { } no)
        {
            return no;
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return TaskVerdict.No("reason-required", "申请回避须写明理由，不需要证明材料。");
        }

        var recuse = new TaskEffect.Recuse(actor.AccountId, request.Reason);
        return task.AssigneeId == actor.AccountId
            ? TaskVerdict.Yes(recuse, new TaskEffect.BackToPool())
            : TaskVerdict.Yes(recuse);
    }

    internal static TaskVerdict Urge(WorkTask task, VerbActor actor, VerbRequest request)
    {
        if (task.AssigneeId == actor.AccountId)
        {
            return TaskVerdict.No("own-task", "任务在您手里，不需要催办。");
        }

        return request.Today is { } today && request.LastUrgedOn == today
            ? TaskVerdict.No("urged-today", "今天已经催办过，请明天再催。")
            : TaskVerdict.Yes(new TaskEffect.Tell(task.AssigneeId, $"{actor.Name}催办：“{task.Name}”。"));
    }

    private static TaskVerdict? Mine(WorkTask task, VerbActor actor) => task switch
    {
        { State: WorkTaskState.Ready } => TaskVerdict.No("not-claimed", "请先认领本任务。"),
        _ when task.AssigneeId != actor.AccountId => TaskVerdict.No("claimed-by-other", $"本任务由{task.AssigneeName}办理。"),
        _ => NotCandidate(task, actor),
    };

    internal static TaskVerdict? NotCandidate(WorkTask task, VerbActor actor) => actor.IsCandidate
        ? null
        : TaskVerdict.No("not-candidate", $"您现任的岗位不能办理“{task.Name}”。");

    internal static TaskVerdict? NotRecused(VerbActor actor) => actor.Recusal is { } refusal ? new TaskVerdict(refusal, []) : null;

    private static TaskVerdict? SlotTaken(WorkTask task, IReadOnlyCollection<WorkTask> siblings, VerbActor actor)
    {
        var taken = siblings.Any(sibling =>
            sibling.Id != task.Id
            && sibling.Step == task.Step
            && sibling.Slot != task.Slot
            && sibling.State != WorkTaskState.Cancelled
            && (sibling.AssigneeId == actor.AccountId || sibling.CompletedBy == actor.AccountId));
        return taken ? TaskVerdict.No("two-persons", $"“{task.Name}”须由不同的人分别办理，{actor.Name}已办理其中一份。") : null;
    }

    internal static TaskVerdict NotOffered(TaskVerb verb) =>
        TaskVerdict.No("verb-not-offered", $"本环节不提供“{NameOf(verb)}”。");

    private static string NameOf(TaskVerb verb) => verb switch
    {
        TaskVerb.Claim => "认领",
        TaskVerb.Release => "释放",
        TaskVerb.Complete => "办结",
        TaskVerb.ReturnToStep => "退回",
        TaskVerb.Forward => "转办",
        TaskVerb.DeclareRecusal => "申请回避",
        TaskVerb.Urge => "催办",
        TaskVerb.AddCosigner => "加签",
        TaskVerb.JointReview => "会签",
        TaskVerb.Withdraw => "撤回",
        TaskVerb.CopyTo => "抄送",
        _ => "提级办理",
    };
}
