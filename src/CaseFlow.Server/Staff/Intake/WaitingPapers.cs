using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>What applicants still owe and may bring to this window.</summary>
internal sealed class WaitingPapers(IUnitOfWork work)
{
    private const int Most = 50;

    /// <summary>Open steps of applicants that the actor may take in for, those that end first on top.</summary>
    /// <param name="actor">Who is at the window.</param>
    /// <param name="search">Part of the number or of the applicant's name; null for all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<WaitingPaper>> ListAsync(Actor actor, string? search, CancellationToken cancellationToken)
    {
        var open = from task in work.Set<WorkTask>().AsNoTracking()
                   join its in work.Set<Case>().AsNoTracking() on task.CaseId equals its.Id
                   where task.ForCitizen && (task.State == WorkTaskState.Ready || task.State == WorkTaskState.Claimed)
                   select new { Task = task, Case = its };
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim();
            open = open.Where(o => o.Case.Number.Contains(text) || o.Case.ApplicantName.Contains(text));
        }

        var rows = await open.OrderBy(o => o.Task.DueOn).ThenBy(o => o.Task.Id).Take(Most).ToListAsync(cancellationToken);
        return [.. rows.Where(o => CounterReceipt.PostOf(actor, o.Case) is not null).Select(o => new WaitingPaper(o.Task, o.Case))];
    }

    /// <summary>One of them; null if there is none of this id, or it belongs to another window.</summary>
    public async Task<WaitingPaper?> FindAsync(Actor actor, Id<WorkTask> id, CancellationToken cancellationToken)
    {
        var task = await work.Set<WorkTask>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id && t.ForCitizen, cancellationToken);
        var its = task is null ? null : await work.Set<Case>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == task.CaseId, cancellationToken);
        return its is not null && CounterReceipt.PostOf(actor, its) is not null ? new WaitingPaper(task!, its) : null;
    }

    /// <summary>The papers of a case.</summary>
    public Task<List<Material>> MaterialsAsync(Id<Case> id, CancellationToken cancellationToken) =>
        work.Set<Material>().AsNoTracking().Where(m => m.CaseId == id).OrderBy(m => m.Name).ToListAsync(cancellationToken);
}

/// <summary>An open step of an applicant.</summary>
/// <param name="Task">The step.</param>
/// <param name="Case">Its case.</param>
internal sealed record WaitingPaper(WorkTask Task, Case Case);
