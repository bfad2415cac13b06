using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Authority;

/// <summary>回避: who may not act in a case, because it was declared or because the registry shows it.</summary>
public sealed class RecusalService(IStepRunner steps, IUnitOfWork work, ILocks locks, IAuditTrail audit, IBusinessClock clock, StepContext step)
{
    /// <summary>A superior lifts a recusal, with a reason.</summary>
    /// <exception cref="RefusedException">Not a leader, the own recusal, or none is open.</exception>
    public Task LiftAsync(Actor actor, Id<Recusal> recusal, string reason, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<RecusalService, bool>(
            new Step("recusal.lift", actor, operationId),
            (service, token) => service.LiftInStepAsync(actor, recusal, reason, token),
            cancellationToken);

    /// <summary>Declares that an account may not act in a case. Its open claims go back to the pool. Acts in the current step.</summary>
    public async Task DeclareAsync(Case caseFile, Id<Account> account, string origin, string reason, CancellationToken cancellationToken)
    {
        if (await IsOpenAsync(caseFile.Id, account, cancellationToken))
        {
            return;
        }

        work.Set<Recusal>().Add(new Recusal { CaseId = caseFile.Id, AccountId = account, Origin = origin, Reason = reason, At = clock.Now });
        var claimed = await work.Set<WorkTask>()
            .Where(t => t.CaseId == caseFile.Id && t.AssigneeId == account && t.State == WorkTaskState.Claimed)
            .ToListAsync(cancellationToken);
        foreach (var task in claimed)
        {
            task.AssigneeId = null;
            task.AssigneeName = null;
            task.State = WorkTaskState.Ready;
            task.Revision++;
        }

        await audit.AppendAsync(
            caseFile.Id, step.Actor, "recusal.declare", new JsonObject { ["account"] = account.ToString(), ["origin"] = origin }, cancellationToken);
    }

    /// <summary>Whether an open recusal stands in a case.</summary>
    public Task<bool> IsOpenAsync(Id<Case> caseId, Id<Account> account, CancellationToken cancellationToken) =>
        work.Set<Recusal>().AnyAsync(r => r.CaseId == caseId && r.AccountId == account && r.LiftedAt == null, cancellationToken);

    private async Task<bool> LiftInStepAsync(Actor actor, Id<Recusal> id, string reason, CancellationToken cancellationToken)
    {
        var recusal = await work.Set<Recusal>().FirstOrDefaultAsync(r => r.Id == id && r.LiftedAt == null, cancellationToken)
            ?? throw new RefusedException("not-found", "没有找到这条未解除的回避。");
        await locks.LockCaseAsync(recusal.CaseId, cancellationToken);
        if (!actor.Holds(PostKind.LeaderInCharge) && !actor.Holds(PostKind.BureauDirector))
        {
            throw new RefusedException("post", "解除回避由上一级分管领导决定。");
        }

        if (recusal.AccountId == actor.AccountId)
        {
            throw new RefusedException("own-recusal", "本人不能解除自己的回避。");
        }

        recusal.LiftedAt = clock.Now;
        recusal.LiftedBy = actor.AccountId;
        recusal.LiftReason = reason;
        await audit.AppendAsync(
            recusal.CaseId, actor, "recusal.lift", new JsonObject { ["account"] = recusal.AccountId.ToString(), ["reason"] = reason }, cancellationToken);
        return true;
    }
}
