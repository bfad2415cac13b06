using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Workflows;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Integrity;

/// <summary>No case without an open task, a bookmark, an incident or an end; no open task whose procedure has ended or whose bookmark is gone; no task that others see than see its case.</summary>
internal sealed class CasesGoOn : IIntegrityRule
{
    /// <inheritdoc/>
    public string Counts => "cases";

    /// <inheritdoc/>
    public async Task<long> CheckAsync(CaseFlowDbContext db, ICollection<IntegrityFinding> findings, CancellationToken cancellationToken)
    {
        var procedures = await db.Set<Procedure>()
            .Where(p => p.State == ProcedureState.Open)
            .ToDictionaryAsync(p => p.Id.ToString(), p => p.CaseId, StringComparer.Ordinal, cancellationToken);
        var bookmarks = await db.Set<WorkflowBookmarkRow>()
            .Select(b => new { b.Id, b.InstanceId })
            .ToListAsync(cancellationToken);
        var tasks = await db.Set<WorkTask>()
            .Where(t => t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed)
            .Select(t => new { t.Id, t.CaseId, t.ProcedureId, t.BookmarkId })
            .ToListAsync(cancellationToken);
        var waiting = bookmarks.Where(b => procedures.ContainsKey(b.InstanceId)).Select(b => procedures[b.InstanceId])
            .Concat(tasks.Select(t => t.CaseId))
            .Concat(await db.Set<Incident>().Where(i => i.ResolvedAt == null && i.CaseId != null).Select(i => i.CaseId!.Value).ToListAsync(cancellationToken))
            .ToHashSet();
        var cases = await db.Set<Case>()
            .Where(c => c.Status == CaseStatus.Open || c.Status == CaseStatus.InForce)
            .OrderBy(c => c.Number)
            .Select(c => new { c.Id, c.Number })
            .ToListAsync(cancellationToken);
        if (cases.FirstOrDefault(c => !waiting.Contains(c.Id)) is { } lost)
        {
            findings.Add(new IntegrityFinding("case-without-next", lost.Number, "The case is open but has no open task, no bookmark and no incident."));
        }

        if (tasks.FirstOrDefault(t => !procedures.ContainsKey(t.ProcedureId.ToString())) is { } orphan)
        {
            findings.Add(new IntegrityFinding("task-without-procedure", orphan.Id.ToString(), "The task is open but its procedure has ended."));
        }

        var ids = bookmarks.Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
        if (tasks.FirstOrDefault(t => t.BookmarkId.Length > 0 && !ids.Contains(t.BookmarkId)) is { } stuck)
        {
            findings.Add(new IntegrityFinding("task-without-bookmark", stuck.Id.ToString(), "The task is open but the workflow does not wait for it."));
        }

        if ((await TaskScopeSql.StrayedAsync(db, cancellationToken)).FirstOrDefault() is { } strayed)
        {
            findings.Add(new IntegrityFinding("task-scope", strayed, "A task is shown by another rule than its case."));
        }

        return await db.Set<Case>().LongCountAsync(cancellationToken);
    }
}
