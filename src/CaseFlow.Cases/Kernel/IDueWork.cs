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

/// <summary>Runs due work without a server: simulations, the making of a demo, tests.</summary>
public static class DueWork
{
    /// <summary>Does everything that is due now, and what becomes due by it, until nothing is left.</summary>
    /// <returns>How many items were done.</returns>
    public static async Task<int> DrainAsync(this IEnumerable<IDueWork> works, CancellationToken cancellationToken)
    {
        var all = works.ToList();
        var total = 0;
        int done;
        do
        {
            done = 0;
            foreach (var work in all)
            {
                done += await work.RunDueAsync(cancellationToken);
            }

            total += done;
        }
        while (done > 0);

        return total;
    }
}

/// <summary>Told after each commit in this process, so that work which it caused starts at once instead of at the next poll.</summary>
public interface IWakeUp
{
    /// <summary>
    /// Ends at the next signal. Take it before looking for work and wait for it after none was found, so that nothing which
    /// is committed in between is slept through.
    /// </summary>
    Task Next { get; }

    /// <summary>Something was committed.</summary>
    void Signal();
}
