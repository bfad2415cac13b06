using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Raises;

/// <summary>The verbs of a raise inside their step, and the change of one household.</summary>
internal sealed class RaiseStep(
    IUnitOfWork work,
    ILocks locks,
    IAuditTrail audit,
    IBusinessClock clock,
    StandardRaises raises,
    RaiseOpening opening,
    BenefitService benefits,
    NotificationService notifications)
{
    private const string Wording = "standard-raised";

    public async Task<RaiseReceipt> ApproveAsync(Actor actor, Id<StandardRaise> id, string seenHash, CancellationToken cancellationToken)
    {
        var raise = await LoadAsync(actor, id, RaiseVerb.Approve, cancellationToken);
        var sheet = await raises.ReadAsync(raise, cancellationToken);
        var hash = sheet.HashFor(raise);
        if (hash != seenHash)
        {
            throw new ConflictException("预览在您打开后有变化（新的决定或停发），请看过新的预览再批准。");
        }

        if (!sheet.Raised.Any())
        {
            throw new RefusedException("raise-empty", "没有需要调整的户，不用批准。");
        }

        work.Set<StandardRaiseLine>().AddRange(sheet.Households.Select(h => h.Line));
        (raise.State, raise.Hash, raise.Households, raise.Increase) = (StandardRaiseState.Approved, hash, sheet.Raised.Count(), sheet.Increase);
        (raise.ApprovedBy, raise.ApprovedByName, raise.ApprovedAt) = (actor.AccountId, actor.NameAndPost, clock.Now);
        return await SaidAsync(raise, actor, "raise.approve", $"已批准：{raise.Households} 户，每月共增加 {raise.Increase} 元。等第二人批准。", cancellationToken);
    }

    public async Task<RaiseReceipt> ReopenAsync(Actor actor, Id<StandardRaise> id, string reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            throw new InvalidInputException("reason", "请写明退回的原因（不超过 500 字）。");
        }

        var raise = await LoadAsync(actor, id, RaiseVerb.Reopen, cancellationToken);
        work.Set<StandardRaiseLine>().RemoveRange(await work.Set<StandardRaiseLine>().Where(l => l.RaiseId == raise.Id).ToListAsync(cancellationToken));
        (raise.State, raise.Hash, raise.Households, raise.Increase) = (StandardRaiseState.Draft, null, 0, Money.Zero);
        (raise.ApprovedBy, raise.ApprovedByName, raise.ApprovedAt) = (null, null, null);
        raise.ReopenReason = reason.Trim();
        return await SaidAsync(raise, actor, "raise.reopen", "已退回，回到预览。", cancellationToken);
    }

    public async Task<RaiseReceipt> SignAsync(Actor actor, Id<StandardRaise> id, string seenHash, CancellationToken cancellationToken)
    {
        var raise = await LoadAsync(actor, id, RaiseVerb.Sign, cancellationToken);
        if (raise.Hash != seenHash)
        {
            throw new ConflictException("名单在您打开后重新批准过，请看过新的名单再签。");
        }

        raise.State = StandardRaiseState.Signed;
        (raise.SignedBy, raise.SignedByName, raise.SignedAt) = (actor.AccountId, actor.NameAndPost, clock.Now);
        return await SaidAsync(raise, actor, "raise.sign", $"已批准，正在逐户执行：{raise.Households} 户。", cancellationToken);
    }

    public async Task<RaiseReceipt> RepeatAsync(Actor actor, Id<StandardRaise> id, CancellationToken cancellationToken)
    {
        var raise = await LoadAsync(actor, id, RaiseVerb.Repeat, cancellationToken);
        var next = await opening.FurtherAsync(raise, cancellationToken)
            ?? throw new RefusedException("raise-open", "同一标准的核算还有一次没有办完。");
        return await SaidAsync(next, actor, "raise.open", "已重新核对，请看新的预览。", cancellationToken);
    }

    /// <summary>Opens a further run if some household could be raised now: one that was granted by the old standard since.</summary>
    public async Task<bool> LookAgainAsync(Id<StandardRaise> id, CancellationToken cancellationToken)
    {
        var last = await work.Set<StandardRaise>().FirstAsync(r => r.Id == id, cancellationToken);
        if (!(await raises.PreviewAsync(last, cancellationToken)).Raised.Any() || await opening.FurtherAsync(last, cancellationToken) is not { } next)
        {
            return false;
        }

        await SaidAsync(next, Actor.System("standard-raise"), "raise.open", "", cancellationToken);
        return true;
    }

    /// <summary>Ends a preview in which nobody is left once its first month has begun: later grants use the new standard anyway.</summary>
    public async Task<bool> CloseEmptyAsync(Id<StandardRaise> id, CancellationToken cancellationToken)
    {
        var raise = await work.Set<StandardRaise>().FirstAsync(r => r.Id == id, cancellationToken);
        if (raise.State is not StandardRaiseState.Draft || raise.From > Month.Of(clock.Today)
            || (await raises.PreviewAsync(raise, cancellationToken)).Households.Count > 0)
        {
            return false;
        }

        (raise.State, raise.Hash, raise.DoneAt) = (StandardRaiseState.Done, RaiseSheet.Fingerprint(raise, []), clock.Now);
        await SaidAsync(raise, Actor.System("standard-raise"), "raise.done", "", cancellationToken);
        return true;
    }

    /// <summary>
    /// Changes one household as approved. One that has changed since (another decision, a stop) is left with that reason: what
    /// the two approvers have seen is what is carried out, and nothing else.
    /// </summary>
    public async Task<bool> ApplyAsync(Id<StandardRaiseLine> id, CancellationToken cancellationToken)
    {
        var found = await work.Set<StandardRaiseLine>().AsNoTracking().FirstAsync(l => l.Id == id, cancellationToken);
        await locks.LockCaseAsync(found.CaseId, cancellationToken);
        var line = await work.Set<StandardRaiseLine>().FirstAsync(l => l.Id == id, cancellationToken);
        if (line.State is not RaiseLineState.Pending)
        {
            return false;
        }

        var raise = await work.Set<StandardRaise>().AsNoTracking().FirstAsync(r => r.Id == line.RaiseId, cancellationToken);
        var file = await work.Set<Case>().FirstAsync(c => c.Id == line.CaseId, cancellationToken);
        var now = await raises.OneAsync(raise, line.CaseId, cancellationToken);
        if (now?.Line is not { State: RaiseLineState.Pending } fresh || (fresh.From, fresh.To, fresh.Before, fresh.After) != (line.From, line.To, line.Before, line.After))
        {
            (line.State, line.Why) = (RaiseLineState.Left, "批准以后有新的决定或变化，没有调整；再核对一次时按新情况计算");
            await notifications.TellHandlersAsync(file, $"raise/{raise.Number}/left", $"{line.Name}没有随提标调整：{line.Why}。", cancellationToken);
            return true;
        }

        var reason = $"提标（{DocumentModels.MonthText(raise.From)}起 {raise.After} 元）";
        var records = now.Stretches.Select(s => (Stretch: s, Record: RecordOf(file, s))).ToList();
        work.Set<AssessmentRecord>().AddRange(records.Select(r => r.Record));
        await benefits.RaiseAsync(file, [.. records.Select(r => (r.Stretch, r.Record.Id))], reason, cancellationToken);
        (line.State, line.Arrears) = (RaiseLineState.Applied, fresh.Arrears);
        await TellAsync(raise, line, file, now.Stretches[^1], cancellationToken);
        return true;
    }

    /// <summary>Ends a raise whose last household is done.</summary>
    public async Task<bool> FinishAsync(Id<StandardRaise> id, CancellationToken cancellationToken)
    {
        var raise = await work.Set<StandardRaise>().FirstAsync(r => r.Id == id, cancellationToken);
        if (raise.State is not StandardRaiseState.Signed
            || await work.Set<StandardRaiseLine>().AnyAsync(l => l.RaiseId == id && l.State == RaiseLineState.Pending, cancellationToken))
        {
            return false;
        }

        (raise.State, raise.DoneAt) = (StandardRaiseState.Done, clock.Now);
        await SaidAsync(raise, Actor.System("standard-raise"), "raise.done", "", cancellationToken);
        return true;
    }

    private AssessmentRecord RecordOf(Case file, RaisedStretch stretch) => new()
    {
        CaseId = file.Id,
        AsOf = stretch.From.FirstDay,
        Eligible = true,
        Amount = stretch.Amount,
        Members = stretch.Result.Members,
        YearlyIncomeFen = stretch.Result.YearlyIncomeFen,
        LinesJson = stretch.Result.LinesJson(),
        At = clock.Now,
        BaseId = stretch.RootId,
    };

    private async Task TellAsync(StandardRaise raise, StandardRaiseLine line, Case file, RaisedStretch last, CancellationToken cancellationToken)
    {
        var arrears = line.Arrears > Money.Zero ? $"以前月份应补的 {line.Arrears} 元随下一批发放补发。" : "";
        var words = last.To is null
            ? $"保障标准提高，您家自{DocumentModels.MonthText(line.From)}起每月 {line.After} 元（原来 {line.Before} 元），不用申请。{arrears}"
            : $"保障标准提高，您家在{DocumentModels.MonthText(line.From)}至{DocumentModels.MonthText(last.To.Value)}的金额已重新计算。{arrears}";
        await notifications.TellApplicantAsync(file, $"raise/{raise.Number}", words, null, cancellationToken, Wording);
    }

    private async Task<StandardRaise> LoadAsync(Actor actor, Id<StandardRaise> id, RaiseVerb verb, CancellationToken cancellationToken)
    {
        var raise = await work.Set<StandardRaise>().FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        return raise is null || !RaiseRights.MaySee(actor) ? throw new RefusedException("not-found", "找不到这次提标核算。")
            : RaiseRights.WhyNot(verb, raise, actor) is { } refusal ? throw new RefusedException(refusal)
            : raise;
    }

    private async Task<RaiseReceipt> SaidAsync(StandardRaise raise, Actor actor, string action, string message, CancellationToken cancellationToken)
    {
        var details = new JsonObject
        {
            ["number"] = raise.Number,
            ["state"] = raise.State.ToString(),
            ["households"] = raise.Households,
            ["fen"] = raise.Increase.Fen,
            ["hash"] = raise.Hash,
        };
        if (action == "raise.reopen")
        {
            details["reason"] = raise.ReopenReason;
        }

        await audit.AppendAsync($"raise:{raise.Id}", actor, action, details, cancellationToken);
        return new RaiseReceipt(raise.Number, raise.State, message);
    }
}
