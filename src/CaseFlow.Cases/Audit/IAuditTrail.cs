using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Audit;

/// <summary>Writes acts into the chains, inside the current step.</summary>
public interface IAuditTrail
{
    /// <summary>Appends to the chain of a case; the case must be locked by this step.</summary>
    Task AppendAsync(Id<Case> caseId, Actor actor, string action, JsonObject details, CancellationToken cancellationToken);

    /// <summary>Appends to the chain of an object of the administration, for example <c>post:{id}</c>.</summary>
    Task AppendAsync(string chain, Actor actor, string action, JsonObject details, CancellationToken cancellationToken);
}
