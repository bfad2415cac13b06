using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;

namespace CaseFlow.Persistence.Workflows;

/// <summary>
/// Deletes the journal of instances that ended long ago, some at a time so that nobody waits for it. State, outcome and
/// times of the instance stay.
/// </summary>
internal sealed class JournalSweeper(Transactions transactions, CaseFlowPersistenceOptions options, IBusinessClock clock) : IDueWork
{
    private const int InstancesAtATime = 100;
    private DateOnly done;

    /// <inheritdoc/>
    public string Name => "journal-sweep";

    /// <inheritdoc/>
    /// <remarks>Once a business day, until there is nothing left to delete.</remarks>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        if (options.JournalRetention is not { } kept || clock.Today <= done)
        {
            return 0;
        }

        var endedBefore = clock.Now - kept;
        var swept = await transactions.RunAsync(
            "journal sweep",
            (db, stop) => WorkflowSql.SweepJournalAsync(db, endedBefore, InstancesAtATime, stop),
            cancellationToken);
        if (swept == 0)
        {
            done = clock.Today;
        }

        return swept;
    }
}
