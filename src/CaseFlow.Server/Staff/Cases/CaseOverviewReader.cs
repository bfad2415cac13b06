using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components.Flow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Staff.Cases;

/// <summary>The first tab of a case.</summary>
/// <param name="Total">The legal period of the current procedure.</param>
/// <param name="Steps">Limits of its steps.</param>
/// <param name="Flow">The picture of the flow.</param>
/// <param name="Household">The household.</param>
/// <param name="Assessment">The last calculation on file.</param>
public sealed record CaseOverview(
    Deadline? Total, IReadOnlyList<Deadline> Steps, FlowPicture? Flow, HouseholdView Household, AssessmentRecord? Assessment);

/// <summary>Reads the first tab.</summary>
internal sealed class CaseOverviewReader(
    IUnitOfWork work, HouseholdReader households, ICaseWorkflow workflow, IBusinessClock clock, IStringLocalizer texts)
{
    /// <summary>The overview of a case whose head has been read.</summary>
    public async Task<CaseOverview> ReadAsync(CaseHead head, FieldMask mask, CancellationToken cancellationToken)
    {
        var deadlines = (await work.Set<Deadline>().AsNoTracking()
            .Where(d => d.CaseId == head.Case.Id).OrderBy(d => d.StartedOn).ToListAsync(cancellationToken))
            .Where(d => head.Procedure is null || d.ProcedureId == head.Procedure.Id).ToList();
        var total = deadlines.FindLast(d => d.RuleKey.EndsWith("." + DeadlineService.Total, StringComparison.Ordinal));
        return new CaseOverview(
            total,
            deadlines.Where(d => d != total && d.State != DeadlineState.Cancelled).ToList(),
            head.Procedure is { } procedure ? await FlowAsync(head, procedure, cancellationToken) : null,
            await households.ReadAsync(head.Case, mask, clock.Today, cancellationToken),
            mask.HasFlag(FieldMask.Economy)
                ? null
                : await work.Set<AssessmentRecord>().AsNoTracking()
                    .Where(a => a.CaseId == head.Case.Id).OrderByDescending(a => a.At).FirstOrDefaultAsync(cancellationToken));
    }

    private async Task<FlowPicture?> FlowAsync(CaseHead head, Procedure procedure, CancellationToken cancellationToken)
    {
        var json = await work.Set<WorkflowDefinitionVersion>()
            .Where(v => v.Id == procedure.DefinitionVersionId).Select(v => v.Json).FirstOrDefaultAsync(cancellationToken);
        if (json is null)
        {
            return null;
        }

        var marks = new Dictionary<string, (FlowStepState State, string? Note)>(StringComparer.Ordinal);
        var tasks = await work.Set<WorkTask>().AsNoTracking().Where(t => t.ProcedureId == procedure.Id).ToListAsync(cancellationToken);
        foreach (var task in tasks.Where(t => t.State == WorkTaskState.Completed).OrderBy(t => t.EndedAt))
        {
            marks[task.ActivityId] = (FlowStepState.Done, Spent(task));
        }

        foreach (var wait in await workflow.WaitingAsync(head.Case.Id, cancellationToken))
        {
            if (wait.InstanceId == procedure.Id.ToString())
            {
                marks[wait.ActivityId] = (FlowStepState.Now, texts["Case.FlowWaits"]);
            }
        }

        foreach (var task in tasks.Where(t => t.State is WorkTaskState.Ready or WorkTaskState.Claimed))
        {
            marks[task.ActivityId] = (FlowStepState.Now, task.AssigneeName ?? texts["Case.Pool"].Value);
        }

        return FlowPictureReader.Read(json, marks);
    }

    private string? Spent(WorkTask task) => task.EndedAt is { } end
        ? texts["Case.FlowSpent", Math.Max(1, end.Day().DayNumber - task.CreatedAt.Day().DayNumber + 1)].Value
        : null;
}
