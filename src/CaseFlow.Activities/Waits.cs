using System.Globalization;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Activities;

/// <summary>What a wait of a case waits for; its JSON is part of the bookmark's hash.</summary>
/// <param name="Case">The case.</param>
/// <param name="Key">What exactly, for example a request's id; null for any.</param>
public sealed record CaseSignal(string Case, string? Key);

/// <summary>The kinds of waits that activities of a case create.</summary>
internal static class Waits
{
    /// <summary>Metadata under which a bookmark tells when it is due.</summary>
    private const string DueAt = "DueAt";

    /// <summary>Names of bookmarks that wait for a person's task.</summary>
    public const string Task = "case.task";

    /// <summary>Names of bookmarks that are timers.</summary>
    public const string Timer = "case.timer";

    /// <summary>Waits for a task; the bookmark's id is known before the task is stored.</summary>
    public static string ForTask(ActivityExecutionContext context, ExecuteActivityDelegate callback)
    {
        var id = Guid.NewGuid().ToString("N");
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkId = id, BookmarkName = Task, Stimulus = id, Callback = callback });
        return id;
    }

    /// <summary>Waits for a signal of the case.</summary>
    public static void ForSignal(ActivityExecutionContext context, Id<Case> caseId, string stimulus, string? key, ExecuteActivityDelegate callback) =>
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = stimulus,
            Stimulus = new CaseSignal(caseId.ToString(), key),
            Callback = callback,
        });

    /// <summary>Waits for the beginning of the day after <paramref name="lastDay"/>: a period ends with its last day at 24:00.</summary>
    public static void ForEndOf(ActivityExecutionContext context, DateOnly lastDay, ExecuteActivityDelegate callback) =>
        ForDay(context, lastDay.AddDays(1), callback);

    /// <summary>Waits for the beginning of a day.</summary>
    public static void ForDay(ActivityExecutionContext context, DateOnly day, ExecuteActivityDelegate callback) =>
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = Timer,
            Stimulus = context.Id,
            Callback = callback,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [DueAt] = BusinessTime.StartOf(day).ToString("O", CultureInfo.InvariantCulture),
            },
        });
}
