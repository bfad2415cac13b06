namespace CaseFlow.Cases.Kernel;

/// <summary>
/// One kind of work that is done after commits or when its time has come: timers, outbox, requests to other systems,
/// rendering. Every server process calls it; the database decides which process gets which row, so more processes need no
/// further coordination.
/// </summary>
public interface IDueWork
{
    /// <summary>Name in logs: <c>timers</c>, <c>outbox</c> ...</summary>
    string Name { get; }

    /// <summary>Does one small batch of what is due now, each item in a transaction of its own.</summary>
    /// <returns>How many items were done; more than none means that it is worth asking again at once.</returns>
    Task<int> RunDueAsync(CancellationToken cancellationToken);
}

/// <summary>Told after each commit in this process, so that work which it caused starts at once instead of at the next poll.</summary>
public interface IWakeUp
{
    /// <summary>Something was committed.</summary>
    void Signal();

    /// <summary>Waits for a signal, at most as long as <paramref name="timeout"/>.</summary>
    Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
