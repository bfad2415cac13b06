using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Cases.Raises;

/// <summary>
/// Carries signed raises out, one household a step, and looks once a day whether a grant since the last run still rests on the
/// old standard.
/// </summary>
internal sealed class RaiseWork(IServiceScopeFactory scopes, IBusinessClock clock) : IDueWork
{
    private const int AtOnce = 50;

    private DateOnly? _looked;

    /// <inheritdoc/>
    public string Name => "standard-raise";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System(Name));
        var done = 0;
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        foreach (var id in await work.Set<StandardRaise>().AsNoTracking()
            .Where(r => r.State == StandardRaiseState.Signed).OrderBy(r => r.SignedAt).Select(r => r.Id).ToListAsync(cancellationToken))
        {
            done += await CarryOutAsync(scope.ServiceProvider, id, cancellationToken);
        }

        var today = clock.Today;
        if (done == 0 && _looked != today)
        {
            done += await LookAgainAsync(scope.ServiceProvider, cancellationToken);
            _looked = today;
        }

        return done;
    }

    private async Task<int> CarryOutAsync(IServiceProvider services, Id<StandardRaise> id, CancellationToken cancellationToken)
    {
        var pending = await services.GetRequiredService<IUnitOfWork>().Set<StandardRaiseLine>().AsNoTracking()
            .Where(l => l.RaiseId == id && l.State == RaiseLineState.Pending)
            .OrderBy(l => l.Sequence).Take(AtOnce).Select(l => l.Id).ToListAsync(cancellationToken);
        var done = 0;
        foreach (var line in pending)
        {
            done += await RunAsync(services, "raise.apply", (step, token) => step.ApplyAsync(line, token), cancellationToken);
        }

        return pending.Count == 0
            ? await RunAsync(services, "raise.done", (step, token) => step.FinishAsync(id, token), cancellationToken)
            : done;
    }

    /// <summary>The last run of each standard: done, and some household could be raised now; or a preview in which nobody is left.</summary>
    private async Task<int> LookAgainAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var raises = await services.GetRequiredService<IUnitOfWork>().Set<StandardRaise>().AsNoTracking().ToListAsync(cancellationToken);
        var opened = 0;
        foreach (var latest in raises.GroupBy(r => (r.Programme, r.AreaType)).Select(g => g.MaxBy(r => (r.From, r.OpenedAt))!))
        {
            opened += latest.State switch
            {
                StandardRaiseState.Done => await RunAsync(services, "raise.open", (step, token) => step.LookAgainAsync(latest.Id, token), cancellationToken),
                StandardRaiseState.Draft => await RunAsync(services, "raise.done", (step, token) => step.CloseEmptyAsync(latest.Id, token), cancellationToken),
                _ => 0,
            };
        }

        return opened;
    }

    private async Task<int> RunAsync(
        IServiceProvider services, string name, Func<RaiseStep, CancellationToken, Task<bool>> act, CancellationToken cancellationToken) =>
        await services.GetRequiredService<IStepRunner>().RunOnAsync(new Step(name, Actor.System(Name)), act, cancellationToken) ? 1 : 0;
}
