using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Reviews;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Staff.Inbox;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Dashboard;

/// <summary>The first page of the day.</summary>
/// <param name="Counts">Counts of the inbox, by its own query.</param>
/// <param name="First">What to do first: mine by due day, then what is free.</param>
/// <param name="Attention">What else wants to be noticed.</param>
/// <param name="Team">Load of the office; empty for those who may not reassign.</param>
public sealed record DashboardView(
    IReadOnlyDictionary<InboxFilter, int> Counts, IReadOnlyList<InboxRow> First, IReadOnlyList<AttentionItem> Attention, IReadOnlyList<TeamMember> Team);

/// <summary>Something that wants to be noticed.</summary>
public sealed record AttentionItem(string Key, int Count, string Names, string Href, string Icon, bool Urgent);

/// <summary>What one person has open.</summary>
public sealed record TeamMember(string Name, int Open, int Overdue, bool IsMe);

/// <summary>Reads the first page.</summary>
internal sealed class DashboardReader(IUnitOfWork work, InboxQuery inbox, InboxRowReader rows, IBusinessClock clock)
{
    private const int FirstLines = 10;
    private const int NamesShown = 3;

    /// <summary>The page for one person.</summary>
    public async Task<DashboardView> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var items = (await inbox.PageAsync(actor, InboxFilter.Mine, null, FirstLines, cancellationToken)).Items;
        return new DashboardView(
            await inbox.CountsAsync(actor, cancellationToken),
            await rows.ReadAsync(actor, items, cancellationToken),
            await AttentionAsync(cancellationToken),
            await TeamAsync(actor, cancellationToken));
    }

    private async Task<List<AttentionItem>> AttentionAsync(CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var found = new List<AttentionItem>();
        var ending = await work.Set<PublicNotice>().Where(n => n.State == PublicNoticeState.Running && n.EndsOn <= today)
            .Join(work.Set<Case>(), n => n.CaseId, c => c.Id, (n, c) => c.ApplicantName).ToListAsync(cancellationToken);
        Add(found, "NoticeEnds", ending, "/staff/notices", "speakerphone", urgent: false);
        var objected = await work.Set<Case>().Where(c => c.Stage == "Objected" && c.Status == CaseStatus.Open).Select(c => c.ApplicantName).ToListAsync(cancellationToken);
        Add(found, "Objected", objected, "/staff/notices/interrupted", "message", urgent: true);
        var late = await work.Set<Case>().Where(c => c.DueOn < today && c.Status == CaseStatus.Open).Select(c => c.ApplicantName).ToListAsync(cancellationToken);
        Add(found, "TotalLate", late, "/staff/cases?status=Open", "alert-triangle", urgent: true);
        var bounced = await work.Set<OutboxMessage>().CountAsync(m => m.CaseId != null && (m.State == MessageState.Dead || m.State == MessageState.Uncertain), cancellationToken);
        AddCount(found, "Bounced", bounced, "/staff/cases", "mail-exclamation", urgent: true);
        var incidents = await work.Set<Incident>().CountAsync(i => i.ResolvedAt == null && i.CaseId != null, cancellationToken);
        AddCount(found, "Incident", incidents, "/staff/cases", "bug", urgent: true);
        var month = Month.Of(today);
        var reviews = await work.Set<ReviewSchedule>().CountAsync(r => r.ConcludedAt == null && r.DueMonth == month, cancellationToken);
        AddCount(found, "Reviews", reviews, "/staff/inbox", "refresh", urgent: false);
        return found;
    }

    private static void Add(List<AttentionItem> found, string key, List<string> names, string href, string icon, bool urgent)
    {
        if (names.Count > 0)
        {
            found.Add(new AttentionItem(key, names.Count, string.Join('、', names.Take(NamesShown)) + (names.Count > NamesShown ? "…" : ""), href, icon, urgent));
        }
    }

    private static void AddCount(List<AttentionItem> found, string key, int count, string href, string icon, bool urgent)
    {
        if (count > 0)
        {
            found.Add(new AttentionItem(key, count, "", href, icon, urgent));
        }
    }

    private async Task<List<TeamMember>> TeamAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.Holds(PostKind.LeaderInCharge) && !actor.Holds(PostKind.Reviewer) && !actor.Holds(PostKind.BureauDirector))
        {
            return [];
        }

        var today = clock.Today;
        var offices = actor.Posts.Select(p => p.OrganisationId).Distinct().ToList();
        var open = await work.Set<WorkTask>()
            .Where(t => t.State == WorkTaskState.Claimed && offices.Contains(t.OrganisationId) && t.AssigneeName != null)
            .Select(t => new { t.AssigneeId, t.AssigneeName, Late = t.DueOn < today }).ToListAsync(cancellationToken);
        return open.GroupBy(t => t.AssigneeId)
            .Select(g => new TeamMember(g.First().AssigneeName!, g.Count(), g.Count(t => t.Late), g.Key == actor.AccountId))
            .OrderByDescending(t => t.IsMe).ThenByDescending(t => t.Open).Take(8).ToList();
    }
}
