using CaseFlow.Cases.Procedures;

namespace CaseFlow.Server.Background;

/// <summary>
/// Walks a demo's clock forward in the background, one walk at a time: a year takes longer than a browser waits. Who asked
/// waits for a while and then reads where it stands.
/// </summary>
internal sealed class ClockWalker(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<ClockWalker> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private readonly Lock starting = new();
    private Task walk = Task.CompletedTask;
    private CancellationTokenSource? stopping;

    /// <summary>Where the walk under way leads; null while the clock stands where it should.</summary>
    public DateTimeOffset? Target { get; private set; }

    /// <summary>Ends the walk under way at the day where it is; nothing happens where there is none.</summary>
    public void Stop()
    {
        lock (starting)
        {
            stopping?.Cancel();
        }
    }

    /// <summary>Walks to a moment. A walk under way goes on to the later of the two.</summary>
    /// <returns>Whether it has arrived; else it is still on its way.</returns>
    /// <exception cref="CaseFlow.Cases.Kernel.RefusedException">Not a demo, backward, or too far at once.</exception>
    public async Task<bool> MoveToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        Task mine;
        lock (starting)
        {
            mine = walk = WalkAsync(walk, target);
        }

        try
        {
            await mine.WaitAsync(Patience, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            _ = mine.ContinueWith(t => logger.LogError(t.Exception, "The clock did not arrive at {Target}", target), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task WalkAsync(Task before, DateTimeOffset target)
    {
        await Task.WhenAny(before);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        lock (starting)
        {
            (Target, stopping) = (target, stop);
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ClockWalk>().MoveToAsync(target, stop.Token);
        }
        finally
        {
            lock (starting)
            {
                (Target, stopping) = (null, null);
            }
        }
    }
}
