using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Server.ElsaApi;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Admin.Workflows;

/// <summary>A workflow in the list.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Name">Its name.</param>
/// <param name="InForce">The published version; null if there is none.</param>
/// <param name="Open">Procedures that run on any of its versions.</param>
/// <param name="Draft">The latest version if it is not the one in force.</param>
/// <param name="Waits">Whether a version waits for the second person.</param>
public sealed record WorkflowLine(string DefinitionId, string Name, WorkflowDefinitionVersion? InForce, int Open, WorkflowDefinitionVersion? Draft, bool Waits);

/// <summary>One workflow of a submission, with what was changed in it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Before">The version in force; null if there was none.</param>
/// <param name="After">The version that is to be published, or the draft.</param>
/// <param name="Changes">Differences in words.</param>
public sealed record ReviewedWorkflow(string Name, WorkflowDefinitionVersion? Before, WorkflowDefinitionVersion After, IReadOnlyList<WorkflowChange> Changes);

/// <summary>What the reviewer sees.</summary>
/// <param name="Submission">The case type version that waits; null for a draft, or a workflow of no case type.</param>
/// <param name="Workflows">The workflows that would change.</param>
/// <param name="OtherParts">Whether form, materials or stages change as well.</param>
/// <param name="Waits">Whether it waits for the second person.</param>
/// <param name="SubmittedBy">Who submitted it.</param>
/// <param name="Findings">What the engine says.</param>
/// <param name="WhyNot">Why this person may not publish it; null if they may.</param>
/// <param name="Open">Procedures that stay on the version in force.</param>
internal sealed record WorkflowReview(
    CaseTypeVersion? Submission,
    IReadOnlyList<ReviewedWorkflow> Workflows,
    bool OtherParts,
    bool Waits,
    string? SubmittedBy,
    IReadOnlyList<DefinitionFinding> Findings,
    string? WhyNot,
    int Open);

/// <summary>The administration of workflows: what is in force, what waits, and the second person's decision.</summary>
internal sealed class WorkflowDesk(
    IUnitOfWork work,
    IServiceScopeFactory scopes,
    IStepRunner steps,
    CaseTypeService caseTypes,
    DefinitionCheck check,
    DesignerLabels labels,
    DeadlineChoices deadlines,
    PublicationPolicy policy)
{
    /// <summary>All workflows by name.</summary>
    public async Task<IReadOnlyList<WorkflowLine>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await work.Set<WorkflowDefinitionVersion>().AsNoTracking()
            .Where(d => d.IsLatest || d.IsPublished || d.IsSubmitted).ToListAsync(cancellationToken);
        var open = await OpenAsync(cancellationToken);
        return
        [
            .. rows.GroupBy(d => d.DefinitionId, StringComparer.Ordinal)
                .Select(g => new WorkflowLine(
                    g.Key,
                    (g.FirstOrDefault(d => d.IsPublished) ?? g.First()).Name,
                    g.FirstOrDefault(d => d.IsPublished),
                    open.GetValueOrDefault(g.Key),
                    g.FirstOrDefault(d => d.IsLatest && !d.IsPublished),
                    g.Any(d => d.IsSubmitted)))
                .OrderByDescending(l => l.InForce?.CaseType is not null)
                .ThenBy(l => l.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>A workflow with what waits or is drafted; null if there is no such workflow.</summary>
    public async Task<WorkflowReview?> ReviewAsync(Actor actor, string definitionId, CancellationToken cancellationToken)
    {
        var rows = await work.Set<WorkflowDefinitionVersion>().AsNoTracking()
            .Where(d => d.DefinitionId == definitionId && (d.IsLatest || d.IsPublished || d.IsSubmitted)).ToListAsync(cancellationToken);
        var after = rows.OrderByDescending(d => d.IsSubmitted).ThenByDescending(d => d.Version).FirstOrDefault();
        if (after is null)
        {
            return null;
        }

        var submission = after is { IsSubmitted: true, CaseType: { } caseType } ? await caseTypes.WaitingAsync(caseType, cancellationToken) : null;
        var workflows = submission is null
            ? [Compare(rows.Find(d => d.IsPublished), after, await ComparisonAsync(cancellationToken))]
            : await SubmittedAsync(submission, cancellationToken);
        var findings = new List<DefinitionFinding>();
        foreach (var workflow in workflows)
        {
            findings.AddRange(await check.FindAsync(workflow.After, cancellationToken));
        }

        var submitter = submission?.SubmittedBy ?? after.SubmittedBy;
        var open = await OpenAsync(cancellationToken);
        return new WorkflowReview(
            submission,
            workflows,
            submission is not null && await ChangesOtherPartsAsync(submission, cancellationToken),
            after.IsSubmitted,
            submitter is null ? null : await work.Set<Account>().Where(a => a.Id == submitter).Select(a => a.DisplayName).FirstOrDefaultAsync(cancellationToken),
            findings,
            await WhyNotAsync(actor, submission, after, findings, cancellationToken),
            open.GetValueOrDefault(definitionId));
    }

    /// <summary>The second person publishes what waits.</summary>
    /// <exception cref="RefusedException">It does not wait any more, or this person may not.</exception>
    public async Task PublishAsync(Actor actor, string definitionId, string comment, CancellationToken cancellationToken)
    {
        var review = await WaitingAsync(actor, definitionId, cancellationToken);
        if (review.Submission is { } submission)
        {
            await caseTypes.PublishAsync(actor, submission.Id, comment, cancellationToken);
            return;
        }

        await InStepAsync(actor, "workflow.publish", review, (publication, row, token) => publication.PublishUnboundAsync(actor, row, comment, token), cancellationToken);
    }

    /// <summary>The second person sends back what waits.</summary>
    /// <exception cref="RefusedException">It does not wait any more.</exception>
    public async Task SendBackAsync(Actor actor, string definitionId, string comment, CancellationToken cancellationToken)
    {
        var review = await ReviewAsync(actor, definitionId, cancellationToken) is { Waits: true } waiting ? waiting : throw NotWaiting();
        if (review.Submission is { } submission)
        {
            await caseTypes.RejectAsync(actor, submission.Id, comment, cancellationToken);
            return;
        }

        await InStepAsync(actor, "workflow.reject", review, (publication, row, token) => publication.SendBackUnboundAsync(actor, row, comment, token), cancellationToken);
    }

    private async Task<WorkflowReview> WaitingAsync(Actor actor, string definitionId, CancellationToken cancellationToken)
    {
        var review = await ReviewAsync(actor, definitionId, cancellationToken);
        return review is not { Waits: true } ? throw NotWaiting()
            : review.WhyNot is { } reason ? throw new RefusedException("may-not-publish", reason)
            : review;
    }

    private async Task InStepAsync(
        Actor actor, string name, WorkflowReview review, Func<DefinitionPublication, WorkflowDefinitionVersion, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var id = review.Workflows[0].After.Id;
        await steps.RunAsync(
            new Step(name, actor),
            async (services, token) =>
            {
                var row = await services.GetRequiredService<IUnitOfWork>().Set<WorkflowDefinitionVersion>()
                    .FirstOrDefaultAsync(d => d.Id == id && d.IsSubmitted, token) ?? throw NotWaiting();
                await act(services.GetRequiredService<DefinitionPublication>(), row, token);
                return true;
            },
            cancellationToken);
    }

    private static RefusedException NotWaiting() => new("not-submitted", "这个版本不在待复核状态，可能已被他人处理，请刷新。");

    private async Task<string?> WhyNotAsync(
        Actor actor, CaseTypeVersion? submission, WorkflowDefinitionVersion after, List<DefinitionFinding> findings, CancellationToken cancellationToken)
    {
        if (!MayPublish(actor))
        {
            return "您的岗位只能查看；发布由系统管理员或局长办理。";
        }

        if (findings.Exists(f => f.IsError))
        {
            return "流程还不能运行，请退回修改。";
        }

        var submitters = submission is not null
            ? await caseTypes.SubmittersAsync(submission, cancellationToken)
            : after.SubmittedBy is { } submitter ? [submitter] : [];
        return policy.SecondPerson && actor.AccountId is { } account && submitters.Contains(account)
            ? "提交人不能发布自己提交的版本，请由另一人复核后发布。"
            : null;
    }

    private static bool MayPublish(Actor actor) => actor.Holds(PostKind.SystemAdmin) || actor.Holds(PostKind.BureauDirector);

    private async Task<IReadOnlyList<ReviewedWorkflow>> SubmittedAsync(CaseTypeVersion submission, CancellationToken cancellationToken)
    {
        var ids = CaseTypeService.WorkflowIds(submission).Values.ToList();
        var after = await work.Set<WorkflowDefinitionVersion>().AsNoTracking().Where(d => ids.Contains(d.Id) && !d.IsPublished).ToListAsync(cancellationToken);
        var definitions = after.ConvertAll(d => d.DefinitionId);
        var before = await work.Set<WorkflowDefinitionVersion>().AsNoTracking()
            .Where(d => definitions.Contains(d.DefinitionId) && d.IsPublished).ToListAsync(cancellationToken);
        var comparison = await ComparisonAsync(cancellationToken);
        return [.. after.Select(a => Compare(before.Find(b => b.DefinitionId == a.DefinitionId), a, comparison))];
    }

    private async Task<WorkflowComparison> ComparisonAsync(CancellationToken cancellationToken)
    {
        var english = DescriptorCatalogue.IsEnglish;
        return new WorkflowComparison(labels, await deadlines.ListAsync(english, cancellationToken), english);
    }

    private static ReviewedWorkflow Compare(WorkflowDefinitionVersion? before, WorkflowDefinitionVersion after, WorkflowComparison comparison) => new(
        after.Name,
        before is null || before.Id == after.Id ? null : before,
        after,
        before is null || before.Id == after.Id
            ? []
            : comparison.Compare(DefinitionDocument.Read(before), DefinitionDocument.Read(after)));

    private async Task<bool> ChangesOtherPartsAsync(CaseTypeVersion submission, CancellationToken cancellationToken)
    {
        var published = await work.Set<CaseTypeVersion>().AsNoTracking()
            .FirstOrDefaultAsync(v => v.CaseType == submission.CaseType && v.State == PublicationState.Published, cancellationToken);
        return published is not null
            && (published.ManifestJson != submission.ManifestJson
                || published.FormSchemaJson != submission.FormSchemaJson
                || published.MaterialsJson != submission.MaterialsJson);
    }

    /// <summary>Open procedures by definition. Administrators see no case, so the number alone is read, as the system.</summary>
    private async Task<Dictionary<string, int>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("count-procedures"));
        var all = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var counts = await all.Set<Procedure>().Where(p => p.State == ProcedureState.Open)
            .GroupBy(p => p.DefinitionVersionId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var ids = counts.ConvertAll(c => c.Key);
        var definitions = await all.Set<WorkflowDefinitionVersion>().Where(d => ids.Contains(d.Id))
            .Select(d => new { d.Id, d.DefinitionId }).ToDictionaryAsync(d => d.Id, d => d.DefinitionId, cancellationToken);
        return counts.GroupBy(c => definitions.GetValueOrDefault(c.Key, ""), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Count), StringComparer.Ordinal);
    }
}
