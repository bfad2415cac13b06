using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Kernel;

/// <summary>
/// Row locks of a step, taken in this order: case (and its workflow instances), persons whose sums are tested, reserve,
/// number series. Asking for an earlier one after a later one throws, because it could deadlock. On SQLite the whole
/// step holds the write lock already and these only check the order.
/// </summary>
public interface ILocks
{
    /// <summary>Locks the case and its workflow instances.</summary>
    Task LockCaseAsync(Id<Case> caseId, CancellationToken cancellationToken);

    /// <summary>Locks the case unless another transaction holds it; for background work that can come back later.</summary>
    /// <returns>Whether this step holds the lock now; false also if there is no such case.</returns>
    Task<bool> TryLockCaseAsync(Id<Case> caseId, CancellationToken cancellationToken);

    /// <summary>Locks persons in the order of their ids.</summary>
    Task LockPersonsAsync(IEnumerable<Id<Person>> persons, CancellationToken cancellationToken);

    /// <summary>Locks a township's reserve fund.</summary>
    Task LockReserveAsync(Id<ReserveFund> reserve, CancellationToken cancellationToken);

    /// <summary>Draws the next number of a gapless series (body × kind × year) under its lock; the series is made if it is missing.</summary>
    /// <returns>The number, from 1.</returns>
    Task<int> NextNumberAsync(string bodyCode, string kind, int year, CancellationToken cancellationToken);
}
