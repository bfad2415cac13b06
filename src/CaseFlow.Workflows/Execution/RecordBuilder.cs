using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Workflows.Execution;

/// <summary>Makes the records of activity runs.</summary>
internal static class RecordBuilder
{
    public static List<ActivityRecord> Build(IReadOnlyList<ActivityExecutionContext> contexts)
    {
        var result = new List<ActivityRecord>(contexts.Count);
        foreach (var context in contexts)
        {
            result.Add(Build(context));
        }

        return result;
    }

    /// <summary>The evaluated inputs by name; null where there are none.</summary>
    public static Dictionary<string, object?>? State(ActivityExecutionContext context)
    {
        if (context.InputValues is not { } values)
        {
            return null;
        }

        Dictionary<string, object?>? result = null;
        for (var i = 0; i < values.Length; i++)
        {
            var binding = context.Node.Inputs[i];
            if (!ReferenceEquals(values[i], ActivityExecutionContext.NotEvaluated) && !binding.Descriptor.IsSensitive)
            {
                (result ??= [])[binding.Name] = values[i];
            }
        }

        return result;
    }

    public static Dictionary<string, object?>? Outputs(ActivityExecutionContext context)
    {
        var bindings = context.Node.Outputs;
        if (bindings.Length == 0)
        {
            return null;
        }

        var result = new Dictionary<string, object?>();
        for (var i = 0; i < bindings.Length; i++)
        {
            result[bindings[i].Name] = context.OutputValues?[i];
        }

        return result;
    }

    private static ActivityRecord Build(ActivityExecutionContext context) => new()
    {
        Id = context.Id,
        Run = context.Run,
        ParentRun = context.ParentActivityExecutionContext?.Run,
        ActivityId = context.Node.ActivityId,
        NodeId = context.NodeId,
        ActivityType = context.Node.TypeName,
        ActivityTypeVersion = context.Node.Activity.Version,
        ActivityName = context.Node.Name,
        Status = context.Status,
        State = State(context),
        Outputs = Outputs(context),
        Outcomes = context.OutcomeNames,
        JournalData = context.JournalDataOrNull is { } data ? data.ToDictionary(p => p.Key, p => (object?)p.Value) : null,
        HasBookmarks = context.BookmarkCount > 0,
        StartedAt = context.StartedAt,
        CompletedAt = context.CompletedAt,
    };
}
