using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Cases.Tests.Tasks;

/// <summary>Walks through the table in docs/task-verbs.md.</summary>
public class Task_verbs
{
    private static readonly Id<Account> Me = Id<Account>.New();
    private static readonly Id<Account> Other = Id<Account>.New();
    private static readonly Refusal Recused = new("recusal", "须回避");

    public static TheoryData<TaskVerb, string, string?> Table => new()
    {
        { TaskVerb.Claim, "ready", null },
        { TaskVerb.Claim, "mine", "already-yours" },
        { TaskVerb.Claim, "others", "claimed-by-other" },
        { TaskVerb.Release, "ready", "not-claimed" },
        { TaskVerb.Release, "mine", null },
        { TaskVerb.Release, "others", "claimed-by-other" },
        { TaskVerb.Complete, "ready", "not-claimed" },
        { TaskVerb.Complete, "mine", null },
        { TaskVerb.Complete, "others", "claimed-by-other" },
        { TaskVerb.ReturnToStep, "ready", "not-claimed" },
        { TaskVerb.ReturnToStep, "mine", null },
        { TaskVerb.ReturnToStep, "others", "claimed-by-other" },
        { TaskVerb.Forward, "ready", "not-claimed" },
        { TaskVerb.Forward, "mine", null },
        { TaskVerb.Forward, "others", "claimed-by-other" },
        { TaskVerb.DeclareRecusal, "ready", null },
        { TaskVerb.DeclareRecusal, "mine", null },
        { TaskVerb.DeclareRecusal, "others", null },
        { TaskVerb.Urge, "ready", null },
        { TaskVerb.Urge, "mine", "own-task" },
        { TaskVerb.Urge, "others", null },
        { TaskVerb.AddCosigner, "mine", "verb-not-offered" },
        { TaskVerb.JointReview, "mine", "verb-not-offered" },
        { TaskVerb.Withdraw, "mine", "verb-not-offered" },
        { TaskVerb.CopyTo, "mine", "verb-not-offered" },
        { TaskVerb.Escalate, "mine", "verb-not-offered" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_verb_in_each_state(TaskVerb verb, string state, string? refusal)
    {
        var verdict = TaskVerbKernel.Decide(Task(state), [], Actor(Me), Full(verb));
        Assert.Equal(refusal, verdict.Refusal?.Code);
        Assert.Equal(refusal is null, verdict.Effects.Count > 0);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("cancelled")]
    public void Nothing_is_done_on_an_ended_task(string state) =>
        Assert.All(Enum.GetValues<TaskVerb>(), verb => Assert.Equal("task-ended", Refused(Task(state), Full(verb))));

    [Fact]
    public void A_post_taken_away_ends_every_claim_at_once()
    {
        var gone = Actor(Me) with { IsCandidate = false };
        Assert.All(
            new[] { TaskVerb.Complete, TaskVerb.Release, TaskVerb.ReturnToStep, TaskVerb.Forward },
            verb => Assert.Equal("not-candidate", TaskVerbKernel.Decide(Task("mine"), [], gone, Full(verb)).Refusal?.Code));
        Assert.Equal("not-candidate", TaskVerbKernel.Decide(Task("ready"), [], gone, Full(TaskVerb.Claim)).Refusal?.Code);
    }

    [Fact]
    public void A_recused_person_can_only_give_the_task_back()
    {
        var recused = Actor(Me) with { Recusal = Recused };
        Assert.Equal("recusal", TaskVerbKernel.Decide(Task("ready"), [], recused, Full(TaskVerb.Claim)).Refusal?.Code);
        Assert.Equal("recusal", TaskVerbKernel.Decide(Task("mine"), [], recused, Full(TaskVerb.Complete)).Refusal?.Code);
        Assert.Equal("recusal", TaskVerbKernel.Decide(Task("mine"), [], recused, Full(TaskVerb.ReturnToStep)).Refusal?.Code);
        Assert.True(TaskVerbKernel.Decide(Task("mine"), [], recused, Full(TaskVerb.Release)).Allowed);
    }

    [Theory]
    [InlineData(WorkTaskState.Claimed, "two-persons")]
    [InlineData(WorkTaskState.Completed, "two-persons")]
    [InlineData(WorkTaskState.Cancelled, null)]
    public void The_slots_of_one_step_need_different_persons(WorkTaskState sibling, string? refusal)
    {
        var other = new WorkTask { Step = "survey", Slot = 2, State = sibling, AssigneeId = Me };
        Assert.Equal(refusal, TaskVerbKernel.Decide(Task("ready"), [other], Actor(Me), Full(TaskVerb.Claim)).Refusal?.Code);
        var forMe = Full(TaskVerb.Forward) with { Target = Actor(Other) };
        var taken = new WorkTask { Step = "survey", Slot = 2, State = sibling, AssigneeId = Other };
        Assert.Equal(refusal, TaskVerbKernel.Decide(Task("mine"), [taken], Actor(Me), forMe).Refusal?.Code);
    }

    [Fact]
    public void A_parallel_branch_hinders_nothing_and_its_holder_is_told_of_a_return()
    {
        var parallel = new WorkTask { Step = "verification", Name = "核对", State = WorkTaskState.Claimed, AssigneeId = Other };
        var verdict = TaskVerbKernel.Decide(Task("mine"), [parallel], Actor(Me), Full(TaskVerb.ReturnToStep));
        Assert.Contains(new TaskEffect.ReturnTo("acceptance"), verdict.Effects);
        Assert.Equal(Other, Assert.Single(verdict.Effects.OfType<TaskEffect.Tell>()).AccountId);
    }

    [Fact]
    public void Only_offered_outcomes_and_return_targets_are_taken()
    {
        Assert.Equal("unknown-outcome", Refused(Task("mine"), Full(TaskVerb.Complete) with { Outcome = "Banish" }));
        Assert.Equal("no-return-target", Refused(Task("mine"), Full(TaskVerb.ReturnToStep) with { TargetActivityId = "confirmation" }));
        Assert.Equal("no-return-target", Refused(Task("mine"), Full(TaskVerb.ReturnToStep) with { ReturnTargets = null }));
    }

    [Theory]
    [InlineData(TaskVerb.ReturnToStep)]
    [InlineData(TaskVerb.Forward)]
    [InlineData(TaskVerb.DeclareRecusal)]
    public void These_verbs_need_a_reason(TaskVerb verb) => Assert.Equal("reason-required", Refused(Task("mine"), Full(verb) with { Reason = " " }));

    [Fact]
    public void A_task_is_forwarded_only_to_another_person_who_may_do_it()
    {
        Assert.Equal("target-required", Refused(Task("mine"), Full(TaskVerb.Forward) with { Target = null }));
        Assert.Equal("target-is-self", Refused(Task("mine"), Full(TaskVerb.Forward) with { Target = Actor(Me) }));
        Assert.Equal("target-not-candidate", Refused(Task("mine"), Full(TaskVerb.Forward) with { Target = Actor(Other) with { IsCandidate = false } }));
        Assert.Equal("target-recused", Refused(Task("mine"), Full(TaskVerb.Forward) with { Target = Actor(Other) with { Recusal = Recused } }));
    }

    [Fact]
    public void Recusal_gives_my_task_back_and_leaves_another_persons_alone()
    {
        Assert.Contains(new TaskEffect.BackToPool(), TaskVerbKernel.Decide(Task("mine"), [], Actor(Me), Full(TaskVerb.DeclareRecusal)).Effects);
        Assert.DoesNotContain(new TaskEffect.BackToPool(), TaskVerbKernel.Decide(Task("others"), [], Actor(Me), Full(TaskVerb.DeclareRecusal)).Effects);
    }

    [Fact]
    public void Urging_works_once_a_day() =>
        Assert.Equal("urged-today", Refused(Task("others"), Full(TaskVerb.Urge) with { LastUrgedOn = new DateOnly(2026, 4, 2), Today = new DateOnly(2026, 4, 2) }));

    [Fact]
    public void A_citizens_step_is_done_by_the_applicant_alone()
    {
        var task = Task("ready");
        task.ForCitizen = true;
        var citizen = new VerbActor(Me, "张建国", false, false, true);
        Assert.True(TaskVerbKernel.Decide(task, [], citizen, Full(TaskVerb.Complete)).Allowed);
        Assert.Equal("applicant-only", TaskVerbKernel.Decide(task, [], Actor(Me), Full(TaskVerb.Complete)).Refusal?.Code);
        Assert.Equal("verb-not-offered", TaskVerbKernel.Decide(task, [], citizen, Full(TaskVerb.Forward)).Refusal?.Code);
        Assert.Equal("staff-only", TaskVerbKernel.Decide(Task("ready"), [], citizen, Full(TaskVerb.Complete)).Refusal?.Code);
    }

    [Fact]
    public void At_the_counter_the_window_records_what_the_applicant_hands_in_and_says_who_brought_it()
    {
        var task = Task("ready");
        task.ForCitizen = true;
        var clerk = new VerbActor(Me, "孙丽", true, false, false, TakesIn: true);
        Assert.Equal([new TaskEffect.CompleteWith("Submit")], TaskVerbKernel.Decide(task, [], clerk, Full(TaskVerb.Complete)).Effects);
        Assert.Equal("handed-in-by", TaskVerbKernel.Decide(task, [], clerk, Full(TaskVerb.Complete) with { Reason = " " }).Refusal?.Code);
        Assert.Equal("recusal", TaskVerbKernel.Decide(task, [], clerk with { Recusal = new Refusal("recusal", "须回避") }, Full(TaskVerb.Complete)).Refusal?.Code);
        Assert.Equal("verb-not-offered", TaskVerbKernel.Decide(task, [], clerk, Full(TaskVerb.Claim)).Refusal?.Code);
    }

    private static string? Refused(WorkTask task, VerbRequest request) => TaskVerbKernel.Decide(task, [], Actor(Me), request).Refusal?.Code;

    private static VerbActor Actor(Id<Account> account) => new(account, "李敏", true, true, false);

    private static VerbRequest Full(TaskVerb verb) => new(verb, "Submit", "理由", "acceptance", ["acceptance"], Actor(Other), null, new DateOnly(2026, 4, 2));

    private static WorkTask Task(string state)
    {
        var task = new WorkTask { Step = "survey", Name = "入户调查", Outcomes = "Submit,NotPossible" };
        (task.State, task.AssigneeId) = state switch
        {
            "ready" => (WorkTaskState.Ready, (Id<Account>?)null),
            "mine" => (WorkTaskState.Claimed, Me),
            "others" => (WorkTaskState.Claimed, Other),
            "completed" => (WorkTaskState.Completed, Me),
            _ => (WorkTaskState.Cancelled, Me),
        };
        return task;
    }
}
