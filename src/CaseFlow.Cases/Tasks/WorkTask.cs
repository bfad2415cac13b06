using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Cases.Tasks;

/// <summary>Where a task stands.</summary>
public enum WorkTaskState
{
    /// <summary>Open and in a group's pool.</summary>
    Ready,

    /// <summary>Claimed by or assigned to one person.</summary>
    Claimed,

    /// <summary>Completed.</summary>
    Completed,

    /// <summary>Cancelled by the workflow, a return or the end of the procedure.</summary>
    Cancelled,
}

/// <summary>任务: one human step of a case, in an inbox. One open task per case, step and slot (unique index).</summary>
public sealed class WorkTask
{
    /// <summary>Identity.</summary>
    public Id<WorkTask> Id { get; set; } = Id<WorkTask>.New();

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>The procedure.</summary>
    public Id<Procedure> ProcedureId { get; set; }

    /// <summary>The case type version that the form is checked against.</summary>
    public Id<CaseTypeVersion> CaseTypeVersionId { get; set; }

    /// <summary>The workflow bookmark that completion resumes.</summary>
    public string BookmarkId { get; set; } = "";

    /// <summary>The activity in the definition.</summary>
    public string ActivityId { get; set; } = "";

    /// <summary>Step identifier, stable over versions (<c>survey</c>, <c>preliminary-opinion</c>, <c>confirmation</c>).</summary>
    public string Step { get; set; } = "";

    /// <summary>For steps done by several: 1, 2 ...; else 1.</summary>
    public int Slot { get; set; } = 1;

    /// <summary>Name shown, in Chinese.</summary>
    public string Name { get; set; } = "";

    /// <summary>Name shown in English.</summary>
    public string NameEn { get; set; } = "";

    /// <summary>True if the citizen has to do it (correction, hearing statement).</summary>
    public bool ForCitizen { get; set; }

    /// <summary>Key of the step's form in the case type; null if there is none.</summary>
    public string? FormKey { get; set; }

    /// <summary>Identifiers of the outcomes offered, separated by commas (<c>Approve,Refuse</c>).</summary>
    public string Outcomes { get; set; } = "";

    /// <summary>Posts that may do it, separated by commas; empty for citizen tasks.</summary>
    public string CandidatePosts { get; set; } = "";

    /// <summary>The organisation whose posts may do it: the township, or the district.</summary>
    public Id<OrganisationUnit> OrganisationId { get; set; }

    /// <summary>What the step decides for the authority table (<c>verify</c>, <c>review</c>, <c>approve</c>); null if it decides nothing.</summary>
    public string? AuthorityRole { get; set; }

    /// <summary>Who has claimed it.</summary>
    public Id<Account>? AssigneeId { get; set; }

    /// <summary>The assignee's name for lists.</summary>
    public string? AssigneeName { get; set; }

    /// <summary>Second person of a step that needs two (survey).</summary>
    public Id<Account>? SecondPersonId { get; set; }

    /// <summary>
    /// The step that is signed here by its <see cref="SecondPersonId"/>, who alone is its assignee; null for every other task.
    /// </summary>
    public Id<WorkTask>? SignsTaskId { get; set; }

    /// <summary>State.</summary>
    public WorkTaskState State { get; set; }

    /// <summary>Last day for this step; the earlier of the step's and the total limit.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was claimed.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>When it was first opened by its assignee.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who completed it.</summary>
    public Id<Account>? CompletedBy { get; set; }

    /// <summary>The completer's name, post and organisation as text (代 if a substitute).</summary>
    public string? CompletedAs { get; set; }

    /// <summary>Outcome identifier.</summary>
    public string? Outcome { get; set; }

    /// <summary>Opinion.</summary>
    public string? Comment { get; set; }

    /// <summary>The step's form data as JSON, without identity numbers.</summary>
    public string? FormJson { get; set; }

    /// <summary>Why the step came back, if it was returned.</summary>
    public string? ReturnReason { get; set; }

    /// <summary>Raised by each change; a person who saw another revision is told the conflict.</summary>
    public int Revision { get; set; } = 1;
}

/// <summary>The verbs on a task.</summary>
public enum TaskVerb
{
    /// <summary>认领.</summary>
    Claim,

    /// <summary>释放.</summary>
    Release,

    /// <summary>办结 with an outcome.</summary>
    Complete,

    /// <summary>退回 to an earlier human step.</summary>
    ReturnToStep,

    /// <summary>转办 to another person of the same posts.</summary>
    Forward,

    /// <summary>申请回避: the person may not act; the task goes back to the pool.</summary>
    DeclareRecusal,

    /// <summary>催办.</summary>
    Urge,

    /// <summary>加签.</summary>
    AddCosigner,

    /// <summary>会签.</summary>
    JointReview,

    /// <summary>撤回 while nobody acted.</summary>
    Withdraw,

    /// <summary>抄送.</summary>
    CopyTo,

    /// <summary>提级办理.</summary>
    Escalate,
}

/// <summary>One verb as it was used: the rows that make the history of a task.</summary>
public sealed class TaskAction
{
    /// <summary>Identity.</summary>
    public Id<TaskAction> Id { get; set; } = Id<TaskAction>.New();

    /// <summary>The task.</summary>
    public Id<WorkTask> TaskId { get; set; }

    /// <summary>The case.</summary>
    public Id<Case> CaseId { get; set; }

    /// <summary>Verb.</summary>
    public TaskVerb Verb { get; set; }

    /// <summary>Who.</summary>
    public Id<Account>? AccountId { get; set; }

    /// <summary>Name, post and organisation as text.</summary>
    public string ActorText { get; set; } = "";

    /// <summary>To whom (forward, co-sign, copy).</summary>
    public Id<Account>? TargetAccountId { get; set; }

    /// <summary>Outcome, target step or reason.</summary>
    public string Detail { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
