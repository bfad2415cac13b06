using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.Shell;

/// <summary>The entries of the staff's top bar. An entry is shown only to those whose posts may use it.</summary>
internal static class StaffNavigation
{
    private static readonly PostKind[] Deciders =
        [PostKind.CaseHandler, PostKind.Reviewer, PostKind.LeaderInCharge, PostKind.BureauDirector];

    private static readonly PostKind[] Payers =
        [PostKind.FinanceOfficer, PostKind.LeaderInCharge, PostKind.BureauDirector, PostKind.Reviewer, PostKind.DisciplineOfficer];

    /// <summary>All entries in their order.</summary>
    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new("Nav.Inbox", "/staff/inbox", a => !OnlyAdministers(a), "inbox"),
        new("Nav.Cases", "/staff/cases", a => !OnlyAdministers(a)),
        new("Nav.Intake", "/staff/intake", a => a.Holds(PostKind.WindowClerk) || a.Holds(PostKind.CaseHandler)),
        new("Nav.Notices", "/staff/notices", a => Deciders.Any(a.Holds) || a.Holds(PostKind.CommunityAssistant) || a.Holds(PostKind.DisciplineOfficer)),
        new("Nav.Payments", "/staff/payments", a => Payers.Any(a.Holds), "payments"),
        new("Nav.Admin", "/admin", a => a.Holds(PostKind.SystemAdmin) || a.Holds(PostKind.BureauDirector) || a.Holds(PostKind.DisciplineOfficer)),
    ];

    /// <summary>An administrator who holds no other post: sees no case content.</summary>
    private static bool OnlyAdministers(Actor actor) => actor.Posts.All(p => p.Post == PostKind.SystemAdmin);
}

/// <summary>One entry of a navigation.</summary>
/// <param name="TextKey">Key of its word.</param>
/// <param name="Href">Address.</param>
/// <param name="ShownTo">Whose posts may use it.</param>
/// <param name="Badge">Key of the <see cref="INavigationBadge"/> that counts for it, if any.</param>
internal sealed record NavigationEntry(string TextKey, string Href, Func<Actor, bool> ShownTo, string? Badge = null);

/// <summary>Counts what waits behind an entry, for the number beside it. A feature registers its own.</summary>
internal interface INavigationBadge
{
    /// <summary>The entry's badge key, for example <c>inbox</c>.</summary>
    string Key { get; }

    /// <summary>How many wait for this person; null for no number.</summary>
    Task<int?> CountAsync(Actor actor, CancellationToken cancellationToken);
}
