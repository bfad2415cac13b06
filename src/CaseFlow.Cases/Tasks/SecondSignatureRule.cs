namespace CaseFlow.Cases.Tasks;

/// <summary>
/// 第二人签字: a survey is made by two, and the second signs or objects in person. The step is theirs from the start: nobody
/// claims it, nobody is given it, no substitute signs. Who cannot sign declares recusal; whoever surveyed, or the leader, takes
/// the survey back and another is named.
/// </summary>
internal static class SecondSignatureRule
{
    /// <summary>The outcome by which the second signs.</summary>
    public const string Confirms = "Confirm";

    /// <summary>The outcome by which the second objects; the words are the reason for which the survey comes back.</summary>
    public const string Objects = "Object";

    /// <summary>Decides on a verb.</summary>
    /// <param name="task">The step of the second.</param>
    /// <param name="signed">The step that is signed; null if it cannot be read.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="request">What is asked.</param>
    public static TaskVerdict Decide(WorkTask task, WorkTask? signed, VerbActor actor, VerbRequest request) => request.Verb switch
    {
        TaskVerb.Complete => NotTheSecond(task, signed, actor) ?? TaskVerbKernel.NotCandidate(task, actor) ?? TaskVerbKernel.NotRecused(actor)
            ?? TaskVerbKernel.Complete(task, request),
        TaskVerb.DeclareRecusal => NotTheSecond(task, signed, actor) ?? StepAside(signed!, actor, request),
        TaskVerb.Withdraw => TakeBack(task, signed, actor, request),
        TaskVerb.Urge => TaskVerbKernel.Urge(task, actor, request),
        TaskVerb.Claim when task.AssigneeId == actor.AccountId => TaskVerdict.No("already-yours", "您已认领本任务。"),
        TaskVerb.Claim or TaskVerb.Release or TaskVerb.Forward => InPerson(task),
        _ => TaskVerbKernel.NotOffered(request.Verb),
    };

    private static TaskVerdict? NotTheSecond(WorkTask task, WorkTask? signed, VerbActor actor)
    {
        if (signed?.CompletedBy == actor.AccountId)
        {
            return TaskVerdict.No(
                "two-persons",
                "您是本次调查的调查人，不能再作为第二名调查人员签字。",
                "You made this survey; you cannot sign it as the second investigator.");
        }

        return task.AssigneeId == actor.AccountId && signed?.SecondPersonId == actor.AccountId ? null : InPerson(task);
    }

    private static TaskVerdict InPerson(WorkTask task) => TaskVerdict.No(
        "second-investigator-only",
        $"“{task.Name}”只能由调查时登记的第二名调查人员{task.AssigneeName}本人办理，不能由他人认领、转办或代签。需要换人的，由调查人或分管领导撤回，另选他人。",
        $"Only the second investigator named by the survey ({task.AssigneeName ?? "nobody now"}) may do this step in person; nobody else may claim it, be given it or sign for them. To name another, the surveyor or the leader in charge takes the survey back.");

    private static TaskVerdict StepAside(WorkTask signed, VerbActor actor, VerbRequest request) => string.IsNullOrWhiteSpace(request.Reason)
        ? TaskVerdict.No("reason-required", "申请回避须写明理由，不需要证明材料。")
        : TaskVerdict.Yes(
            new TaskEffect.Recuse(actor.AccountId, request.Reason),
            new TaskEffect.ReturnTo(signed.ActivityId, $"第二名调查人员{actor.Name}回避，请另选他人一同调查。"));

    private static TaskVerdict TakeBack(WorkTask task, WorkTask? signed, VerbActor actor, VerbRequest request)
    {
        var nobodyHasIt = task.AssigneeId is null && actor.IsCandidate;
        if (signed is null || !(signed.CompletedBy == actor.AccountId || actor.Leads || nobodyHasIt))
        {
            return TaskVerdict.No(
                "surveyor-or-leader",
                $"撤回由调查人{signed?.AssigneeName}或本单位分管领导办理。",
                $"Only the surveyor {signed?.AssigneeName} or the leader in charge may take the survey back.");
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return TaskVerdict.No("reason-required", "撤回须写明理由。", "State why it is taken back.");
        }

        var back = new TaskEffect.ReturnTo(signed.ActivityId);
        return task.AssigneeId is { } second
            ? TaskVerdict.Yes(back, new TaskEffect.Tell(second, $"{actor.Name}撤回了“{task.Name}”，不再需要您签字。{request.Reason}"))
            : TaskVerdict.Yes(back);
    }
}
