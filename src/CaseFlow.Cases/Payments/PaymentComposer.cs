using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Payments;

/// <summary>
/// Works out a list from what is known of each household (domain K): regular item of the month, arrears, recoveries, the
/// comparison with the month before. Pure: the same sources give the same list.
/// </summary>
/// <param name="month">The month that is paid.</param>
/// <param name="recoveryShare">Highest part of the regular amount that a recovery may keep back in a month, in parts per ten thousand.</param>
public sealed class PaymentComposer(Month month, long recoveryShare)
{
    private const long Whole = 10_000;

    /// <summary>The list.</summary>
    public PaymentSheet Compose(IReadOnlyList<PaymentSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var lines = new List<PaymentSheetLine>();
        var holds = new List<PaymentHold>();
        foreach (var source in sources)
        {
            var line = LineOf(source);
            if (line.Line.Amount > Money.Zero && HoldOf(source, line.Line.Amount) is { } hold)
            {
                holds.Add(hold);
            }
            else if (line.Items.Count > 0 || source.Previous is { Fen: > 0 })
            {
                line.Line.Sequence = lines.Count + 1;
                lines.Add(line);
            }
        }

        var undecided = sources.Where(s => s.Previous is null && s.Items.Any(e => e.DecisionId is null)).Select(s => s.Name).ToList();
        return new PaymentSheet(lines, holds, PaymentChecks.Of(lines, holds, undecided, month));
    }

    private PaymentSheetLine LineOf(PaymentSource source)
    {
        // A month that the bank sent back comes again beside the regular amount of this one.
        var regular = Sum(source.Items.Where(e => e.Kind is BenefitEntryKind.Regular && e.Month == month));
        var gross = Sum(source.Items);
        var kept = KeepBack(source, regular, gross);
        var deducted = kept.Aggregate(Money.Zero, (sum, k) => sum + k.Part);
        var line = new PaymentLine
        {
            CaseId = source.CaseId,
            BeneficiaryId = source.BeneficiaryId,
            Name = source.Name,
            CommunityId = source.CommunityId,
            Members = source.Members,
            Regular = regular,
            Supplements = source.Supplements < regular ? source.Supplements : regular,
            Adjustment = gross - regular,
            Deducted = deducted,
            Amount = gross - deducted,
            AccountIndex = source.AccountIndex ?? "",
            AccountTail = source.AccountTail,
            Change = ChangeOf(source.Previous, regular),
        };
        line.State = line.Amount > Money.Zero ? PaymentLineState.Pending : PaymentLineState.Nothing;
        line.Words = PaymentWords.Of(line, source, deducted, month);
        return new PaymentSheetLine(
            line,
            [
                .. source.Items.Select(e => Item(line, e, e.Amount)),
                .. kept.Select(k => Item(line, k.Entry, -k.Part)),
            ]);
    }

    /// <summary>
    /// What recoveries keep back. A month that was recovered before it ever reached the account (the bank had sent it back) is
    /// set off whole; of the rest no more than the share of the month's regular amount, so that the household can live.
    /// </summary>
    private List<(BenefitEntry Entry, Money Part)> KeepBack(PaymentSource source, Money regular, Money gross)
    {
        var kept = new List<(BenefitEntry, Money)>();
        var share = new Money(regular.Fen * recoveryShare / Whole);
        var left = gross;
        foreach (var (entry, due) in source.Recoveries.OrderBy(r => r.Entry.Month).ThenBy(r => r.Entry.At))
        {
            var unpaid = Sum(source.Items.Where(e => e.Month == entry.Month && e.Month < month));
            var free = unpaid > Money.Zero ? unpaid : share;
            var part = Least(due, free, left);
            if (part <= Money.Zero)
            {
                continue;
            }

            kept.Add((entry, part));
            left -= part;
            share = unpaid > Money.Zero ? share : share - part;
        }

        return kept;
    }

    private static PaymentHold? HoldOf(PaymentSource source, Money amount)
    {
        (string Code, string Reason)? why = source switch
        {
            { DiedOn: { } died } => ("died", $"受益人已于{died:yyyy-MM-dd}死亡，待停发或变更决定。"),
            { AccountIndex: null } => ("no-account", "没有登记发放账户，请乡镇（街道）核对后补登。"),
            { Failed: { } failed } when failed.AccountIndex == source.AccountIndex =>
                ("account-unchanged", $"银行退回（{failed.FailureReason}），账户还没有更正。"),
            _ => null,
        };
        return why is { } found ? new PaymentHold(source.CaseId, source.Name, amount, found.Code, found.Reason) : null;
    }

    private static PaymentChange ChangeOf(Money? previous, Money regular) => previous?.Fen switch
    {
        null or 0 => regular > Money.Zero ? PaymentChange.New : PaymentChange.Unchanged,
        { } before when regular.Fen == before => PaymentChange.Unchanged,
        { } before when regular.Fen > before => PaymentChange.Raised,
        _ => regular > Money.Zero ? PaymentChange.Lowered : PaymentChange.Stopped,
    };

    private static PaymentLineItem Item(PaymentLine line, BenefitEntry entry, Money amount) =>
        new() { LineId = line.Id, EntryId = entry.Id, CaseId = line.CaseId, Amount = amount };

    private static Money Sum(IEnumerable<BenefitEntry> entries) => entries.Aggregate(Money.Zero, (sum, e) => sum + e.Amount);

    private static Money Least(Money a, Money b, Money c) => a <= b && a <= c ? a : b <= c ? b : c;
}
