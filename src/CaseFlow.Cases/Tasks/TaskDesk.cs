using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>A task with all that its rules look at.</summary>
internal sealed record TaskPicture(WorkTask Task, Case Case, Procedure Procedure, IReadOnlyList<WorkTask> Siblings, VerbActor Actor);

/// <summary>Reads what the verb rules and the five checks need: once for the page, and again inside the step that acts.</summary>
internal sealed class TaskDesk(IUnitOfWork work, IBusinessClock clock, AuthorityDesk authority, AssessmentService assessments, ICaseWorkflow workflow)
{
    /// <summary>The picture; null if the actor may not see the case.</summary>
    public async Task<TaskPicture?> ReadAsync(Actor actor, Id<WorkTask> taskId, CancellationToken cancellationToken)
    {
        var task = await work.Set<WorkTask>().FirstOrDefaultAsync(t => t.Id == taskId, cancellationToken);
        if (task is null)
        {
            return null;
        }

        var caseFile = await work.Set<Case>().FindAsync([task.CaseId], cancellationToken);
        if (caseFile is null || !Scope.CaseScope.Covers(actor.Scope, caseFile))
        {
            return null;
        }

        var procedure = await work.Set<Procedure>().FindAsync([task.ProcedureId], cancellationToken)
            ?? throw new InvalidOperationException("The procedure of this task cannot be read.");
        var siblings = await work.Set<WorkTask>()
            .Where(t => t.ProcedureId == task.ProcedureId && t.Id != task.Id)
            .ToListAsync(cancellationToken);
        return new TaskPicture(task, caseFile, procedure, siblings, await VerbActorAsync(actor, task, caseFile, cancellationToken));
    }

    /// <summary>What the actor asks for, with what only the database knows.</summary>
    public async Task<VerbRequest> RequestAsync(
        TaskPicture picture, TaskVerb verb, TaskRequest? request, VerbActor? target, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string>? returnTargets = null;
        if (verb == TaskVerb.ReturnToStep)
        {
            returnTargets = [.. (await workflow.ReturnTargetsAsync(picture.Procedure, cancellationToken)).Select(t => t.ActivityId)];
        }

        DateOnly? lastUrged = null;
        if (verb == TaskVerb.Urge)
        {
            var urged = await work.Set<TaskAction>()
                .Where(a => a.TaskId == picture.Task.Id && a.Verb == TaskVerb.Urge)
                .OrderByDescending(a => a.At)
                .Select(a => (DateTimeOffset?)a.At)
                .FirstOrDefaultAsync(cancellationToken);
            lastUrged = urged is { } at ? BusinessTime.DayOf(at) : null;
        }

        return new VerbRequest(verb, request?.Outcome, request?.Comment, request?.TargetActivityId, returnTargets, target, lastUrged, clock.Today);
    }

    /// <summary>Another person as the kernel sees them.</summary>
    public Task<VerbActor> VerbActorAsync(Actor actor, TaskPicture picture, CancellationToken cancellationToken) =>
        VerbActorAsync(actor, picture.Task, picture.Case, cancellationToken);

    /// <summary>The five checks with their facts and rule.</summary>
    public async Task<(GuardInput Input, AuthorityFacts Facts, AuthorityDecision Decision)> GuardAsync(
        Actor actor, TaskPicture picture, string? outcome, Id<Account>? second, CancellationToken cancellationToken)
    {
        var amount = (await assessments.LastAsync(picture.Case.Id, cancellationToken))?.Amount ?? picture.Case.MonthlyAmount ?? Money.Zero;
        var (facts, decision) = await authority.DecideAsync(picture.Case, DecisionOf(picture.Procedure.Kind, outcome), amount, cancellationToken);
        var input = await authority.GuardInputAsync(actor, picture.Case, picture.Task, second, facts, decision, cancellationToken);
        return (input, facts, decision);
    }

    /// <summary>What each outcome of the task leads to, in words.</summary>
    public Task<IReadOnlyDictionary<string, string>> ConsequencesAsync(TaskPicture picture, CancellationToken cancellationToken) =>
        workflow.ConsequencesAsync(picture.Procedure, picture.Task.ActivityId, cancellationToken);

    /// <summary>The kind of decision that an outcome is.</summary>
    public static string DecisionOf(string procedureKind, string? outcome) => (procedureKind, outcome) switch
    {
        (_, "Refuse") => "refusal",
        (_, "Stop" or "ProposeStop") => "stop",
        ("application", _) => "grant",
        _ => "change",
    };

    private async Task<VerbActor> VerbActorAsync(Actor actor, WorkTask task, Case caseFile, CancellationToken cancellationToken)
    {
        var recusal = actor is { Kind: ActorKind.Staff, AccountId: { } account }
            ? RecusalRule.Check(account, await authority.ConflictsAsync(actor, caseFile, cancellationToken))
            : null;
        var isApplicant = actor.Kind == ActorKind.Citizen
            && (actor.PersonId == caseFile.ApplicantId || (actor.AccountId is not null && actor.AccountId == caseFile.FiledBy));
        return new VerbActor(
            actor.AccountId ?? Id<Account>.None,
            actor.Name,
            actor.Kind == ActorKind.Staff,
            TaskPosts.Fitting(actor, task, caseFile.CaseType) is not null,
            isApplicant,
            recusal,
            CounterReceipt.PostOf(actor, caseFile) is not null,
            actor.Posts.Any(p => p.Post == PostKind.LeaderInCharge && p.OrganisationId == task.OrganisationId));
    }
}
