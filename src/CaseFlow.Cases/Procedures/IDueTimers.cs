using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Procedures;

/// <summary>A timer whose time has come.</summary>
/// <param name="InstanceId">The instance that waits.</param>
/// <param name="BookmarkId">Its bookmark.</param>
/// <param name="CaseId">The case.</param>
public sealed record DueTimer(string InstanceId, string BookmarkId, Id<Case> CaseId);

/// <summary>Finds timers of procedures that are due.</summary>
public interface IDueTimers
{
    /// <summary>The earliest first; those whose last attempt failed only when it is time to try again.</summary>
    /// <param name="moment">The business time.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    Task<IReadOnlyList<DueTimer>> FindAsync(DateTimeOffset moment, int most, CancellationToken cancellationToken);
}
