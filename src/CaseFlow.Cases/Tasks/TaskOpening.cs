using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
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
}

/// <summary>Opens human steps as tasks. Acts in the current step.</summary>
public sealed class TaskOpening(IUnitOfWork work, IBusinessClock clock, DeadlineService deadlines, BureauDirectory bureau)
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
        if (specification.ReturnReason is not null)
        {
            await GiveToLastAsync(task, cancellationToken);
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

    private async Task GiveToLastAsync(WorkTask task, CancellationToken cancellationToken)
    {
        var last = await work.Set<WorkTask>()
            .Where(t => t.ProcedureId == task.ProcedureId && t.Step == task.Step && t.State == WorkTaskState.Completed && t.CompletedBy != null)
            .OrderByDescending(t => t.EndedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (last?.CompletedBy is { } person && !task.ForCitizen)
        {
            task.AssigneeId = person;
            task.AssigneeName = last.AssigneeName;
            task.State = WorkTaskState.Claimed;
            task.ClaimedAt = clock.Now;
        }
    }
}
