using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseFiles;

/// <summary>Kinds of entries of a timeline.</summary>
public enum TimelineKind
{
    /// <summary>An act of the audit chain.</summary>
    Act,

    /// <summary>A task was completed.</summary>
    Task,

    /// <summary>A task is open.</summary>
    OpenTask,

    /// <summary>A document was issued.</summary>
    Document,
}

/// <summary>One line of a case's history.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Code">Audit action, step or template key.</param>
/// <param name="Title">Name shown.</param>
/// <param name="Actor">Who, in which post.</param>
/// <param name="Detail">Outcome and opinion, official number, or the audit's JSON.</param>
/// <param name="Reference">Id of task or document.</param>
public sealed record TimelineEntry(
    DateTimeOffset At, TimelineKind Kind, string Code, string Title, string Actor, string? Detail, string? Reference);

/// <summary>The history of a case, read from the very rows that its steps wrote: audit, tasks, documents.</summary>
public sealed class CaseTimeline(IUnitOfWork work)
{
    /// <summary>Audit acts that only repeat what a task's or a document's own entry says.</summary>
    private static readonly HashSet<string> Repeated = new(StringComparer.Ordinal) { "task.complete", "document.issue" };

    /// <summary>All entries, newest first.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(Id<Case> caseId, CancellationToken cancellationToken)
    {
        var chain = $"case:{caseId}";
        var acts = await work.Set<AuditEntry>().AsNoTracking().Where(a => a.Chain == chain).ToListAsync(cancellationToken);
        var tasks = await work.Set<WorkTask>().AsNoTracking().Where(t => t.CaseId == caseId).ToListAsync(cancellationToken);
        var documents = await work.Set<IssuedDocument>().AsNoTracking().Where(d => d.CaseId == caseId).ToListAsync(cancellationToken);
        return
        [
            .. acts.Where(a => !Repeated.Contains(a.Action)).Select(OfAct)
                .Concat(tasks.Where(t => t.State != WorkTaskState.Cancelled).Select(OfTask))
                .Concat(documents.Select(OfDocument))
                .OrderByDescending(e => e.At),
        ];
    }

    private static TimelineEntry OfAct(AuditEntry act) => new(
        act.At, TimelineKind.Act, act.Action, act.Action, act.ActorText, System.Text.Encoding.UTF8.GetString(act.Content), null);

    private static TimelineEntry OfTask(WorkTask task) => task.State == WorkTaskState.Completed
        ? new TimelineEntry(
            task.EndedAt ?? task.CreatedAt, TimelineKind.Task, task.Step, task.Name, task.CompletedAs ?? "", $"{task.Outcome} {task.Comment}".Trim(), task.Id.ToString())
        : new TimelineEntry(
            task.CreatedAt, TimelineKind.OpenTask, task.Step, task.Name, task.AssigneeName ?? "", task.DueOn?.ToString("O"), task.Id.ToString());

    private static TimelineEntry OfDocument(IssuedDocument document) => new(
        document.IssuedAt, TimelineKind.Document, document.TemplateKey, document.Title, "", document.OfficialNumber, document.Id.ToString());
}
