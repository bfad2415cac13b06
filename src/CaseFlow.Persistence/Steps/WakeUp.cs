using CaseFlow.Cases.Kernel;

namespace CaseFlow.Persistence.Steps;

/// <summary>One promise that is kept at the next commit and then made anew; any number of works may wait for it.</summary>
internal sealed class WakeUp : IWakeUp
{
    private TaskCompletionSource next = Fresh();

    /// <inheritdoc/>
    public Task Next => Volatile.Read(ref next).Task;

    /// <inheritdoc/>
    public void Signal() => Interlocked.Exchange(ref next, Fresh()).TrySetResult();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
