using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>What a workflow says about a human step.</summary>
public sealed record TaskSpecification
{
    /// <summary>Step identifier.</summary>
    public required string Step { get; init; }

    /// <summary>Name in Chinese.</summary>
    public required string Name { get; init; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; init; }

    /// <summary>Key of the step's form; null if it has none.</summary>
    public string? FormKey { get; init; }

    /// <summary>Outcomes offered.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Posts that may do it; empty for the citizen.</summary>
    public IReadOnlyList<PostKind> Posts { get; init; } = [];

    /// <summary>Level whose organisation does it.</summary>
    public OrganisationLevel Level { get; init; } = OrganisationLevel.Township;

    /// <summary>The citizen does it.</summary>
    public bool ForCitizen { get; init; }

    /// <summary><c>verify</c>, <c>check</c>, <c>review</c>, <c>approve</c>; null if it decides nothing.</summary>
    public string? AuthorityRole { get; init; }

    /// <summary>Period of the step in the policy; null if only the total limits it.</summary>
    public string? DueRule { get; init; }

    /// <summary>Slot of a step done by several.</summary>
    public int Slot { get; init; } = 1;

    /// <summary>Why it came back, if it was returned.</summary>
    public string? ReturnReason { get; init; }

    /// <summary>The step whose second person signs in this one; null for every other step.</summary>
    public WorkTask? Signs { get; init; }
}

/// <summary>Opens human steps as tasks. Acts in the current step.</summary>
public sealed class TaskOpening(
    IUnitOfWork work, IBusinessClock clock, DeadlineService deadlines, BureauDirectory bureau, ActorDirectory actors, NotificationService notifications)
{
    /// <summary>Opens a task that waits on a bookmark. A step that came back goes to the person who did it last.</summary>
    public async Task<WorkTask> OpenAsync(
        Case caseFile, Procedure procedure, TaskSpecification specification, string bookmarkId, string activityId, CancellationToken cancellationToken)
    {
        var task = new WorkTask
        {
            CaseId = caseFile.Id,
            ProcedureId = procedure.Id,
            CaseTypeVersionId = procedure.CaseTypeVersionId,
            BookmarkId = bookmarkId,
            ActivityId = activityId,
            Step = specification.Step,
            Slot = specification.Slot,
            Name = specification.Name,
            NameEn = specification.NameEn ?? specification.Name,
            ForCitizen = specification.ForCitizen,
            FormKey = specification.FormKey,
            Outcomes = string.Join(',', specification.Outcomes),
            CandidatePosts = string.Join(',', specification.Posts),
            OrganisationId = await OrganisationAsync(caseFile, specification.Level, cancellationToken),
            AuthorityRole = specification.AuthorityRole,
            State = WorkTaskState.Ready,
            DueOn = await deadlines.DueForStepAsync(procedure.Id, specification.DueRule, cancellationToken),
            CreatedAt = clock.Now,
            ReturnReason = specification.ReturnReason,
        };
        if (specification.Signs is { } signed)
        {
            await GiveToSecondAsync(caseFile, task, signed, cancellationToken);
        }
        else if (specification.ReturnReason is not null)
        {
            await GiveToLastAsync(caseFile, task, cancellationToken);
        }

        work.Set<WorkTask>().Add(task);
        return task;
    }

    /// <summary>The last day of the citizen's step has passed; the row is cancelled with its bookmark.</summary>
    public async Task ExpireAsync(Id<WorkTask> id, string outcome, CancellationToken cancellationToken) =>
        (await work.Set<WorkTask>().FirstAsync(t => t.Id == id, cancellationToken)).Outcome = outcome;

    /// <summary>The organisation of a level that acts in a case.</summary>
    public async Task<Id<OrganisationUnit>> OrganisationAsync(Case caseFile, OrganisationLevel level, CancellationToken cancellationToken) => level switch
    {
        OrganisationLevel.Township => caseFile.OrganisationId,
        OrganisationLevel.Community => caseFile.CommunityId ?? caseFile.OrganisationId,
        _ => (await bureau.DistrictAsync(cancellationToken)).Id,
    };

    /// <summary>The signature belongs to the period of what is signed; who is to sign is told at once.</summary>
    private async Task GiveToSecondAsync(Case caseFile, WorkTask task, WorkTask signed, CancellationToken cancellationToken)
    {
        var second = signed.SecondPersonId ?? throw new InvalidOperationException($"“{signed.Name}” names no second person.");
        task.SignsTaskId = signed.Id;
        task.AssigneeId = second;
        task.AssigneeName = await work.Set<Account>().Where(a => a.Id == second).Select(a => a.DisplayName).FirstAsync(cancellationToken);
        task.State = WorkTaskState.Claimed;
        task.ClaimedAt = clock.Now;
        task.DueOn = signed.DueOn ?? task.DueOn;
        var until = task.DueOn is { } due ? $"请在{due:yyyy-MM-dd}前" : "请";
        await notifications.TellStaffAsync(
            caseFile,
            $"second/{signed.Id}",
            second,
            $"{signed.AssigneeName}在办件 {caseFile.Number} 的“{signed.Name}”中把您登记为第二名调查人员，{until}核对调查情况并签字；情况不符的，请写明异议。",
            cancellationToken,
            mail: true);
    }

    private async Task GiveToLastAsync(Case caseFile, WorkTask task, CancellationToken cancellationToken)
    {
        var last = await work.Set<WorkTask>()
            .Where(t => t.ProcedureId == task.ProcedureId && t.Step == task.Step && t.State == WorkTaskState.Completed && t.CompletedBy != null)
            .OrderByDescending(t => t.EndedAt)
            .ThenByDescending(t => t.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (last?.CompletedBy is { } person && !task.ForCitizen && await ServesAsync(person, caseFile, task, cancellationToken))
        {
            task.AssigneeId = person;
            task.AssigneeName = last.AssigneeName;
            task.State = WorkTaskState.Claimed;
            task.ClaimedAt = clock.Now;
        }
    }

    /// <summary>Who has left, or lost the post, is given nothing: the step waits in the pool.</summary>
    private async Task<bool> ServesAsync(Id<Account> person, Case caseFile, WorkTask task, CancellationToken cancellationToken) =>
        await actors.FindAsync(person, cancellationToken) is { } actor && TaskPosts.Fitting(actor, task, caseFile.CaseType) is not null;
}
