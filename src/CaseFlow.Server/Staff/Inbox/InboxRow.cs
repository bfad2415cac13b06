using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Staff.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Inbox;

/// <summary>A line of the inbox as the page shows it.</summary>
/// <param name="Item">The line.</param>
/// <param name="Place">Community.</param>
/// <param name="Amount">Monthly amount in force or proposed; null where there is none or the post may not see it.</param>
/// <param name="Seen">Whether its holder has opened it.</param>
/// <param name="Draft">Whether this person has a draft.</param>
public sealed record InboxRow(InboxItem Item, string Place, Money? Amount, bool Seen, bool Draft);

/// <summary>Adds to a page of the inbox what stands in other tables: three small queries a page, none a line.</summary>
internal sealed class InboxRowReader(IUnitOfWork work, DraftStore drafts)
{
    /// <summary>The lines of a page.</summary>
    public async Task<IReadOnlyList<InboxRow>> ReadAsync(Actor actor, IReadOnlyList<InboxItem> items, CancellationToken cancellationToken)
    {
        var taskIds = items.Select(i => i.TaskId).ToList();
        var caseIds = items.Select(i => i.CaseId).Distinct().ToList();
        var seen = (await work.Set<WorkTask>().Where(t => taskIds.Contains(t.Id) && t.SeenAt != null)
            .Select(t => t.Id).ToListAsync(cancellationToken)).ToHashSet();
        var cases = await work.Set<Case>().Where(c => caseIds.Contains(c.Id))
            .Select(c => new { c.Id, c.CommunityId, c.MonthlyAmount }).ToDictionaryAsync(c => c.Id, cancellationToken);
        var communities = cases.Values.Select(c => c.CommunityId).OfType<Id<OrganisationUnit>>().Distinct().ToList();
        var places = await work.Set<OrganisationUnit>().Where(o => communities.Contains(o.Id))
            .ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        var amounts = actor.Scope.Mask.HasFlag(FieldMask.Economy) ? [] : await AmountsAsync(caseIds, cancellationToken);
        var purposes = await drafts.PurposesAsync(actor, "task:", cancellationToken);
        return items.Select(i =>
        {
            var file = cases.GetValueOrDefault(i.CaseId);
            var place = file?.CommunityId is { } community ? places.GetValueOrDefault(community, "") : "";
            var amount = actor.Scope.Mask.HasFlag(FieldMask.Economy) ? null : file?.MonthlyAmount ?? amounts.GetValueOrDefault(i.CaseId);
            return new InboxRow(i, place, amount, seen.Contains(i.TaskId), purposes.Contains(TaskViewReader.Purpose(i.TaskId)));
        }).ToList();
    }

    private async Task<Dictionary<Id<Case>, Money?>> AmountsAsync(List<Id<Case>> cases, CancellationToken cancellationToken)
    {
        var records = await work.Set<AssessmentRecord>().AsNoTracking().Where(a => cases.Contains(a.CaseId))
            .Select(a => new { a.CaseId, a.At, a.Amount, a.Eligible }).ToListAsync(cancellationToken);
        return records.GroupBy(r => r.CaseId).ToDictionary(
            g => g.Key,
            g => g.MaxBy(r => r.At) is { Eligible: true } newest ? newest.Amount : (Money?)null);
    }
}
