using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.ElsaApi;

/// <summary>What came of a submission.</summary>
internal enum SubmissionState
{
    /// <summary>In force from now on.</summary>
    Published,

    /// <summary>It was published already, and nothing has changed since.</summary>
    Unchanged,

    /// <summary>Waits for the second person.</summary>
    Waiting,
}

/// <summary>A submitted version and what came of it.</summary>
/// <param name="Row">The version.</param>
/// <param name="State">What came of it.</param>
internal sealed record PublicationResult(WorkflowDefinitionVersion Row, SubmissionState State);

/// <summary>
/// Publication of definitions, inside the current step. Publishing takes two people: one submits, another publishes; an
/// installation may switch the second person off.
/// </summary>
internal sealed class DefinitionPublication(
    IUnitOfWork work,
    DefinitionDrafts drafts,
    PublicationPolicy policy,
    CaseTypeService caseTypes,
    DefinitionCheck check,
    IBusinessClock clock)
{
    /// <summary>Submits the latest version, or publishes it where no second person is asked for.</summary>
    /// <exception cref="WorkflowAuthoringException">There is no such definition, or it cannot run; the messages name the steps.</exception>
    public async Task<PublicationResult> SubmitAsync(Actor actor, string definitionId, CancellationToken cancellationToken)
    {
        var row = await drafts.LatestAsync(definitionId, cancellationToken) ?? throw NotFound();
        if (row.IsPublished)
        {
            return new PublicationResult(row, SubmissionState.Unchanged);
        }

        if (row.IsSubmitted)
        {
            return new PublicationResult(row, SubmissionState.Waiting);
        }

        await check.ThrowIfBrokenAsync(row, cancellationToken);
        DropTestValues(row);
        row.SubmittedBy = actor.AccountId;
        await drafts.AuditAsync(actor, definitionId, "workflow.submit", row, cancellationToken);
        if (row.CaseType is not null)
        {
            await caseTypes.SubmitWorkflowAsync(row, actor, $"流程设计器提交：{row.Name} 第 {row.Version} 版", cancellationToken);
        }
        else if (policy.SecondPerson)
        {
            row.IsSubmitted = true;
        }
        else
        {
            await PublishUnboundAsync(actor, row, null, cancellationToken);
        }

        return new PublicationResult(row, row.IsPublished ? SubmissionState.Published : SubmissionState.Waiting);
    }

    /// <summary>Publishes a definition that belongs to no case type.</summary>
    public async Task PublishUnboundAsync(Actor actor, WorkflowDefinitionVersion row, string? comment, CancellationToken cancellationToken)
    {
        var before = await work.Set<WorkflowDefinitionVersion>()
            .Where(d => d.DefinitionId == row.DefinitionId && d.IsPublished && d.Id != row.Id)
            .ToListAsync(cancellationToken);
        foreach (var older in before)
        {
            older.IsPublished = false;
        }

        row.IsPublished = true;
        row.IsSubmitted = false;
        row.PublishedAt ??= clock.Now;
        await drafts.AuditAsync(
            actor,
            row.DefinitionId,
            policy.SecondPerson ? "workflow.publish" : "workflow.publish-without-second-person",
            row,
            cancellationToken,
            comment);
    }

    /// <summary>Sends a submitted definition of no case type back to its author.</summary>
    public async Task SendBackUnboundAsync(Actor actor, WorkflowDefinitionVersion row, string comment, CancellationToken cancellationToken)
    {
        row.IsSubmitted = false;
        await drafts.AuditAsync(actor, row.DefinitionId, "workflow.reject", row, cancellationToken, comment);
    }

    /// <summary>Takes the published version out of use; instances that run on it stay.</summary>
    /// <exception cref="WorkflowAuthoringException">It is not published, or a case type needs it.</exception>
    public async Task<WorkflowDefinitionVersion> RetractAsync(Actor actor, string definitionId, CancellationToken cancellationToken)
    {
        var latest = await drafts.LatestAsync(definitionId, cancellationToken) ?? throw NotFound();
        if (latest.CaseType is not null)
        {
            throw new WorkflowAuthoringException("in-use", $"“{latest.Name}”是事项的在用流程，不能停用；请改好后发布新版。");
        }

        var published = await work.Set<WorkflowDefinitionVersion>()
            .Where(d => d.DefinitionId == definitionId && d.IsPublished)
            .ToListAsync(cancellationToken);
        if (published.Count == 0)
        {
            throw new WorkflowAuthoringException("not-published", $"“{latest.Name}”没有在用版本。");
        }

        foreach (var row in published)
        {
            row.IsPublished = false;
            await drafts.AuditAsync(actor, definitionId, "workflow.retract", row, cancellationToken);
        }

        return latest;
    }

    private static void DropTestValues(WorkflowDefinitionVersion row)
    {
        var stored = DefinitionDocument.Read(row);
        DefinitionDocument.DropTestValues(stored);
        row.Json = stored.ToJsonString(ElsaJson.Options);
        row.ContentHash = CanonicalJson.HashWorkflow(stored);
    }

    private static WorkflowAuthoringException NotFound() => new("not-found", "没有这个流程。");
}
