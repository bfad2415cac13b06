using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Demo;

/// <summary>
/// Finance, the leader in charge and the bank do their part of each month: frozen after the closing day, signed the day after,
/// to the bank at the beginning of the month, answered a week later. The last month leaves something to do.
/// </summary>
internal sealed class DemoPayments(IServiceScopeFactory scopes, DemoAccounts accounts)
{
    private const int FreezeDay = 27;
    private const int SignDay = 28;
    private const int AnswerDay = 8;

    /// <summary>Body whose last list still waits for the bank.</summary>
    private const string Unanswered = "220502004";

    /// <summary>Body of whose last list the bank sends one line back.</summary>
    private const string SentBack = "220502003";

    /// <summary>What finance does on a working day.</summary>
    public async Task WorkAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (day.Day is > AnswerDay + 4 and < FreezeDay)
        {
            return;
        }

        foreach (var batch in await OpenAsync(cancellationToken))
        {
            var act = batch.State switch
            {
                PaymentBatchState.Draft when day >= batch.Month.Plus(-1).FirstDay.AddDays(FreezeDay - 1) => FreezeAsync(batch, cancellationToken),
                PaymentBatchState.Frozen when day >= batch.Month.Plus(-1).FirstDay.AddDays(SignDay - 1) => SignAsync(batch, cancellationToken),
                PaymentBatchState.Signed when day >= batch.Month.FirstDay => ExportAsync(batch, cancellationToken),
                PaymentBatchState.Exported when day >= batch.Month.FirstDay.AddDays(AnswerDay - 1) => SettleAsync(batch, cancellationToken),
                _ => Task.CompletedTask,
            };
            await act;
        }
    }

    private async Task FreezeAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var hash = await OnAsync<PaymentLists, string>(async lists => (await lists.ReadAsync(batch, cancellationToken)).HashFor(batch));
        var finance = await accounts.ActorAsync("finance", cancellationToken);
        await OnAsync<PaymentService, PaymentReceipt>(s => s.FreezeAsync(finance, batch.Id, hash, Guid.NewGuid(), cancellationToken));
    }

    private async Task SignAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var leader = await accounts.ActorAsync("district", cancellationToken);
        await OnAsync<PaymentService, PaymentReceipt>(s => s.SignAsync(leader, batch.Id, batch.Hash!, Guid.NewGuid(), cancellationToken));
    }

    private async Task ExportAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var finance = await accounts.ActorAsync("finance", cancellationToken);
        await OnAsync<PaymentService, BankFile>(s => s.ExportAsync(finance, batch.Id, cancellationToken));
    }

    private async Task SettleAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var last = batch.Month == Month.Of(DemoPlan.Today);
        if (last && batch.Number.Contains(Unanswered, StringComparison.Ordinal))
        {
            return;
        }

        var sheet = await OnAsync<PaymentLists, PaymentSheet>(lists => lists.ReadAsync(batch, cancellationToken));
        var due = sheet.Lines.Select(l => l.Line).Where(l => l.State is PaymentLineState.Pending).ToList();
        var refused = last && batch.Number.Contains(SentBack, StringComparison.Ordinal) ? due.FirstOrDefault() : null;
        var answers = due.ConvertAll(l => new BankAnswer(l.Sequence, l.Sequence, l.Amount, l != refused, l == refused ? "账号与户名不符" : null));
        if (answers.Count > 0)
        {
            var finance = await accounts.ActorAsync("finance", cancellationToken);
            await OnAsync<PaymentService, PaymentReceipt>(s => s.SettleAsync(finance, batch.Id, answers, Guid.NewGuid(), cancellationToken));
        }
    }

    private Task<List<PaymentBatch>> OpenAsync(CancellationToken cancellationToken) => OnAsync<IUnitOfWork, List<PaymentBatch>>(work =>
        work.Set<PaymentBatch>().AsNoTracking().Where(b => b.State != PaymentBatchState.Settled).OrderBy(b => b.Number).ToListAsync(cancellationToken));

    private async Task<T> OnAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("demo"));
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
