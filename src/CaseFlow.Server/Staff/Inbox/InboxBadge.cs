using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Shell;

namespace CaseFlow.Server.Staff.Inbox;

/// <summary>How many tasks are with this person: the number beside 收件箱, by the same query as the list.</summary>
internal sealed class InboxBadge(InboxQuery inbox) : INavigationBadge
{
    /// <inheritdoc/>
    public string Key => "inbox";

    /// <inheritdoc/>
    public async Task<int?> CountAsync(Actor actor, CancellationToken cancellationToken) => actor.Kind == ActorKind.Staff
        ? await inbox.CountAsync(actor, InboxFilter.Mine, new InboxNarrowing(), cancellationToken)
        : null;
}
