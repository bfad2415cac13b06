using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Incidents;

/// <summary>
/// What an operator does about a fault: try again at once, skip the node with an outcome and a reason, or cancel the
/// procedure. Each is a step of its own; a person's own act is never repeated for them, they do it again themselves.
/// </summary>
public sealed class IncidentService(IStepRunner steps, IUnitOfWork work, ILocks locks, IAuditTrail audit, TimeProvider machine, ICaseWorkflow workflow)
{
    private const string BookmarkPrefix = "bookmark:";

    /// <summary>
    /// Tries the step again. A timer is fired now; a task stays open, and its person is free to complete it again, so that
    /// nothing is decided in somebody else's name.
    /// </summary>
    public Task RetryAsync(Actor actor, Id<Incident> incident, CancellationToken cancellationToken) =>
        RunAsync("incident.retry", actor, incident, (service, row, token) => service.RetryInStepAsync(actor, row, token), cancellationToken);

    /// <summary>The next attempt passes over the node with an outcome; the reason goes to the audit.</summary>
    public Task SkipAsync(Actor actor, Id<Incident> incident, string outcome, string reason, CancellationToken cancellationToken) =>
        RunAsync("incident.skip", actor, incident, (service, row, token) => service.SkipInStepAsync(actor, row, outcome, reason, token), cancellationToken);

    /// <summary>Ends the procedure that cannot go on.</summary>
    public Task CancelAsync(Actor actor, Id<Incident> incident, string reason, CancellationToken cancellationToken) =>
        RunAsync("incident.cancel", actor, incident, (service, row, token) => service.CancelInStepAsync(actor, row, reason, token), cancellationToken);

    private Task<bool> RunAsync(
        string name, Actor actor, Id<Incident> id, Func<IncidentService, Incident, CancellationToken, Task> act, CancellationToken cancellationToken) =>
        steps.RunOnAsync<IncidentService, bool>(
            new Step(name, actor),
            async (service, token) =>
            {
                if (!actor.Holds(PostKind.SystemAdmin))
                {
                    throw new RefusedException("post", "只有系统管理员可以处理系统故障。");
                }

                await act(service, await service.OpenAsync(id, token), token);
                return true;
            },
            cancellationToken);

    private async Task<Incident> OpenAsync(Id<Incident> id, CancellationToken cancellationToken)
    {
        var caseId = await work.Set<Incident>().AsNoTracking().Where(i => i.Id == id).Select(i => i.CaseId).FirstOrDefaultAsync(cancellationToken);
        if (caseId is { } locked)
        {
            await locks.LockCaseAsync(locked, cancellationToken);
        }

        var incident = await work.Set<Incident>().FirstOrDefaultAsync(i => i.Id == id, cancellationToken);
        return incident is { ResolvedAt: null }
            ? incident
            : throw new RefusedException("not-found", "这个故障已经处理。");
    }

    private async Task RetryInStepAsync(Actor actor, Incident incident, CancellationToken cancellationToken)
    {
        incident.NextTryAt = machine.GetUtcNow();
        await AuditAsync(actor, incident, "incident.retry", [], cancellationToken);
        if (incident.Trigger.StartsWith(BookmarkPrefix, StringComparison.Ordinal))
        {
            incident.ResolvedAt = machine.GetUtcNow();
            incident.Resolution = "retried";
            await workflow.FireTimerAsync(incident.InstanceId, incident.Trigger[BookmarkPrefix.Length..], cancellationToken);
        }
    }

    private async Task SkipInStepAsync(Actor actor, Incident incident, string outcome, string reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new InvalidInputException("reason", "跳过必须写明理由。");
        }

        incident.SkipOutcome = outcome;
        incident.SkipReason = reason;
        incident.SkipBy = actor.AccountId;
        incident.NextTryAt = machine.GetUtcNow();
        await AuditAsync(actor, incident, "incident.skip", new JsonObject { ["outcome"] = outcome, ["reason"] = reason }, cancellationToken);
    }

    private async Task CancelInStepAsync(Actor actor, Incident incident, string reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new InvalidInputException("reason", "终止必须写明理由。");
        }

        incident.ResolvedAt = machine.GetUtcNow();
        incident.Resolution = "cancelled";
        await AuditAsync(actor, incident, "incident.cancel", new JsonObject { ["reason"] = reason }, cancellationToken);
        if (Id<Procedure>.TryParse(incident.InstanceId, out var id)
            && await work.Set<Procedure>().FirstOrDefaultAsync(p => p.Id == id, cancellationToken) is { } procedure)
        {
            await workflow.CancelAsync(procedure, "Terminated", cancellationToken);
        }
    }

    private Task AuditAsync(Actor actor, Incident incident, string action, JsonObject details, CancellationToken cancellationToken)
    {
        details["incident"] = incident.Id.ToString();
        details["node"] = incident.NodeId;
        return incident.CaseId is { } caseId
            ? audit.AppendAsync(caseId, actor, action, details, cancellationToken)
            : audit.AppendAsync($"instance:{incident.InstanceId}", actor, action, details, cancellationToken);
    }
}
