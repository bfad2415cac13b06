using CaseFlow.Cases.Scope;
using CaseFlow.Persistence.Context;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Steps;

/// <summary>Short transactions of the persistence's own: incidents, access log, claims, blobs. They pass the same gate as steps.</summary>
internal sealed class Transactions(IServiceScopeFactory scopes, WriteGate gate)
{
    private const int MostAttempts = 5;

    /// <summary>Runs <paramref name="work"/> with a context of its own and commits it; transient errors repeat it.</summary>
    public async Task<T> RunAsync<T>(string reason, Func<CaseFlowDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(reason, work, cancellationToken);
            }
            catch (Exception error) when (attempt < MostAttempts
                && (DatabaseErrors.IsTransient(error) || DatabaseErrors.IsAppendRace(error)))
            {
                await Jitter.WaitAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Reads with a context of its own, outside of a transaction and past the gate.</summary>
    public async Task<T> ReadAsync<T>(string reason, Func<CaseFlowDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System(reason));
        return await read(services.ServiceProvider.GetRequiredService<CaseFlowDbContext>(), cancellationToken);
    }

    private async Task<T> OnceAsync<T>(string reason, Func<CaseFlowDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var permit = await gate.EnterAsync(cancellationToken);
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System(reason));
        var db = services.ServiceProvider.GetRequiredService<CaseFlowDbContext>();
        db.EnterStep();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}

/// <summary>Waits between attempts, longer each time and never in step with others.</summary>
internal static class Jitter
{
    /// <summary>Waits up to 20 ms before the second attempt, up to 320 ms before the fifth.</summary>
    public static Task WaitAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(1 + Random.Shared.Next(10 << attempt)), cancellationToken);
}
