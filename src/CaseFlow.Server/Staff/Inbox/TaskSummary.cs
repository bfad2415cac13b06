using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Staff.Cases;
using CaseFlow.Server.Staff.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Inbox;

/// <summary>What the drawer beside the list tells of a task.</summary>
public sealed record TaskSummary
{
    /// <summary>The task.</summary>
    public required WorkTask Task { get; init; }

    /// <summary>The case.</summary>
    public required Case Case { get; init; }

    /// <summary>Community.</summary>
    public required string Place { get; init; }

    /// <summary>Name of the case type.</summary>
    public required string TypeName { get; init; }

    /// <summary>Members that count.</summary>
    public required int Members { get; init; }

    /// <summary>Verbs, outcomes, authority.</summary>
    public required TaskActions Actions { get; init; }

    /// <summary>The arithmetic; null where there is none or the post may not see it.</summary>
    public LedgerView? Ledger { get; init; }

    /// <summary>Papers asked for.</summary>
    public required int Materials { get; init; }

    /// <summary>Papers missing.</summary>
    public required int Missing { get; init; }

    /// <summary>Lines of the verification report.</summary>
    public IReadOnlyList<VerificationLine> Verification { get; init; } = [];

    /// <summary>The last survey.</summary>
    public WorkTask? Survey { get; init; }

    /// <summary>The last opinion of an earlier step.</summary>
    public WorkTask? Opinion { get; init; }

    /// <summary>The last public notice.</summary>
    public PublicNotice? Notice { get; init; }

    /// <summary>The newest lines of the history.</summary>
    public IReadOnlyList<TimelineEntry> Recent { get; init; } = [];
}

/// <summary>Reads the drawer.</summary>
internal sealed class SummaryReader(
    IUnitOfWork work, ITaskService tasks, CaseHeadReader heads, LedgerReader ledgers, VerificationReader reports, CaseTimeline timeline)
{
    private const int RecentLines = 4;

    /// <summary>The summary; null where there is none or this person may not see it.</summary>
    public async Task<TaskSummary?> ReadAsync(Actor actor, Id<WorkTask> id, CancellationToken cancellationToken)
    {
        var task = await work.Set<WorkTask>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellationToken);
        if (task is null || await tasks.ActionsAsync(actor, id, cancellationToken) is not { } actions)
        {
            return null;
        }

        var file = await work.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == task.CaseId, cancellationToken);
        var head = await heads.ReadAsync(file, cancellationToken);
        var economy = !actor.Scope.Mask.HasFlag(FieldMask.Economy);
        var done = await work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.CaseId == file.Id && t.State == WorkTaskState.Completed && t.Id != id)
            .OrderByDescending(t => t.EndedAt).ToListAsync(cancellationToken);
        return new TaskSummary
        {
            Task = task,
            Case = file,
            Place = head.Community ?? head.Organisation,
            TypeName = head.Manifest.Name.In(System.Globalization.CultureInfo.CurrentUICulture.Name),
            Members = await work.Set<HouseholdMember>().CountAsync(m => m.HouseholdId == file.HouseholdId && m.SupersededAt == null && m.Counts && m.ValidTo == null, cancellationToken),
            Actions = actions,
            Ledger = economy ? await ledgers.ReadAsync(file, cancellationToken) : null,
            Materials = head.Counts.Materials,
            Missing = head.Counts.Missing,
            Verification = economy ? (await reports.ReadAsync(file.Id, cancellationToken)).Lines : [],
            Survey = done.Find(t => t.SecondPersonId is not null),
            Opinion = done.Find(t => t.Comment is { Length: > 0 }),
            Notice = await work.Set<PublicNotice>().AsNoTracking().Where(n => n.CaseId == file.Id).OrderByDescending(n => n.PostedOn).FirstOrDefaultAsync(cancellationToken),
            Recent = [.. (await timeline.ReadAsync(file.Id, cancellationToken)).Where(TimelineWords.IsKey).Where(e => e.Kind != TimelineKind.OpenTask).Take(RecentLines)],
        };
    }
}
