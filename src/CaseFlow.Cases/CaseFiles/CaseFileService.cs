using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseFiles;

/// <summary>Stage, status and facts of a case. Every method acts in the current step; the case must be locked by it.</summary>
public sealed class CaseFileService(
    IUnitOfWork work,
    IAuditTrail audit,
    IBusinessClock clock,
    CaseTypeCatalogue catalogue,
    StepContext step)
{
    /// <summary>The case.</summary>
    /// <exception cref="RefusedException">There is none, or it may not be seen.</exception>
    public async Task<Case> GetAsync(Id<Case> id, CancellationToken cancellationToken) =>
        await work.Set<Case>().FirstOrDefaultAsync(c => c.Id == id, cancellationToken)
        ?? throw new RefusedException("not-found", "找不到这个办件。");

    /// <summary>Puts the case on a stage of its case type.</summary>
    /// <exception cref="InvalidOperationException">The case type has no such stage: a fault of the workflow.</exception>
    public async Task SetStageAsync(Case caseFile, string stage, CancellationToken cancellationToken)
    {
        var manifest = await catalogue.ManifestAsync(caseFile.CaseTypeVersionId, cancellationToken);
        if (manifest.Stage(stage) is null)
        {
            throw new InvalidOperationException($"The case type {caseFile.CaseType} has no stage {stage}.");
        }

        var from = caseFile.Stage;
        if (from == stage)
        {
            return;
        }

        caseFile.Stage = stage;
        await audit.AppendAsync(
            caseFile.Id, step.Actor, "case.stage", new JsonObject { ["from"] = from, ["to"] = stage }, cancellationToken);
    }

    /// <summary>受理: today becomes the day from which the legal clock runs.</summary>
    public async Task AcceptAsync(Case caseFile, CancellationToken cancellationToken)
    {
        caseFile.AcceptedOn = clock.Today;
        await audit.AppendAsync(
            caseFile.Id, step.Actor, "case.accept", new JsonObject { ["acceptedOn"] = clock.Today.ToString("O") }, cancellationToken);
    }

    /// <summary>Registers the case as one of an official's close relative (单独登记备案): never a ground for refusal.</summary>
    public async Task RegisterOfficerRelativeAsync(Case caseFile, string relation, CancellationToken cancellationToken)
    {
        caseFile.OfficerRelative = true;
        RaiseFacts(caseFile);
        await audit.AppendAsync(
            caseFile.Id, step.Actor, "case.officer-relative", new JsonObject { ["relation"] = relation }, cancellationToken);
    }

    /// <summary>Household, income, status, amount, move or death has changed: who looks at an older picture is told so.</summary>
    public static void RaiseFacts(Case caseFile) => caseFile.FactsRevision++;

    /// <summary>Ends the case.</summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="status"><see cref="CaseStatus.ClosedWithoutGrant"/> or <see cref="CaseStatus.Ended"/>.</param>
    /// <param name="reason">Identifier or words for the audit.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task EndAsync(Case caseFile, CaseStatus status, string reason, CancellationToken cancellationToken)
    {
        caseFile.Status = status;
        caseFile.EndedAt = clock.Now;
        caseFile.DueOn = null;
        RaiseFacts(caseFile);
        await audit.AppendAsync(
            caseFile.Id, step.Actor, "case.end", new JsonObject { ["status"] = status.ToString(), ["reason"] = reason }, cancellationToken);
    }
}
