using CaseFlow.Cases.Audit;
using CaseFlow.Persistence.Context;

namespace CaseFlow.Persistence.Integrity;

/// <summary>One invariant. It names the first bad entry of each kind, not all.</summary>
internal interface IIntegrityRule
{
    /// <summary>What was counted, for the report.</summary>
    string Counts { get; }

    /// <summary>Checks it; adds what is broken to <paramref name="findings"/>.</summary>
    /// <returns>How many entries were looked at.</returns>
    Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken);
}
