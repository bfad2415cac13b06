using System.Globalization;
using CaseFlow.Workflows.Execution;

namespace CaseFlow.Workflows;

/// <content>Bookmarks and the outputs of activities.</content>
public sealed partial class WorkflowExecutionContext
{
    internal Dictionary<string, Dictionary<string, object?>> ActivityOutputs { get; set; } = [];

    internal object? LastResult { get; set; }

    internal Bookmark AddBookmark(ActivityExecutionContext context, CreateBookmarkArgs args, DateTimeOffset? dueAt = null)
    {
        var name = args.BookmarkName ?? context.Node.TypeName;
        var payload = BookmarkHash.PayloadJson(args.Stimulus);
        if (dueAt is null && args.Metadata is not null && args.Metadata.TryGetValue(CreateBookmarkArgs.DueAtKey, out var due))
        {
            dueAt = DateTimeOffset.Parse(due, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        }

        var bookmark = new Bookmark
        {
            Id = args.BookmarkId ?? Ids.New(),
            Name = name,
            Hash = BookmarkHash.ComputeFromJson(name, payload, args.IncludeActivityInstanceId ? context.Id : null),
            Payload = payload,
            ActivityId = context.Node.ActivityId,
            NodeId = context.NodeId,
            ActivityInstanceId = context.Id,
            CreatedAt = Now,
            DueAt = dueAt,
            Callback = args.Callback?.Method.Name,
            AutoBurn = args.AutoBurn,
            AutoComplete = args.AutoComplete,
            Metadata = args.Metadata is null ? null : new Dictionary<string, string>(args.Metadata),
        };
        bookmarks.Add(bookmark);
        context.BookmarkCount++;
        context.CreatedBookmark = true;
        return bookmark;
    }

    internal void RemoveBookmarks(ActivityExecutionContext context)
    {
        if (context.BookmarkCount == 0)
        {
            return;
        }

        context.BookmarkCount = 0;
        for (var i = bookmarks.Count - 1; i >= 0; i--)
        {
            if (string.Equals(bookmarks[i].ActivityInstanceId, context.Id, StringComparison.Ordinal))
            {
                bookmarks.RemoveAt(i);
            }
        }
    }

    internal async ValueTask ResumeAsync(Bookmark bookmark, ActivityExecutionContext context)
    {
        if (bookmark.AutoBurn)
        {
            bookmarks.Remove(bookmark);
            context.BookmarkCount--;
        }

        Touch(context);
        context.CreatedBookmark = false;
        try
        {
            Write(context, "Resumed");
            if (SkipFor(context) is { } skip)
            {
                context.JournalData["Skipped"] = skip.Reason;
                await CompleteAsync(context, new Outcomes(skip.Outcome ?? "Done"));
            }
            else if (bookmark.Callback is { } callback)
            {
                await NamedMethods.Resume(context.Node.Activity, callback)(context);
                await SettleResumedAsync(context);
            }
            else if (bookmark.AutoComplete)
            {
                await CompleteAsync(context, null);
            }
        }
        catch (Exception e) when (IsFault(e))
        {
            RecordFault(context, e);
        }
    }

    /// <summary>Keeps the outputs of activities where an expression of the definition may read them.</summary>
    internal void RememberOutput(ActivityExecutionContext context, string name, object? value)
    {
        if (!Workflow.ReadsOutputs)
        {
            return;
        }

        var key = context.Node.Path;
        if (!ActivityOutputs.TryGetValue(key, out var outputs))
        {
            ActivityOutputs[key] = outputs = [];
        }

        outputs[name] = value;
        if (string.Equals(name, "Result", StringComparison.Ordinal))
        {
            LastResult = value;
        }
    }

    internal object? ReadActivityOutput(ActivityExecutionContext reader, string activityIdOrName, string? outputName)
    {
        var node = Workflow.FindInScope(reader.Node, activityIdOrName)
            ?? throw new InvalidOperationException($"There is no activity '{activityIdOrName}' whose output could be read.");
        return ActivityOutputs.TryGetValue(node.Path, out var outputs) && outputs.TryGetValue(outputName ?? "Result", out var value)
            ? value
            : null;
    }

    private ValueTask SettleResumedAsync(ActivityExecutionContext context)
    {
        if (context.Status == ActivityStatus.Running && context.CreatedBookmark)
        {
            return SettleAsync(context);
        }

        return context.Status == ActivityStatus.Running && context.Node.Activity.CompletesByItself && context.BookmarkCount == 0
            ? SettleAsync(context)
            : ValueTask.CompletedTask;
    }
}
