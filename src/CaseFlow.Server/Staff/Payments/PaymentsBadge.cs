using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.Raises;
using CaseFlow.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Payments;

/// <summary>How many lists and raises wait for this person, beside the entry of the payments.</summary>
internal sealed class PaymentsBadge(IUnitOfWork work) : INavigationBadge
{
    private static readonly PaymentVerb[] ListVerbs = [PaymentVerb.Freeze, PaymentVerb.Sign];

    /// <inheritdoc/>
    public string Key => "payments";

    /// <inheritdoc/>
    public async Task<int?> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        var lists = await work.Set<PaymentBatch>().AsNoTracking()
            .Where(b => b.State == PaymentBatchState.Draft || b.State == PaymentBatchState.Frozen).ToListAsync(cancellationToken);
        var count = lists.Count(b => ListVerbs.Any(v => PaymentRights.WhyNot(v, b, actor) is null));
        if (RaiseRights.MaySee(actor))
        {
            var raises = await work.Set<StandardRaise>().AsNoTracking().Where(r => r.State != StandardRaiseState.Done).ToListAsync(cancellationToken);
            count += raises.Count(r => RaiseRights.WhyNot(RaiseVerb.Approve, r, actor) is null || RaiseRights.WhyNot(RaiseVerb.Sign, r, actor) is null);
        }

        return count == 0 ? null : count;
    }
}
