namespace CaseFlow.Server.Shell;

/// <summary>The rail of the administration.</summary>
internal static class AdminNavigation
{
    /// <summary>The groups with their entries.</summary>
    public static IReadOnlyList<AdminGroup> Groups { get; } =
    [
        new("Admin.Rules",
        [
            new("Admin.Authority", "/admin/authority", "shield-check"),
            new("Admin.Standards", "/admin/standards", "coin-yuan"),
            new("Admin.Texts", "/admin/texts", "file-text"),
            new("Admin.Calendars", "/admin/calendars", "calendar"),
            new("Admin.Workflows", "/admin/workflows", "route"),
            new("Admin.Templates", "/admin/templates", "template"),
            new("Admin.Changes", "/admin/changes", "checks"),
        ]),
        new("Admin.People",
        [
            new("Admin.Organisation", "/admin/organisation", "sitemap"),
            new("Admin.Accounts", "/admin/accounts", "users"),
        ]),
        new("Admin.Running",
        [
            new("Admin.Messages", "/admin/messages", "send"),
            new("Admin.Incidents", "/admin/incidents", "bug"),
            new("Admin.Audit", "/admin/audit", "history"),
            new("Admin.Clock", "/admin/clock", "clock-play"),
        ]),
    ];
}

/// <summary>A group of the rail.</summary>
internal sealed record AdminGroup(string TextKey, IReadOnlyList<AdminEntry> Entries);

/// <summary>An entry of the rail.</summary>
internal sealed record AdminEntry(string TextKey, string Href, string Icon);
