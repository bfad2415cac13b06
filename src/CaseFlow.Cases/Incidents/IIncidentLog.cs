using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Incidents;

/// <summary>Stores faults of background work that is no workflow step, in a transaction of its own.</summary>
public interface IIncidentLog
{
    /// <summary>Stores or counts up the open incident of a trigger; it is tried again by itself, later each time, five times in all.</summary>
    /// <param name="stepName">What was undone, for example <c>document.render</c>.</param>
    /// <param name="trigger">What it was about, and identifies the repetition: <c>pdf:{id}</c>.</param>
    /// <param name="caseId">The case, if any.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<Id<Incident>> RecordAsync(string stepName, string trigger, Id<Case>? caseId, Exception cause, CancellationToken cancellationToken);
}
