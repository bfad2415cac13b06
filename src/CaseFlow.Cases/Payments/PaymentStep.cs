using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Payments;

/// <summary>The verbs of a list inside their step. Persons are locked before their items are read, so that no decision comes between.</summary>
internal sealed class PaymentStep(
    IUnitOfWork work, ILocks locks, IAuditTrail audit, IBusinessClock clock, PaymentLists lists, IBlindIndex index, ReturnedPayments returned)
{
    public async Task<PaymentReceipt> FreezeAsync(Actor actor, Id<PaymentBatch> id, string seenHash, CancellationToken cancellationToken)
    {
        var batch = await LoadAsync(actor, id, PaymentVerb.Freeze, cancellationToken);
        await LockBeneficiariesAsync(batch, cancellationToken);
        var sheet = await lists.ReadAsync(batch, cancellationToken);
        var hash = sheet.HashFor(batch);
        if (hash != seenHash)
        {
            throw new ConflictException("名单在您打开后有变化（新的决定、账户更正或死亡登记），请看过新的名单再冻结。");
        }

        if (sheet.Checks.FirstOrDefault(c => c is { Holds: false, Stops: true }) is { } failed)
        {
            throw new RefusedException("payment-check", failed.Text);
        }

        foreach (var (line, items) in sheet.Lines)
        {
            line.BatchId = batch.Id;
            work.Set<PaymentLine>().Add(line);
            work.Set<PaymentLineItem>().AddRange(items);
        }

        (batch.State, batch.Hash, batch.Total) = (PaymentBatchState.Frozen, hash, sheet.Total);
        (batch.Households, batch.Persons) = (sheet.Households, sheet.Persons);
        (batch.FrozenBy, batch.FrozenByName, batch.FrozenAt) = (actor.AccountId, actor.NameAndPost, clock.Now);
        return await DoneAsync(batch, actor, "payment.freeze", $"已冻结：{batch.Households} 户，{batch.Total} 元。等分管领导第二签。", cancellationToken);
    }

    public async Task<PaymentReceipt> ReopenAsync(Actor actor, Id<PaymentBatch> id, string reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new InvalidInputException("reason", "请写明解冻的原因（不超过 500 字）。");
        }

        var batch = await LoadAsync(actor, id, PaymentVerb.Reopen, cancellationToken);
        await LockBeneficiariesAsync(batch, cancellationToken);
        var sheet = await lists.ReadAsync(batch, cancellationToken);
        foreach (var (line, items) in sheet.Lines)
        {
            work.Set<PaymentLineItem>().RemoveRange(items);
            work.Set<PaymentLine>().Remove(line);
        }

        await TakeRecoveriesAsync(sheet, null, cancellationToken);
        batch.State = PaymentBatchState.Draft;
        batch.ReopenReason = reason.Trim();
        batch.Hash = null;
        (batch.Households, batch.Persons, batch.Total) = (0, 0, Money.Zero);
        (batch.FrozenBy, batch.FrozenByName, batch.FrozenAt) = (null, null, null);
        (batch.SignedBy, batch.SignedByName, batch.SignedAt) = (null, null, null);
        return await DoneAsync(batch, actor, "payment.reopen", "已解冻，名单回到草稿。", cancellationToken);
    }

    public async Task<PaymentReceipt> SignAsync(Actor actor, Id<PaymentBatch> id, string seenHash, CancellationToken cancellationToken)
    {
        var batch = await LoadAsync(actor, id, PaymentVerb.Sign, cancellationToken);
        if (batch.Hash != seenHash)
        {
            throw new ConflictException("名单在您打开后重新冻结过，请看过新的名单再签。");
        }

        await LockBeneficiariesAsync(batch, cancellationToken);
        var sheet = await lists.ReadAsync(batch, cancellationToken);
        await ReleaseWaitingAsync(batch, sheet, cancellationToken);
        await TakeRecoveriesAsync(sheet, batch.Number, cancellationToken);
        batch.State = PaymentBatchState.Signed;
        (batch.SignedBy, batch.SignedByName, batch.SignedAt) = (actor.AccountId, actor.NameAndPost, clock.Now);
        return await DoneAsync(batch, actor, "payment.sign", $"已签：{batch.Households} 户，{batch.Total} 元。可以导出银行文件。", cancellationToken);
    }

    public async Task<BankFile> ExportAsync(Actor actor, Id<PaymentBatch> id, CancellationToken cancellationToken)
    {
        var batch = await LoadAsync(actor, id, PaymentVerb.Export, cancellationToken);
        var sheet = await lists.ReadAsync(batch, cancellationToken);
        var due = sheet.Lines.Select(l => l.Line).Where(l => l.Amount > Money.Zero).ToList();
        var ids = due.ConvertAll(l => l.BeneficiaryId);
        var persons = await work.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var lines = due.ConvertAll(l => LineFor(l, persons[l.BeneficiaryId]));
        batch.State = PaymentBatchState.Exported;
        batch.ExportedByName ??= actor.NameAndPost;
        batch.ExportedAt ??= clock.Now;
        await DoneAsync(batch, actor, "payment.export", "", cancellationToken);
        return new BankFile(batch.Number, batch.Programme, batch.Month, lines, batch.Total, batch.Hash!);
    }

    public async Task<PaymentReceipt> SettleAsync(Actor actor, Id<PaymentBatch> id, IReadOnlyList<BankAnswer> answers, CancellationToken cancellationToken)
    {
        var batch = await LoadAsync(actor, id, PaymentVerb.Settle, cancellationToken);
        await LockBeneficiariesAsync(batch, cancellationToken);
        var sheet = await lists.ReadAsync(batch, cancellationToken);
        var lines = sheet.Lines.ToDictionary(l => l.Line.Sequence, l => l.Line);
        if (BankAnswerCheck.Of(answers, lines) is { Count: > 0 } faults)
        {
            throw new InvalidInputException(faults);
        }

        foreach (var answer in answers)
        {
            var line = lines[answer.Sequence];
            line.State = answer.Paid ? PaymentLineState.Paid : PaymentLineState.Failed;
            line.FailureReason = answer.Paid ? null : answer.Reason!.Trim();
            line.SettledAt = clock.Now;
        }

        await ReleaseFailedAsync(sheet, answers.Where(a => !a.Paid).Select(a => a.Sequence).ToHashSet(), cancellationToken);
        await returned.TellAsync(batch, answers.Where(a => !a.Paid).Select(a => lines[a.Sequence]), cancellationToken);
        var open = sheet.Lines.Count(l => l.Line.State is PaymentLineState.Pending);
        if (open == 0)
        {
            (batch.State, batch.SettledAt) = (PaymentBatchState.Settled, clock.Now);
        }

        var failed = answers.Count(a => !a.Paid);
        var message = $"已读入 {answers.Count} 条：到账 {answers.Count - failed}，退回 {failed}，还有 {open} 条没有回盘。";
        return await DoneAsync(batch, actor, "payment.settle", message, cancellationToken);
    }

    private async Task<PaymentBatch> LoadAsync(Actor actor, Id<PaymentBatch> id, PaymentVerb verb, CancellationToken cancellationToken)
    {
        var batch = await work.Set<PaymentBatch>().FirstOrDefaultAsync(b => b.Id == id, cancellationToken);
        if (batch is null || !(actor.Scope.Everything || actor.Scope.Organisations.Contains(batch.OrganisationId)))
        {
            throw new RefusedException("not-found", "找不到这份名单。");
        }

        return PaymentRights.WhyNot(verb, batch, actor) is { } refusal ? throw new RefusedException(refusal) : batch;
    }

    private async Task LockBeneficiariesAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var persons = await work.Set<BenefitEntry>().Where(e => e.BatchNumber == batch.Number).Select(e => e.BeneficiaryId).Distinct().ToListAsync(cancellationToken);
        await locks.LockPersonsAsync(persons.Order(), cancellationToken);
    }

    /// <summary>Items of households that are not on the list wait for a later one.</summary>
    private async Task ReleaseWaitingAsync(PaymentBatch batch, PaymentSheet sheet, CancellationToken cancellationToken)
    {
        var paid = sheet.Lines.SelectMany(l => l.Items).Select(i => i.EntryId).ToHashSet();
        foreach (var entry in await work.Set<BenefitEntry>().Where(e => e.BatchNumber == batch.Number).ToListAsync(cancellationToken))
        {
            if (!paid.Contains(entry.Id))
            {
                entry.BatchNumber = null;
            }
        }
    }

    /// <summary>A recovery that is now kept back whole belongs to the list, and is given back when the list is reopened.</summary>
    private async Task TakeRecoveriesAsync(PaymentSheet sheet, string? number, CancellationToken cancellationToken)
    {
        var ids = sheet.Lines.SelectMany(l => l.Items).Where(i => i.Amount < Money.Zero).Select(i => i.EntryId).ToList();
        var entries = await work.Set<BenefitEntry>().Where(e => ids.Contains(e.Id) && e.Kind == BenefitEntryKind.Recovery).ToListAsync(cancellationToken);
        foreach (var entry in entries)
        {
            var kept = await work.Set<PaymentLineItem>().AsNoTracking()
                .Where(i => i.EntryId == entry.Id && work.Set<PaymentLine>().Any(l => l.Id == i.LineId && l.State != PaymentLineState.Failed))
                .ToListAsync(cancellationToken);
            entry.BatchNumber = number is not null && kept.Aggregate(Money.Zero, (sum, i) => sum + i.Amount) == entry.Amount ? number : null;
        }
    }

    private async Task ReleaseFailedAsync(PaymentSheet sheet, HashSet<int> failed, CancellationToken cancellationToken)
    {
        var ids = sheet.Lines.Where(l => failed.Contains(l.Line.Sequence)).SelectMany(l => l.Items).Select(i => i.EntryId).ToList();
        foreach (var entry in await work.Set<BenefitEntry>().Where(e => ids.Contains(e.Id)).ToListAsync(cancellationToken))
        {
            entry.BatchNumber = null;
        }
    }

    private async Task<PaymentReceipt> DoneAsync(PaymentBatch batch, Actor actor, string action, string message, CancellationToken cancellationToken)
    {
        var details = new JsonObject
        {
            ["number"] = batch.Number,
            ["state"] = batch.State.ToString(),
            ["households"] = batch.Households,
            ["fen"] = batch.Total.Fen,
            ["hash"] = batch.Hash,
        };
        if (action == "payment.reopen")
        {
            details["reason"] = batch.ReopenReason;
        }

        await audit.AppendAsync($"payment:{batch.Id}", actor, action, details, cancellationToken);
        return new PaymentReceipt(batch.Number, batch.State, message);
    }

    /// <summary>The bank gets the account that was frozen and signed, or nothing.</summary>
    private BankLine LineFor(PaymentLine line, Person person) =>
        person.BankAccount is { } account && index.OfBankAccount(account) == line.AccountIndex
            ? new BankLine(line.Sequence, line.Name, person.IdNumber, account, person.BankName ?? "", line.Amount)
            : throw new RefusedException("account-changed", $"序号 {line.Sequence}（{line.Name}）的账户在冻结后有变化，请解冻重来。");
}
