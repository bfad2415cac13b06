using CaseFlow.Cases.Kernel;

namespace CaseFlow.Persistence.Steps;

/// <summary>A signal that never counts higher than one: many commits are one reason to look.</summary>
internal sealed class WakeUp : IWakeUp, IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <inheritdoc/>
    public void Signal()
    {
        if (signal.CurrentCount > 0)
        {
            return;
        }

        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another commit signalled between the look and the release: the worker wakes up all the same.
        }
    }

    /// <inheritdoc/>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => signal.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => signal.Dispose();
}
