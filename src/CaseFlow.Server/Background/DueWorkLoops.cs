using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.Background;

/// <summary>
/// One loop for each kind of work, so that a slow mail server holds up no timer. A loop goes on while there is something to
/// do, then sleeps until something is committed here (and a moment longer, so that many commits are one reason to look), or
/// for two seconds, since other processes commit too.
/// </summary>
internal sealed class DueWorkLoops(IEnumerable<IDueWork> works, IWakeUp wakeUp, ILogger<DueWorkLoops> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(works.Select(work => Task.Run(() => LoopAsync(work, stoppingToken), stoppingToken)));

    private async Task LoopAsync(IDueWork work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var next = wakeUp.Next;
            try
            {
                if (await work.RunDueAsync(stop) == 0)
                {
                    await Task.WhenAny(next, Task.Delay(Poll, stop));
                    await Task.Delay(Gathering, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "The work {Work} failed and is tried again", work.Name);
                await PauseAsync(stop);
            }
        }
    }

    private static async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(AfterError, stop);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
