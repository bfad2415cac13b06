using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;

namespace CaseFlow.Cases.Tests.Tasks;

/// <summary>Walks through the table of the second signature in docs/task-verbs.md.</summary>
public class Second_signature
{
    private static readonly Id<Account> Second = Id<Account>.New();
    private static readonly Id<Account> Surveyor = Id<Account>.New();
    private static readonly Id<Account> Other = Id<Account>.New();

    public static TheoryData<TaskVerb, string, string?> Table => new()
    {
        { TaskVerb.Complete, "second", null },
        { TaskVerb.Complete, "surveyor", "two-persons" },
        { TaskVerb.Complete, "leader", "second-investigator-only" },
        { TaskVerb.Complete, "other", "second-investigator-only" },
        { TaskVerb.Claim, "second", "already-yours" },
        { TaskVerb.Claim, "surveyor", "second-investigator-only" },
        { TaskVerb.Claim, "leader", "second-investigator-only" },
        { TaskVerb.Claim, "other", "second-investigator-only" },
        { TaskVerb.Release, "second", "second-investigator-only" },
        { TaskVerb.Forward, "second", "second-investigator-only" },
        { TaskVerb.Forward, "leader", "second-investigator-only" },
        { TaskVerb.ReturnToStep, "second", "verb-not-offered" },
        { TaskVerb.Withdraw, "second", "surveyor-or-leader" },
        { TaskVerb.Withdraw, "surveyor", null },
        { TaskVerb.Withdraw, "leader", null },
        { TaskVerb.Withdraw, "other", "surveyor-or-leader" },
        { TaskVerb.DeclareRecusal, "second", null },
        { TaskVerb.DeclareRecusal, "surveyor", "two-persons" },
        { TaskVerb.DeclareRecusal, "other", "second-investigator-only" },
        { TaskVerb.Urge, "second", "own-task" },
        { TaskVerb.Urge, "surveyor", null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_verb_by_each_person(TaskVerb verb, string who, string? refusal)
    {
        var (signed, task) = Pair();
        var verdict = TaskVerbKernel.Decide(task, [signed], Actor(who), Asked(verb));
        Assert.Equal(refusal, verdict.Refusal?.Code);
        Assert.Equal(refusal is null, verdict.Effects.Count > 0);
    }

    [Fact]
    public void The_survey_comes_back_and_the_second_is_told_when_it_is_taken_back()
    {
        var (signed, task) = Pair();
        var effects = TaskVerbKernel.Decide(task, [signed], Actor("leader"), Asked(TaskVerb.Withdraw)).Effects;
        Assert.Equal("survey", Assert.IsType<TaskEffect.ReturnTo>(effects[0]).ActivityId);
        Assert.Equal(Second, Assert.IsType<TaskEffect.Tell>(effects[1]).AccountId);
    }

    [Fact]
    public void A_step_that_lost_its_signer_is_taken_back_by_any_handler_and_signed_by_none()
    {
        var (signed, task) = Pair();
        (task.AssigneeId, task.AssigneeName, task.State) = (null, null, WorkTaskState.Ready);
        Assert.True(TaskVerbKernel.Decide(task, [signed], Actor("other"), Asked(TaskVerb.Withdraw)).Allowed);
        Assert.Equal("second-investigator-only", TaskVerbKernel.Decide(task, [signed], Actor("other"), Asked(TaskVerb.Claim)).Refusal?.Code);
        Assert.Equal("second-investigator-only", TaskVerbKernel.Decide(task, [signed], Actor("other"), Asked(TaskVerb.Complete)).Refusal?.Code);
    }

    [Fact]
    public void A_second_without_the_post_or_with_a_conflict_signs_nothing()
    {
        var (signed, task) = Pair();
        var actor = Actor("second");
        Assert.Equal("not-candidate", TaskVerbKernel.Decide(task, [signed], actor with { IsCandidate = false }, Asked(TaskVerb.Complete)).Refusal?.Code);
        Assert.Equal("recusal", TaskVerbKernel.Decide(task, [signed], actor with { Recusal = new Refusal("recusal", "须回避") }, Asked(TaskVerb.Complete)).Refusal?.Code);
    }

    private static (WorkTask Signed, WorkTask Task) Pair()
    {
        var signed = new WorkTask { Step = "survey", ActivityId = "survey", State = WorkTaskState.Completed, CompletedBy = Surveyor, SecondPersonId = Second, AssigneeName = "甲" };
        var task = new WorkTask
        {
            Step = "survey-signature",
            Name = "入户调查签字确认",
            State = WorkTaskState.Claimed,
            Outcomes = "Confirm,Object",
            SignsTaskId = signed.Id,
            AssigneeId = Second,
            AssigneeName = "乙",
        };
        return (signed, task);
    }

    private static VerbActor Actor(string who) => who switch
    {
        "second" => new VerbActor(Second, "乙", true, true, false),
        "surveyor" => new VerbActor(Surveyor, "甲", true, true, false),
        "leader" => new VerbActor(Other, "丙", true, false, false, Leads: true),
        _ => new VerbActor(Other, "丁", true, true, false),
    };

    private static VerbRequest Asked(TaskVerb verb) => new(
        verb, "Confirm", "理由", "survey", ["survey"], new VerbActor(Id<Account>.New(), "戊", true, true, false), null, new DateOnly(2026, 3, 2));
}
