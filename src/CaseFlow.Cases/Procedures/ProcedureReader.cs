using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Procedures;

/// <summary>An operator's decision to pass over a node whose activity failed.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Outcome">The outcome to go on with.</param>
/// <param name="Reason">Why.</param>
public sealed record NodeSkip(string NodeId, string Outcome, string Reason);

/// <summary>What the workflow of a case reads of its procedure. Reads in the current step, what the step has written included.</summary>
public sealed class ProcedureReader(IUnitOfWork work)
{
    /// <summary>A procedure; null if there is none.</summary>
    public async Task<Procedure?> FindAsync(Id<Procedure> id, CancellationToken cancellationToken) =>
        await work.Set<Procedure>().FindAsync([id], cancellationToken);

    /// <summary>The case of a procedure; null if it lies outside the scope.</summary>
    public async Task<Case?> CaseOfAsync(Procedure procedure, CancellationToken cancellationToken) =>
        await work.Set<Case>().FindAsync([procedure.CaseId], cancellationToken);

    /// <summary>The case that a procedure belongs to, without reading either into the step; null if there is no such procedure.</summary>
    public Task<Id<Case>?> CaseIdAsync(Id<Procedure> id, CancellationToken cancellationToken) =>
        work.Set<Procedure>().Where(p => p.Id == id).Select(p => (Id<Case>?)p.CaseId).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The task of a step that was completed last in a procedure; null if there is none.</summary>
    public async Task<WorkTask?> LastTaskAsync(Id<Procedure> procedure, string step, CancellationToken cancellationToken)
    {
        await work.SaveChangesAsync(cancellationToken);
        return await work.Set<WorkTask>()
            .Where(t => t.ProcedureId == procedure && t.Step == step && t.State == WorkTaskState.Completed)
            .OrderByDescending(t => t.EndedAt)
            .ThenByDescending(t => t.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// The steps to which a procedure can be returned, latest first: human steps that were done and do not wait now. An
    /// acceptance is never taken back: what was received stays accepted, and its clock runs.
    /// </summary>
    public async Task<IReadOnlyList<ReturnTarget>> ReturnTargetsAsync(Id<Procedure> procedure, CancellationToken cancellationToken)
    {
        var tasks = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.ProcedureId == procedure && !t.ForCitizen)
            .ToListAsync(cancellationToken);
        var open = tasks.Where(t => t.State is WorkTaskState.Ready or WorkTaskState.Claimed).Select(t => t.ActivityId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. tasks.Where(t => t.State == WorkTaskState.Completed && t.Outcome != "Accept" && !open.Contains(t.ActivityId))
                .OrderByDescending(t => t.EndedAt)
                .DistinctBy(t => t.ActivityId)
                .Select(t => new ReturnTarget(t.ActivityId, t.Name, t.CompletedAs)),
        ];
    }

    /// <summary>The nodes of an instance that an operator has decided to pass over.</summary>
    public async Task<IReadOnlyList<NodeSkip>> SkipsAsync(string instanceId, CancellationToken cancellationToken)
    {
        var incidents = await work.Set<Incident>().AsNoTracking()
            .Where(i => i.InstanceId == instanceId && i.ResolvedAt == null && i.SkipOutcome != null)
            .ToListAsync(cancellationToken);
        return [.. incidents.Select(i => new NodeSkip(i.NodeId, i.SkipOutcome!, i.SkipReason ?? ""))];
    }
}
