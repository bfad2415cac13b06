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
        var mine = await DueAsync(Mine(actor.AccountId), cancellationToken);
        var pool = new Due(0, 0, 0);
        foreach (var one in Pools(actor))
        {
            pool = pool.Plus(await DueAsync(one, cancellationToken));
        }

        return new Dictionary<InboxFilter, int>
        {
            [InboxFilter.Mine] = mine.All,
            [InboxFilter.Pool] = pool.All,
            [InboxFilter.Overdue] = mine.Over + pool.Over,
            [InboxFilter.DueSoon] = mine.Soon + pool.Soon,
            [InboxFilter.Returned] = await CountAsync(actor, InboxFilter.Returned, new InboxNarrowing(), cancellationToken),
        };
    }

    /// <summary>How many lines a narrowed filter has.</summary>
    public async Task<int> CountAsync(Actor actor, InboxFilter filter, InboxNarrowing narrowing, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var source in Sources(actor, filter))
        {
            count += await Narrow(source, narrowing).CountAsync(cancellationToken);
        }

        return count;
    }

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
        var items = new List<InboxItem>();
        foreach (var source in Sources(actor, filter))
        {
            items.AddRange(await FirstAsync(Narrow(source, narrowing), filter, after, size + 1, cancellationToken));
        }

        var ordered = filter == InboxFilter.Done
            ? items.OrderByDescending(i => i.EndedAt).ThenByDescending(i => i.TaskId).ToList()
            : items.OrderBy(i => i.DueOn ?? NoLimit).ThenBy(i => i.TaskId).ToList();
        var page = ordered.Take(size).ToList();
        return new InboxPage(page, ordered.Count > size ? Key(filter, page[^1]) : null);
    }

    /// <summary>
    /// What a filter shows, in parts that exclude each other and of which each is one range of an index: what I have claimed,
    /// and the pool of each organisation in which I hold posts. One query over all of them would have to sort them all.
    /// </summary>
    private IEnumerable<IQueryable<WorkTask>> Sources(Actor actor, InboxFilter filter)
    {
        var today = clock.Today;
        var soon = today.AddDays(SoonDays);
        var account = actor.AccountId;
        var open = Pools(actor).Prepend(Mine(account));
        return filter switch
        {
            InboxFilter.Mine => [Mine(account)],
            InboxFilter.Pool => Pools(actor),
            InboxFilter.Overdue => open.Select(part => part.Where(t => t.DueOn < today)),
            InboxFilter.DueSoon => open.Select(part => part.Where(t => t.DueOn >= today && t.DueOn <= soon)),
            InboxFilter.Returned => open.Select(part => part.Where(t => t.ReturnReason != null)),
            _ => [work.Set<WorkTask>().AsNoTracking().Where(t => t.CompletedBy == account && t.State == WorkTaskState.Completed)],
        };
    }

    private IQueryable<WorkTask> Mine(Id<Account>? account) =>
        work.Set<WorkTask>().AsNoTracking().Where(t => t.State == WorkTaskState.Claimed && t.AssigneeId == account);

    private IEnumerable<IQueryable<WorkTask>> Pools(Actor actor) => actor.Posts
        .GroupBy(post => post.OrganisationId, post => post.Post.ToString())
        .Select(posts => work.Set<WorkTask>().AsNoTracking()
            .Where(t => t.State == WorkTaskState.Ready && t.OrganisationId == posts.Key)
            .Where(OpenTo(posts.Distinct(StringComparer.Ordinal))));

    /// <summary>All, and by their last day, in one pass: the state is the same in all of them, so that nothing need be sorted to group them.</summary>
    private async Task<Due> DueAsync(IQueryable<WorkTask> tasks, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var soon = today.AddDays(SoonDays);
        return await tasks.GroupBy(t => t.State)
            .Select(all => new Due(all.Count(), all.Count(t => t.DueOn < today), all.Count(t => t.DueOn >= today && t.DueOn <= soon)))
            .SingleOrDefaultAsync(cancellationToken) ?? new Due(0, 0, 0);
    }

    private IQueryable<WorkTask> Narrow(IQueryable<WorkTask> tasks, InboxNarrowing narrowing)
    {
        if (narrowing.Step is { } step)
        {
            tasks = tasks.Where(t => t.Step == step);
        }

        return narrowing.CaseType is { } type ? tasks.Where(t => work.Set<Case>().Any(c => c.Id == t.CaseId && c.CaseType == type)) : tasks;
    }

    private static Expression<Func<WorkTask, bool>> OpenTo(IEnumerable<string> posts)
    {
        Expression<Func<WorkTask, bool>> none = t => false;
        return posts.Aggregate(none, (all, name) => Or(all, t =>
            t.CandidatePosts == name || t.CandidatePosts.StartsWith(name + ",") || t.CandidatePosts.EndsWith("," + name) || t.CandidatePosts.Contains("," + name + ",")));
    }

    private static Expression<Func<WorkTask, bool>> Or(Expression<Func<WorkTask, bool>> left, Expression<Func<WorkTask, bool>> right)
    {
        var parameter = left.Parameters[0];
        var body = new Replace(right.Parameters[0], parameter).Visit(right.Body);
        return Expression.Lambda<Func<WorkTask, bool>>(Expression.OrElse(left.Body, body), parameter);
    }

    /// <summary>The first lines of one part after a key: by last day, then those without one.</summary>
    private async Task<List<InboxItem>> FirstAsync(IQueryable<WorkTask> tasks, InboxFilter filter, string? after, int count, CancellationToken cancellationToken)
    {
        if (filter == InboxFilter.Done)
        {
            return await Lines(DonePage(tasks, after).Take(count)).ToListAsync(cancellationToken);
        }

        var lines = new List<InboxItem>();
        (DateOnly DueOn, Id<WorkTask> Id)? key = after is null ? null : ReadOpenKey(after);
        if (key is null || key.Value.DueOn != NoLimit)
        {
            lines.AddRange(await Lines(Dated(tasks, key).Take(count)).ToListAsync(cancellationToken));
            key = null;
        }

        if (lines.Count < count && filter is not (InboxFilter.Overdue or InboxFilter.DueSoon))
        {
            lines.AddRange(await Lines(Undated(tasks, key?.Id).Take(count - lines.Count)).ToListAsync(cancellationToken));
        }

        return lines;
    }

    private IQueryable<InboxItem> Lines(IQueryable<WorkTask> tasks) => tasks.Join(
        work.Set<Case>(),
        t => t.CaseId,
        c => c.Id,
        (t, c) => new InboxItem(
            t.Id, c.Id, c.Number, c.ApplicantName, c.CaseType, t.Name, t.NameEn, t.Step, t.State, t.AssigneeName,
            t.DueOn, t.CreatedAt, t.EndedAt, t.ReturnReason, c.OfficerRelative, t.Revision));

    private static IQueryable<WorkTask> Dated(IQueryable<WorkTask> tasks, (DateOnly DueOn, Id<WorkTask> Id)? after)
    {
        tasks = tasks.Where(t => t.DueOn != null);
        if (after is { } key)
        {
            var (dueOn, id) = key;

            // The first condition follows from the second; it is what an index can be entered by.
            tasks = tasks.Where(t => t.DueOn >= dueOn).Where(t => t.DueOn > dueOn || t.Id > id);
        }

        return tasks.OrderBy(t => t.DueOn).ThenBy(t => t.Id);
    }

    private static IQueryable<WorkTask> Undated(IQueryable<WorkTask> tasks, Id<WorkTask>? after)
    {
        tasks = tasks.Where(t => t.DueOn == null);
        if (after is { } id)
        {
            tasks = tasks.Where(t => t.Id > id);
        }

        return tasks.OrderBy(t => t.Id);
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

    /// <summary>How many there are, are past their last day, or have it within a week.</summary>
    private sealed record Due(int All, int Over, int Soon)
    {
        public Due Plus(Due other) => new(All + other.All, Over + other.Over, Soon + other.Soon);
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
