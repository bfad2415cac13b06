using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseFiles;

/// <summary>
/// 迁移 inside the district: the file is handed over, no new application is needed, and what is open goes along. Outside of it
/// the support stops instead.
/// </summary>
public sealed class CaseMove(IStepRunner steps, IUnitOfWork work, CaseLocks locks, IAuditTrail audit, IBusinessClock clock, NotificationService notifications, StepContext step)
{
    /// <summary>A leader of the township hands a case over, whatever is open in it.</summary>
    /// <exception cref="RefusedException">Not that post.</exception>
    /// <exception cref="InvalidInputException">There is no such community, or the case is there already.</exception>
    public Task<bool> HandOverAsync(Actor actor, Id<Case> caseId, string community, string? address, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CaseMove, bool>(
            new Step("case.hand-over", actor, operationId),
            (move, token) => move.HandOverInStepAsync(actor, caseId, community, address, token),
            cancellationToken);

    /// <summary>Moves the case. Acts in the current step.</summary>
    /// <returns>Whether the new place has the standard of another area type.</returns>
    public async Task<bool> MoveAsync(Case caseFile, string communityCode, string? address, CancellationToken cancellationToken)
    {
        var community = await work.Set<OrganisationUnit>()
            .FirstOrDefaultAsync(o => o.Code == communityCode && o.Level == OrganisationLevel.Community && o.ParentId != null, cancellationToken)
            ?? throw new InvalidInputException("move", "迁入地不是本区的社区（村）。迁出本区的，请按停发办理。");
        if (community.Id == caseFile.CommunityId)
        {
            throw new InvalidInputException("move", "该户户籍已经在这个社区（村）。");
        }

        var (from, otherArea) = (caseFile.OrganisationId, community.AreaType != caseFile.AreaType);
        caseFile.CommunityId = community.Id;
        caseFile.OrganisationId = community.ParentId!.Value;
        caseFile.AreaType = community.AreaType;
        await MoveAddressAsync(caseFile, address, cancellationToken);
        await MoveTasksAsync(caseFile, from, cancellationToken);
        CaseFileService.RaiseFacts(caseFile);
        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "case.move",
            new JsonObject { ["from"] = from.ToString(), ["to"] = caseFile.OrganisationId.ToString(), ["community"] = community.Code },
            cancellationToken);
        return otherArea;
    }

    private async Task<bool> HandOverInStepAsync(Actor actor, Id<Case> caseId, string community, string? address, CancellationToken cancellationToken)
    {
        var caseFile = await locks.EnterAsync(caseId, cancellationToken);
        if (!actor.Posts.Any(p => p.Post == PostKind.LeaderInCharge && p.OrganisationId == caseFile.OrganisationId))
        {
            throw new RefusedException("post", "移交办件由原街道（乡镇）分管领导决定。");
        }

        if (caseFile.Status is not (CaseStatus.Open or CaseStatus.InForce))
        {
            throw new RefusedException("case-ended", "该办件已经结束。");
        }

        await MoveAsync(caseFile, community, address, cancellationToken);
        await notifications.TellApplicantAsync(
            caseFile, $"move/{caseFile.OrganisationId}/{caseFile.FactsRevision}", "您的办件已随户籍移交新的街道（乡镇）办理，不需要重新申请。", null, cancellationToken);
        return true;
    }

    private async Task MoveAddressAsync(Case caseFile, string? address, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(address))
        {
            (await work.Set<Person>().FirstAsync(p => p.Id == caseFile.ApplicantId, cancellationToken)).Address = address;
        }
    }

    /// <summary>Open tasks of the old township go to the new one, into its pool; those of the district and the citizen stay.</summary>
    private async Task MoveTasksAsync(Case caseFile, Id<OrganisationUnit> from, CancellationToken cancellationToken)
    {
        var open = await work.Set<WorkTask>()
            .Where(t => t.CaseId == caseFile.Id && t.OrganisationId == from && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed))
            .ToListAsync(cancellationToken);
        foreach (var task in open)
        {
            task.OrganisationId = caseFile.OrganisationId;
            if (!task.ForCitizen && task.State == WorkTaskState.Claimed)
            {
                await notifications.TellStaffAsync(
                    caseFile, $"move/{task.Id}", task.AssigneeId!.Value, $"办件 {caseFile.Number} 已移交，任务“{task.Name}”由迁入地办理。（{clock.Today:yyyy-MM-dd}）", cancellationToken);
                (task.AssigneeId, task.AssigneeName, task.State, task.ClaimedAt) = (null, null, WorkTaskState.Ready, null);
            }

            task.Revision++;
        }
    }
}
