namespace CaseFlow.Cases.Audit;

/// <summary>The invariants of the whole database as one command.</summary>
public interface IIntegrityCheck
{
    /// <summary>Checks everything; it reads only.</summary>
    Task<IntegrityReport> RunAsync(CancellationToken cancellationToken);

    /// <summary>Checks only the chains of acts and reads and the daily roots; it reads only.</summary>
    Task<IntegrityReport> RunChainsAsync(CancellationToken cancellationToken);
}

/// <summary>What the check found.</summary>
/// <param name="Findings">Each broken invariant with its first bad entry; empty if all hold.</param>
/// <param name="Counted">How much was looked at, by name.</param>
public sealed record IntegrityReport(IReadOnlyList<IntegrityFinding> Findings, IReadOnlyDictionary<string, long> Counted)
{
    /// <summary>Whether every invariant holds.</summary>
    public bool Holds => Findings.Count == 0;
}

/// <summary>A broken invariant.</summary>
/// <param name="Rule"><c>case-without-next</c>, <c>number-twice</c>, <c>number-gap</c>, <c>event-two-keys</c>, <c>ledger</c>, <c>audit-chain</c> ...</param>
/// <param name="Entry">The first bad entry, by its key.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record IntegrityFinding(string Rule, string Entry, string Message);
