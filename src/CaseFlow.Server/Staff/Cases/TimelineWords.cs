using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Staff.Cases;

/// <summary>Lines of a case's history in the words of people who work with it.</summary>
internal sealed class TimelineWords(IStringLocalizer texts)
{
    private static readonly string[] KeyActs =
    [
        "case.submit", "case.accept", "case.end", "case.officer-relative", "notice.post", "notice.objection", "notice.end", "objection.settle",
        "verification.report", "deadline.extend", "benefit.start", "benefit.change", "benefit.raise", "benefit.stop", "task.return", "recusal.declare", "intake.withdraw",
    ];

    private static readonly string[] Contacts = ["message.", "document.serve", "notice.", "case.submit"];

    /// <summary>Whether somebody who wants the story wants this line.</summary>
    public static bool IsKey(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKind.Task or TimelineKind.OpenTask => true,
        TimelineKind.Document => false,
        _ => KeyActs.Contains(entry.Code, StringComparer.Ordinal),
    };

    /// <summary>Whether it is a contact with the family or the public.</summary>
    public static bool IsContact(TimelineEntry entry) => Contacts.Any(c => entry.Code.StartsWith(c, StringComparison.Ordinal));

    /// <summary>What happened.</summary>
    public string Title(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKind.Act => Act(entry.Code),
        TimelineKind.OpenTask => texts["Timeline.Waits", entry.Title],
        TimelineKind.Document => texts["Timeline.Issued", entry.Title],
        _ => entry.Detail?.Split(' ', 2)[0] is { Length: > 0 } outcome
            ? $"{entry.Title}：{OutcomeNames.Of(outcome, System.Globalization.CultureInfo.CurrentUICulture.Name)}"
            : entry.Title,
    };

    /// <summary>Who, and the opinion or number.</summary>
    public string Detail(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKind.Act => Who(entry.Actor),
        TimelineKind.OpenTask => entry.Actor,
        TimelineKind.Document => entry.Detail ?? "",
        _ => string.Join('　', new[] { entry.Actor, entry.Detail?.Split(' ', 2).ElementAtOrDefault(1) }.Where(t => !string.IsNullOrEmpty(t))),
    };

    /// <summary>The actor; the system's own reasons in words.</summary>
    public string Who(string actor)
    {
        var known = texts[$"System.{actor}"];
        return known.ResourceNotFound ? actor : known.Value;
    }

    /// <summary>An act of the audit chain.</summary>
    public string Act(string action)
    {
        var text = texts[$"Act.{action}"];
        return text.ResourceNotFound ? action : text.Value;
    }

    /// <summary>Where the line leads; null for nowhere.</summary>
    public static string? LinkOf(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKind.Document => $"/staff/documents/{entry.Reference}",
        TimelineKind.Task or TimelineKind.OpenTask => $"/staff/tasks/{entry.Reference}",
        _ => null,
    };

    /// <summary>Icon of the line.</summary>
    public static string IconOf(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKind.Document => "file-text",
        TimelineKind.OpenTask => "clock",
        TimelineKind.Task => "signature",
        _ when entry.Code.StartsWith("notice", StringComparison.Ordinal) => "speakerphone",
        _ when entry.Code.StartsWith("verification", StringComparison.Ordinal) => "database",
        _ when entry.Code.StartsWith("benefit", StringComparison.Ordinal) => "coin-yuan",
        _ when entry.Code.StartsWith("message", StringComparison.Ordinal) => "mail",
        _ when entry.Code.StartsWith("task", StringComparison.Ordinal) => "checklist",
        _ when entry.Code == "case.submit" => "file-plus",
        _ when entry.Code == "case.accept" => "file-check",
        _ => "progress",
    };
}
