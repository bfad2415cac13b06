using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Tasks;

/// <summary>Applications: online by the citizen or an agent, or at the counter by a clerk. Submitting is one step.</summary>
public interface IIntakeService
{
    /// <summary>
    /// Checks the form against the published schema, writes persons, household, income and property as rows, opens the case
    /// with its number, starts the spine and its application procedure.
    /// </summary>
    /// <exception cref="InvalidInputException">Fields do not fit.</exception>
    /// <exception cref="RefusedException">For example an open case of the same household.</exception>
    Task<SubmissionReceipt> SubmitAsync(Actor actor, ApplicationRequest request, CancellationToken cancellationToken);

    /// <summary>The citizen takes the application back before a decision.</summary>
    Task WithdrawAsync(Actor actor, Id<Case> caseId, string reason, Guid operationId, CancellationToken cancellationToken);

    /// <summary>终止审核: a leader ends an application whose family refuses to cooperate without reason (Dibao-57 Art. 29), or has died or moved.</summary>
    /// <exception cref="RefusedException">Not that post, or no application is open.</exception>
    Task TerminateAsync(Actor actor, Id<Case> caseId, string reason, Guid operationId, CancellationToken cancellationToken);

    /// <summary>A household reports a change (members, income, property, move, death); the spine starts what follows.</summary>
    Task ReportChangeAsync(Actor actor, Id<Case> caseId, JsonObject report, Guid operationId, CancellationToken cancellationToken);
}

/// <summary>An application as filled in.</summary>
/// <param name="CaseType">Code of the case type.</param>
/// <param name="Form">The form (see <c>docs/forms.md</c>).</param>
/// <param name="Uploads">Materials already staged in the blob store.</param>
/// <param name="Channel"><c>online</c> or <c>counter</c>.</param>
/// <param name="OperationId">Unique per intended submission.</param>
public sealed record ApplicationRequest(
    string CaseType,
    JsonObject Form,
    IReadOnlyList<UploadedMaterial> Uploads,
    string Channel,
    Guid OperationId);

/// <summary>A staged upload.</summary>
public sealed record UploadedMaterial(string Code, string BlobHash, string FileName, string ContentType);

/// <summary>What the applicant takes home.</summary>
public sealed record SubmissionReceipt(Id<Case> CaseId, string CaseNumber, DateTimeOffset SubmittedAt);
