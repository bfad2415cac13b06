using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Payments;

/// <summary>Money of a case that the bank has sent back and that no later list has taken up.</summary>
/// <param name="Entries">The items of the ledger that have not reached the account.</param>
/// <param name="Months">Their months, the earliest first; empty where nothing is missing.</param>
/// <param name="Reason">The bank's reason, as the last answer gave it.</param>
/// <param name="AccountMended">Whether another account has been recorded since: then the items go into the next list.</param>
public sealed record ReturnedMoney(IReadOnlySet<Id<BenefitEntry>> Entries, IReadOnlyList<Month> Months, string Reason, bool AccountMended)
{
    /// <summary>Nothing came back.</summary>
    public static ReturnedMoney None { get; } = new(new HashSet<Id<BenefitEntry>>(), [], "", false);

    /// <summary>Whether somebody has to look after the account.</summary>
    public bool NeedsAccount => Entries.Count > 0 && !AccountMended;
}

/// <summary>Reads what came back, within the scope in force: the applicant of a case, and the offices that pay it.</summary>
public sealed class ReturnedMoneyReader(IUnitOfWork work, IBlindIndex index)
{
    /// <summary>What of a case's money came back.</summary>
    public async Task<ReturnedMoney> OfCaseAsync(Case caseFile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caseFile);
        var lines = await work.Set<PaymentLine>().AsNoTracking().Where(l => l.CaseId == caseFile.Id).ToListAsync(cancellationToken);
        if (lines.Where(l => l.State == PaymentLineState.Failed).MaxBy(l => l.SettledAt) is not { } last)
        {
            return ReturnedMoney.None;
        }

        var items = await work.Set<PaymentLineItem>().AsNoTracking().Where(i => i.CaseId == caseFile.Id).ToListAsync(cancellationToken);
        var state = lines.ToDictionary(l => l.Id, l => l.State);
        var open = items.GroupBy(i => i.EntryId)
            .Where(g => g.All(i => state.GetValueOrDefault(i.LineId) == PaymentLineState.Failed)).Select(g => g.Key).ToHashSet();
        var months = (await work.Set<BenefitEntry>().AsNoTracking()
            .Where(e => open.Contains(e.Id) && e.Kind != BenefitEntryKind.Recovery).Select(e => e.Month).ToListAsync(cancellationToken)).Distinct().Order().ToList();
        return months.Count == 0
            ? ReturnedMoney.None
            : new ReturnedMoney(open, months, last.FailureReason ?? "", await MendedAsync(caseFile.ApplicantId, last, cancellationToken));
    }

    private async Task<bool> MendedAsync(Id<Person> applicant, PaymentLine failed, CancellationToken cancellationToken)
    {
        var account = await work.Set<Person>().AsNoTracking().Where(p => p.Id == applicant).Select(p => p.BankAccount).FirstOrDefaultAsync(cancellationToken);
        return !string.IsNullOrEmpty(account) && index.OfBankAccount(account) != failed.AccountIndex;
    }
}
