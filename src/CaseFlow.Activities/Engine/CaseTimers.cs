using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;

namespace CaseFlow.Activities.Engine;

/// <summary>
/// Fires timers of cases that have come due by the business clock, each in a step of its own. A case that another transaction
/// holds is left for the next round; a timer that another process fired meanwhile is no longer found in the step.
/// </summary>
internal sealed class CaseTimers(IDueTimers timers, IStepRunner steps, IBusinessClock clock) : IDueWork
{
    private const int Batch = 20;

    /// <inheritdoc/>
    public string Name => "timers";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var fired = 0;
        foreach (var timer in await timers.FindAsync(clock.Now, Batch, cancellationToken))
        {
            fired += await FireAsync(timer, cancellationToken) ? 1 : 0;
        }

        return fired;
    }

    private async Task<bool> FireAsync(DueTimer timer, CancellationToken cancellationToken)
    {
        var step = new Step("timer.fire", Actor.System("timer"), Trigger: $"bookmark:{timer.BookmarkId}");
        try
        {
            return await steps.RunOnAsync<TimerStep, bool>(step, (fire, token) => fire.RunAsync(timer, token), cancellationToken);
        }
        catch (StepFaultedException)
        {
            // Stored as an incident with the time of the next try; the other timers go on.
            return false;
        }
    }
}

/// <summary>The step of one timer.</summary>
internal sealed class TimerStep(ILocks locks, ICaseWorkflow workflow)
{
    /// <summary>Fires it, unless the case is busy.</summary>
    /// <returns>Whether the case was free.</returns>
    public async Task<bool> RunAsync(DueTimer timer, CancellationToken cancellationToken)
    {
        if (!await locks.TryLockCaseAsync(timer.CaseId, cancellationToken))
        {
            return false;
        }

        await workflow.FireTimerAsync(timer.InstanceId, timer.BookmarkId, cancellationToken);
        return true;
    }
}
