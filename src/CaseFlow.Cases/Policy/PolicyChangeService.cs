using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Raises;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Policy;

/// <summary>
/// Changes of the policy: drafted, submitted, and published by a second person. Every act is a step of its own with an entry
/// in the chain of the policy, whose lock also keeps two publications apart.
/// </summary>
public sealed class PolicyChangeService(IStepRunner steps, IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, PublicationPolicy publication, RaiseOpening raises)
{
    private const string Chain = "policy:book";

    /// <summary>Keeps rows in a draft: a new one, or that of <paramref name="change"/>, where they replace rows about the same thing.</summary>
    /// <param name="actor">Who; a system administrator or the director.</param>
    /// <param name="change">The draft, with the revision that the person saw; null for a new one.</param>
    /// <param name="title">What a new draft is about.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="InvalidInputException">A row is wrong by itself; the key is the row's member.</exception>
    /// <exception cref="ConflictException">Somebody else has changed the draft.</exception>
    /// <exception cref="RefusedException">The post may not, or the draft is somebody else's or no draft any more.</exception>
    public Task<PolicyChange> DraftAsync(Actor actor, SeenChange? change, string title, PolicyContent rows, CancellationToken cancellationToken) =>
        RunAsync("policy.draft", actor, (service, token) => service.DraftInStepAsync(actor, change, title, rows, token), cancellationToken);

    /// <summary>Takes a row out of a draft; a draft that has none left is deleted.</summary>
    /// <returns>The draft, or null where it was deleted.</returns>
    public Task<PolicyChange?> RemoveAsync(Actor actor, SeenChange change, string subject, CancellationToken cancellationToken) =>
        RunAsync("policy.draft", actor, (service, token) => service.RemoveInStepAsync(actor, change, subject, token), cancellationToken);

    /// <summary>Submits a draft to the second person.</summary>
    /// <exception cref="RefusedException">It has faults (<c>policy-faults</c>).</exception>
    public Task<PolicyChange> SubmitAsync(Actor actor, SeenChange change, string note, CancellationToken cancellationToken) =>
        RunAsync("policy.submit", actor, (service, token) => service.SubmitInStepAsync(actor, change, note, token), cancellationToken);

    /// <summary>The second person publishes.</summary>
    /// <exception cref="RefusedException">It is the submitter's own (<c>second-person</c>), does not wait, or no longer fits (<c>policy-faults</c>).</exception>
    public Task<PolicyChange> PublishAsync(Actor actor, SeenChange change, string opinion, CancellationToken cancellationToken) =>
        RunAsync("policy.publish", actor, (service, token) => service.PublishInStepAsync(actor, change, opinion, token), cancellationToken);

    /// <summary>The second person sends it back; the submitter may edit it and submit again.</summary>
    public Task<PolicyChange> SendBackAsync(Actor actor, SeenChange change, string opinion, CancellationToken cancellationToken) =>
        RunAsync("policy.send-back", actor, (service, token) => service.SendBackInStepAsync(actor, change, opinion, token), cancellationToken);

    /// <summary>Whether a post may change the policy.</summary>
    public static bool MayChange(Actor actor) =>
        actor.Kind == ActorKind.System || actor.Holds(PostKind.SystemAdmin) || actor.Holds(PostKind.BureauDirector);

    /// <summary>Why somebody may not publish a change; null if they may.</summary>
    public string? WhyNot(Actor actor, PolicyChange change) =>
        !MayChange(actor) ? "您的岗位只能查看；修改和发布由系统管理员或局长办理。"
        : publication.SecondPerson && actor.AccountId is not null && actor.AccountId == change.SubmittedBy ? "提交人不能发布自己提交的改动，请由另一人复核后发布。"
        : null;

    private Task<T> RunAsync<T>(string name, Actor actor, Func<PolicyChangeService, CancellationToken, Task<T>> act, CancellationToken cancellationToken) =>
        steps.RunOnAsync(new Step(name, actor), act, cancellationToken);

    private async Task<PolicyChange> DraftInStepAsync(Actor actor, SeenChange? seen, string title, PolicyContent rows, CancellationToken cancellationToken)
    {
        Require(actor);
        var change = seen is null ? New(actor, title) : await OwnDraftAsync(actor, seen, cancellationToken);
        var faults = PolicyCheck.Rows(await PolicyState.ReadAsync(work, cancellationToken), rows, clock.Today);
        if (faults.Count > 0)
        {
            throw new InvalidInputException(faults.GroupBy(f => f.Field, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Select(f => f.Message).ToArray(), StringComparer.Ordinal));
        }

        change.ContentJson = change.Content().With(rows).ToJson();
        change.State = PublicationState.Draft;
        await AuditAsync(actor, "policy.draft", change, null, cancellationToken);
        return change;
    }

    private async Task<PolicyChange?> RemoveInStepAsync(Actor actor, SeenChange seen, string subject, CancellationToken cancellationToken)
    {
        Require(actor);
        var change = await OwnDraftAsync(actor, seen, cancellationToken);
        var rest = change.Content().Without(subject);
        change.ContentJson = rest.ToJson();
        change.State = PublicationState.Draft;
        await AuditAsync(actor, "policy.draft", change, null, cancellationToken);
        if (!rest.IsEmpty)
        {
            return change;
        }

        work.Set<PolicyChange>().Remove(change);
        return null;
    }

    private async Task<PolicyChange> SubmitInStepAsync(Actor actor, SeenChange seen, string note, CancellationToken cancellationToken)
    {
        Require(actor);
        var change = await OwnDraftAsync(actor, seen, cancellationToken);
        await RefuseFaultsAsync(change, cancellationToken);
        (change.State, change.Note, change.SubmittedAt) = (PublicationState.Submitted, note, clock.Now);
        await AuditAsync(actor, "policy.submit", change, note, cancellationToken);
        return change;
    }

    private async Task<PolicyChange> PublishInStepAsync(Actor actor, SeenChange seen, string opinion, CancellationToken cancellationToken)
    {
        Require(actor);
        var change = await WaitingAsync(seen, cancellationToken);
        if (WhyNot(actor, change) is { } reason)
        {
            throw new RefusedException("second-person", reason);
        }

        // The entry comes first: it takes the chain's lock, so that what is read after it cannot change until the commit.
        await AuditAsync(actor, "policy.publish", change, opinion, cancellationToken);
        var state = await RefuseFaultsAsync(change, cancellationToken);
        await WriteAsync(actor, state, change, cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        await raises.OpenForAsync(await PolicyReader.ReadAsync(work, cancellationToken), change.Content().Figures, cancellationToken);
        (change.State, change.Opinion, change.DecidedBy, change.DecidedAt) = (PublicationState.Published, opinion, actor.AccountId, clock.Now);
        return change;
    }

    private async Task<PolicyChange> SendBackInStepAsync(Actor actor, SeenChange seen, string opinion, CancellationToken cancellationToken)
    {
        Require(actor);
        var change = await WaitingAsync(seen, cancellationToken);
        (change.State, change.Opinion, change.DecidedBy, change.DecidedAt) = (PublicationState.Rejected, opinion, actor.AccountId, clock.Now);
        await AuditAsync(actor, "policy.send-back", change, opinion, cancellationToken);
        return change;
    }

    private async Task WriteAsync(Actor actor, PolicyState state, PolicyChange change, CancellationToken cancellationToken)
    {
        var content = change.Content();
        foreach (var rule in await work.Set<AuthorityRule>().ToListAsync(cancellationToken))
        {
            rule.ValidTo = PolicyState.LastDayOf(rule, content) ?? rule.ValidTo;
        }

        work.Set<PolicyFigure>().AddRange(content.Figures.Select(row => Signed(row.ToEntity(), f => f.SubmittedBy = change.SubmittedBy)));
        work.Set<PolicyText>().AddRange(content.Texts.Select(row => Signed(row.ToEntity(), t => t.SubmittedBy = change.SubmittedBy)));
        work.Set<AuthorityRule>().AddRange(content.Rules.Select(row => Signed(state.WithVersion(row.ToEntity()), r => r.SubmittedBy = change.SubmittedBy)));
        work.Set<DocumentTemplate>().AddRange(content.Templates.Select(state.NextVersion).OfType<DocumentTemplate>()
            .Select(row => Signed(row, t => (t.SubmittedBy, t.PublishedBy) = (change.SubmittedBy, actor.AccountId))));
        await WriteCalendarsAsync(content, cancellationToken);
    }

    private async Task WriteCalendarsAsync(PolicyContent content, CancellationToken cancellationToken)
    {
        foreach (var row in content.Calendars)
        {
            var (first, last) = (new DateOnly(row.Year, 1, 1), new DateOnly(row.Year, 12, 31));
            var days = await work.Set<CalendarDay>().Where(d => d.Date >= first && d.Date <= last).ToDictionaryAsync(d => d.Date, cancellationToken);
            foreach (var wanted in row.ToDays())
            {
                if (days.Remove(wanted.Date, out var known))
                {
                    (known.Kind, known.Source) = (wanted.Kind, wanted.Source);
                }
                else
                {
                    work.Set<CalendarDay>().Add(wanted);
                }
            }

            work.Set<CalendarDay>().RemoveRange(days.Values);
            if (await work.Set<CalendarYear>().FirstOrDefaultAsync(y => y.Year == row.Year, cancellationToken) is { } year)
            {
                year.Source = row.Source;
            }
            else
            {
                work.Set<CalendarYear>().Add(row.ToYear());
            }
        }
    }

    private static T Signed<T>(T row, Action<T> sign)
    {
        sign(row);
        return row;
    }

    private async Task<PolicyState> RefuseFaultsAsync(PolicyChange change, CancellationToken cancellationToken)
    {
        var state = await PolicyState.ReadAsync(work, cancellationToken);
        var faults = PolicyCheck.All(state, change.Content(), clock.Today);
        return faults.Count == 0
            ? state
            : throw new RefusedException("policy-faults", $"有{faults.Count}个问题，改好才能继续：{string.Join(" ", faults.Take(3).Select(f => f.Message))}");
    }

    private PolicyChange New(Actor actor, string title)
    {
        var change = new PolicyChange { Title = title, SubmittedBy = actor.AccountId, CreatedAt = clock.Now };
        work.Set<PolicyChange>().Add(change);
        return change;
    }

    private async Task<PolicyChange> OwnDraftAsync(Actor actor, SeenChange seen, CancellationToken cancellationToken)
    {
        var change = await FindAsync(seen, cancellationToken);
        return change.State is not (PublicationState.Draft or PublicationState.Rejected)
            ? throw new RefusedException("no-draft", "这项改动已提交或已发布，不能再改。")
            : change.SubmittedBy != actor.AccountId
                ? throw new RefusedException("not-yours", "这是别人的草稿，只有起草人可以修改和提交。")
                : change;
    }

    private async Task<PolicyChange> WaitingAsync(SeenChange seen, CancellationToken cancellationToken)
    {
        var change = await FindAsync(seen, cancellationToken);
        return change.State == PublicationState.Submitted
            ? change
            : throw new RefusedException("not-submitted", "这项改动不在待复核状态，可能已被他人处理，请刷新。");
    }

    private async Task<PolicyChange> FindAsync(SeenChange seen, CancellationToken cancellationToken)
    {
        var change = await work.Set<PolicyChange>().FirstOrDefaultAsync(c => c.Id == seen.Id, cancellationToken)
            ?? throw new RefusedException("not-found", "找不到这项改动，可能已被起草人删除。");
        return change.Revision == seen.Revision
            ? change
            : throw new ConflictException("这项改动在您打开之后被改过，什么都没有保存，请看过新的内容再决定。");
    }

    private static void Require(Actor actor)
    {
        if (!MayChange(actor))
        {
            throw new RefusedException("post", "制度参数由系统管理员或局长修改和发布。");
        }
    }

    private Task AuditAsync(Actor actor, string action, PolicyChange change, string? words, CancellationToken cancellationToken) => audit.AppendAsync(
        Chain,
        actor,
        action,
        new JsonObject
        {
            ["change"] = change.Id.ToString(),
            ["title"] = change.Title,
            ["content"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(change.ContentJson))),
            ["words"] = words,
            ["secondPerson"] = publication.SecondPerson,
        },
        cancellationToken);
}

/// <summary>A change as the person saw it.</summary>
/// <param name="Id">The change.</param>
/// <param name="Revision">Its revision on the page.</param>
public sealed record SeenChange(Id<PolicyChange> Id, int Revision);
