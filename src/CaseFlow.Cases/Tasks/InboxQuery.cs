using System.Linq.Expressions;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>Which part of an inbox.</summary>
public enum InboxFilter
{
    /// <summary>Claimed by or assigned to me.</summary>
    Mine,

    /// <summary>Open to one of my posts, and nobody has it.</summary>
    Pool,

    /// <summary>Mine or in my pool, and past its last day.</summary>
    Overdue,

    /// <summary>Mine or in my pool, last day within a week.</summary>
    DueSoon,

    /// <summary>Mine or in my pool, sent back by a later step.</summary>
    Returned,

    /// <summary>Completed by me.</summary>
    Done,
}

/// <summary>One line of an inbox.</summary>
public sealed record InboxItem(
    Id<WorkTask> TaskId,
    Id<Case> CaseId,
    string CaseNumber,
    string ApplicantName,
    string CaseType,
    string Name,
    string NameEn,
    string Step,
    WorkTaskState State,
    string? AssigneeName,
    DateOnly? DueOn,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    string? ReturnReason,
    bool OfficerRelative,
    int Revision);

/// <summary>A page of an inbox and the key of the next one.</summary>
/// <param name="Items">The lines.</param>
/// <param name="Next">Key of the next page; null on the last.</param>
public sealed record InboxPage(IReadOnlyList<InboxItem> Items, string? Next);

/// <summary>What the list is narrowed to; null means all.</summary>
/// <param name="CaseType">Only this case type.</param>
/// <param name="Step">Only this step.</param>
public sealed record InboxNarrowing(string? CaseType = null, string? Step = null);

/// <summary>
/// The inbox: counts and pages come from the same predicate over the tables that the steps write, so that a count never
/// disagrees with its list. Pages are found by key (last day, then id), so a page deep down costs what the first one costs.
/// </summary>
public sealed class InboxQuery(IUnitOfWork work, IBusinessClock clock)
{
    private const int SoonDays = 7;
    private static readonly DateOnly NoLimit = DateOnly.MaxValue;

    /// <summary>How many lines each filter has.</summary>
    public async Task<IReadOnlyDictionary<InboxFilter, int>> CountsAsync(Actor actor, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<InboxFilter, int>();
        foreach (var filter in Enum.GetValues<InboxFilter>().Where(f => f != InboxFilter.Done))
        {
            counts[filter] = await Where(actor, filter).CountAsync(cancellationToken);
        }

        return counts;
    }

    /// <summary>How many lines a narrowed filter has.</summary>
    public Task<int> CountAsync(Actor actor, InboxFilter filter, InboxNarrowing narrowing, CancellationToken cancellationToken) =>
        Narrow(Where(actor, filter), narrowing).CountAsync(cancellationToken);

    /// <summary>A page, most urgent first (done ones newest first).</summary>
    /// <param name="actor">Whose inbox.</param>
    /// <param name="filter">Which part.</param>
    /// <param name="after">Key of the page before; null for the first.</param>
    /// <param name="size">Lines a page.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<InboxPage> PageAsync(Actor actor, InboxFilter filter, string? after, int size, CancellationToken cancellationToken) =>
        PageAsync(actor, filter, new InboxNarrowing(), after, size, cancellationToken);

    /// <summary>A page of a narrowed list, most urgent first (done ones newest first).</summary>
    /// <param name="actor">Whose inbox.</param>
    /// <param name="filter">Which part.</param>
    /// <param name="narrowing">Case type and step.</param>
    /// <param name="after">Key of the page before; null for the first.</param>
    /// <param name="size">Lines a page.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<InboxPage> PageAsync(
        Actor actor, InboxFilter filter, InboxNarrowing narrowing, string? after, int size, CancellationToken cancellationToken)
    {
        var wanted = Narrow(Where(actor, filter), narrowing);
        var tasks = filter == InboxFilter.Done ? DonePage(wanted, after) : OpenPage(wanted, after);
        var items = await tasks.Take(size + 1)
            .Join(
                work.Set<Case>(),
                t => t.CaseId,
                c => c.Id,
                (t, c) => new InboxItem(
                    t.Id, c.Id, c.Number, c.ApplicantName, c.CaseType, t.Name, t.NameEn, t.Step, t.State, t.AssigneeName,
                    t.DueOn, t.CreatedAt, t.EndedAt, t.ReturnReason, c.OfficerRelative, t.Revision))
            .ToListAsync(cancellationToken);
        var ordered = filter == InboxFilter.Done
            ? items.OrderByDescending(i => i.EndedAt).ThenByDescending(i => i.TaskId).ToList()
            : items.OrderBy(i => i.DueOn ?? NoLimit).ThenBy(i => i.TaskId).ToList();
        var page = ordered.Take(size).ToList();
        return new InboxPage(page, ordered.Count > size ? Key(filter, page[^1]) : null);
    }

    private IQueryable<WorkTask> Where(Actor actor, InboxFilter filter)
    {
        var today = clock.Today;
        var soon = today.AddDays(SoonDays);
        var account = actor.AccountId;
        var tasks = work.Set<WorkTask>().AsNoTracking();
        var mine = Mine(account);
        var open = Or(mine, InPool(actor));
        return filter switch
        {
            InboxFilter.Mine => tasks.Where(mine),
            InboxFilter.Pool => tasks.Where(InPool(actor)),
            InboxFilter.Overdue => tasks.Where(open).Where(t => t.DueOn < today),
            InboxFilter.DueSoon => tasks.Where(open).Where(t => t.DueOn >= today && t.DueOn <= soon),
            InboxFilter.Returned => tasks.Where(open).Where(t => t.ReturnReason != null),
            _ => tasks.Where(t => t.CompletedBy == account && t.State == WorkTaskState.Completed),
        };
    }

    private IQueryable<WorkTask> Narrow(IQueryable<WorkTask> tasks, InboxNarrowing narrowing)
    {
        if (narrowing.Step is { } step)
        {
            tasks = tasks.Where(t => t.Step == step);
        }

        return narrowing.CaseType is { } type ? tasks.Where(t => work.Set<Case>().Any(c => c.Id == t.CaseId && c.CaseType == type)) : tasks;
    }

    private static Expression<Func<WorkTask, bool>> Mine(Id<Account>? account) =>
        t => t.State == WorkTaskState.Claimed && t.AssigneeId == account;

    private static Expression<Func<WorkTask, bool>> InPool(Actor actor)
    {
        Expression<Func<WorkTask, bool>> none = t => false;
        return actor.Posts.Aggregate(none, (all, post) =>
        {
            var name = post.Post.ToString();
            var organisation = post.OrganisationId;
            return Or(all, t => t.State == WorkTaskState.Ready
                && t.OrganisationId == organisation
                && (t.CandidatePosts == name || t.CandidatePosts.StartsWith(name + ",") || t.CandidatePosts.EndsWith("," + name) || t.CandidatePosts.Contains("," + name + ",")));
        });
    }

    private static Expression<Func<WorkTask, bool>> Or(Expression<Func<WorkTask, bool>> left, Expression<Func<WorkTask, bool>> right)
    {
        var parameter = left.Parameters[0];
        var body = new Replace(right.Parameters[0], parameter).Visit(right.Body);
        return Expression.Lambda<Func<WorkTask, bool>>(Expression.OrElse(left.Body, body), parameter);
    }

    private static IQueryable<WorkTask> OpenPage(IQueryable<WorkTask> tasks, string? after)
    {
        if (after is not null)
        {
            var (dueOn, id) = ReadOpenKey(after);
            tasks = tasks.Where(t => (t.DueOn ?? NoLimit) > dueOn || ((t.DueOn ?? NoLimit) == dueOn && t.Id > id));
        }

        return tasks.OrderBy(t => t.DueOn ?? NoLimit).ThenBy(t => t.Id);
    }

    private static IQueryable<WorkTask> DonePage(IQueryable<WorkTask> tasks, string? after)
    {
        if (after is not null)
        {
            var parts = after.Split('/');
            var endedAt = new DateTimeOffset(long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
            var id = Id<WorkTask>.Parse(parts[1]);
            tasks = tasks.Where(t => t.EndedAt < endedAt || (t.EndedAt == endedAt && t.Id < id));
        }

        return tasks.OrderByDescending(t => t.EndedAt).ThenByDescending(t => t.Id);
    }

    private static (DateOnly DueOn, Id<WorkTask> Id) ReadOpenKey(string key)
    {
        var parts = key.Split('/');
        return (DateOnly.ParseExact(parts[0], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Id<WorkTask>.Parse(parts[1]));
    }

    private static string Key(InboxFilter filter, InboxItem item) => filter == InboxFilter.Done
        ? $"{item.EndedAt!.Value.UtcTicks}/{item.TaskId}"
        : $"{item.DueOn ?? NoLimit:yyyy-MM-dd}/{item.TaskId}";

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
