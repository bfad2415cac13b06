using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
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
        var caseFile = await work.Set<Case>().FirstAsync(c => c.Id == recusal.CaseId, cancellationToken);
        if (!CaseScope.Covers(actor.Scope, caseFile))
        {
            throw new RefusedException("not-found", "没有找到这条未解除的回避。");
        }

        if (recusal.AccountId == actor.AccountId)
        {
            throw new RefusedException("own-recusal", "本人不能解除自己的回避。");
        }

        await RequireSuperiorAsync(actor, caseFile, recusal.AccountId, cancellationToken);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new InvalidInputException("reason", "请写明解除回避的理由。");
        }

        recusal.LiftedAt = clock.Now;
        recusal.LiftedBy = actor.AccountId;
        recusal.LiftReason = reason;
        await audit.AppendAsync(
            recusal.CaseId, actor, "recusal.lift", new JsonObject { ["account"] = recusal.AccountId.ToString(), ["reason"] = reason }, cancellationToken);
        return true;
    }

    /// <summary>
    /// The next higher leader in charge decides (domain Q, to be confirmed by the bureau): that of the township on its own
    /// people, the district's on a township's leader and on the district's people, the director on the district's leaders. The
    /// director's own recusal is for the leaders' meeting and not lifted here.
    /// </summary>
    private async Task RequireSuperiorAsync(Actor actor, Case caseFile, Id<Account> recused, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var posts = await work.Set<PostAssignment>().AsNoTracking()
            .Where(p => p.AccountId == recused && p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today))
            .Join(work.Set<OrganisationUnit>(), p => p.OrganisationId, o => o.Id, (p, o) => new { p.Post, o.Level })
            .ToListAsync(cancellationToken);
        var director = actor.Holds(PostKind.BureauDirector);
        var districtLeader = actor.Posts.Any(p => p.Post == PostKind.LeaderInCharge && p.Level == OrganisationLevel.District);
        var townshipLeader = actor.Posts.Any(p => p.Post == PostKind.LeaderInCharge && p.OrganisationId == caseFile.OrganisationId);
        var superior =
            posts.Exists(p => p.Post == PostKind.BureauDirector) ? false
            : posts.Exists(p => p.Post == PostKind.LeaderInCharge && p.Level == OrganisationLevel.District) ? director
            : posts.Exists(p => p.Level == OrganisationLevel.District || p.Post == PostKind.LeaderInCharge) ? districtLeader || director
            : townshipLeader || districtLeader || director;
        if (!superior)
        {
            throw new RefusedException("post", "解除回避由回避人的上一级分管领导决定；区分管领导的由局长决定，局长的由局务会研究决定。");
        }
    }
}
