using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Payments;

/// <summary>Puts the items of a closed month on the list of the case's township; the first item opens the list.</summary>
public sealed class PaymentOpening(IUnitOfWork work, IBusinessClock clock)
{
    /// <summary>
    /// Assigns items to the month's list, in the current step. A list that is no longer a draft takes nothing more: the items
    /// wait for the next.
    /// </summary>
    public async Task AssignAsync(Case caseFile, Month month, IReadOnlyCollection<BenefitEntry> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caseFile);
        ArgumentNullException.ThrowIfNull(items);
        foreach (var programme in items.GroupBy(e => e.Programme))
        {
            var batch = await OpenAsync(caseFile.OrganisationId, programme.Key, month, cancellationToken);
            if (batch.State is not PaymentBatchState.Draft)
            {
                continue;
            }

            foreach (var entry in programme)
            {
                entry.BatchNumber = batch.Number;
            }
        }
    }

    private async Task<PaymentBatch> OpenAsync(Id<OrganisationUnit> organisation, string programme, Month month, CancellationToken cancellationToken)
    {
        var code = await work.Set<OrganisationUnit>().Where(o => o.Id == organisation).Select(o => o.Code).FirstAsync(cancellationToken);
        var number = PaymentBatch.NumberOf(programme, code, month);
        var known = await work.Set<PaymentBatch>().FirstOrDefaultAsync(b => b.Number == number, cancellationToken);
        if (known is not null)
        {
            return known;
        }

        var batch = new PaymentBatch { Number = number, Programme = programme, OrganisationId = organisation, Month = month, OpenedAt = clock.Now };
        work.Set<PaymentBatch>().Add(batch);
        return batch;
    }
}
