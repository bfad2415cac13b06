using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Steps;

/// <summary>
/// Stores the fault of an undone step in a second transaction. One open incident per trigger counts the attempts; timers
/// are tried again by themselves, later each time, five times in all, and then wait for an operator.
/// </summary>
internal sealed class IncidentRecorder(Transactions transactions, TimeProvider time) : IIncidentLog
{
    private const int AutomaticAttempts = 5;

    /// <summary>Stores or counts up the incident of a trigger.</summary>
    public Task<Id<Incident>> RecordAsync(Step step, ActivityFault fault, Id<Case>? caseId, CancellationToken cancellationToken) =>
        transactions.RunAsync("incident", (db, stop) => StoreAsync(db, step, fault, caseId, stop), cancellationToken);

    /// <inheritdoc/>
    public Task<Id<Incident>> RecordAsync(string stepName, string trigger, Id<Case>? caseId, Exception cause, CancellationToken cancellationToken) =>
        RecordAsync(new Step(stepName, Actor.System(stepName), Trigger: trigger), new ActivityFault(null, "", cause), caseId, cancellationToken);

    /// <summary>Marks what a repeated step has cured; part of that step.</summary>
    public static Task ResolveAsync(CaseFlowDbContext db, Step step, DateTimeOffset now, CancellationToken cancellationToken) =>
        step.Trigger is null ? Task.CompletedTask : IncidentSql.ResolveAsync(db, step.Trigger, now, cancellationToken);

    private async Task<Id<Incident>> StoreAsync(CaseFlowDbContext db, Step step, ActivityFault fault, Id<Case>? lockedCase, CancellationToken cancellationToken)
    {
        var trigger = step.Trigger ?? $"{step.Name}:{fault.InstanceId}:{Guid.CreateVersion7()}";
        await LockSql.NameAsync(db, $"incident:{trigger}", cancellationToken);
        var incident = await db.Set<Incident>().SingleOrDefaultAsync(i => i.Trigger == trigger && i.ResolvedAt == null, cancellationToken);
        if (incident is null)
        {
            incident = new Incident { Trigger = trigger, CaseId = await CaseOfAsync(db, fault, lockedCase, cancellationToken), Attempts = 0 };
            db.Add(incident);
        }

        var now = time.GetUtcNow();
        incident.InstanceId = fault.InstanceId ?? incident.InstanceId;
        incident.StepName = step.Name;
        incident.NodeId = fault.NodeId;
        incident.Message = fault.Cause.Message;
        incident.Detail = fault.Cause.ToString();
        incident.At = now;
        incident.Attempts++;
        incident.NextTryAt = step.Actor.Kind == ActorKind.System && step.Trigger is not null && incident.Attempts < AutomaticAttempts
            ? now + BackOff(incident.Attempts)
            : null;
        return incident.Id;
    }

    private static async Task<Id<Case>?> CaseOfAsync(CaseFlowDbContext db, ActivityFault fault, Id<Case>? lockedCase, CancellationToken cancellationToken)
    {
        if (Id<Procedure>.TryParse(fault.InstanceId, out var procedure)
            && await db.Set<Procedure>().Where(p => p.Id == procedure).Select(p => (Id<Case>?)p.CaseId).SingleOrDefaultAsync(cancellationToken) is { } known)
        {
            return known;
        }

        return lockedCase is { } id && await db.Set<Case>().AnyAsync(c => c.Id == id, cancellationToken) ? id : null;
    }

    private static TimeSpan BackOff(int attempts)
    {
        var seconds = 30 * Math.Pow(4, attempts - 1);
        return TimeSpan.FromSeconds(seconds * (0.8 + (Random.Shared.NextDouble() * 0.4)));
    }
}
