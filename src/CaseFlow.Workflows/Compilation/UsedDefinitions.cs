using System.Text.Json.Nodes;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Workflows.Compilation;

/// <summary>Finds the definitions that a definition uses as activities, and those that they use.</summary>
internal sealed class UsedDefinitions
{
    private readonly Dictionary<string, WorkflowDefinition> byReference = new(StringComparer.Ordinal);

    public static async ValueTask<UsedDefinitions> CollectAsync(
        WorkflowDefinition definition, ActivityRegistry registry, IWorkflowDefinitionSource source, CancellationToken cancellationToken)
    {
        var result = new UsedDefinitions();
        IReadOnlyList<WorkflowDefinition>? published = null;
        var open = new Queue<WorkflowDefinition>([definition]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { definition.VersionId };
        while (open.TryDequeue(out var current))
        {
            foreach (var activity in ActivityJson.All(current.Json["root"] as JsonObject))
            {
                var key = KeyOf(activity);
                var type = ActivityJson.TypeOf(activity);
                if (result.byReference.ContainsKey(key) || registry.Find(type) is not null)
                {
                    continue;
                }

                var found = await FindAsync(activity, source, cancellationToken);
                if (found is null)
                {
                    published ??= await source.ListPublishedAsync(cancellationToken);
                    found = published.FirstOrDefault(x => x.UsableAsActivity && string.Equals(CompositeName.Of(x), type, StringComparison.Ordinal));
                }

                if (found is not null)
                {
                    result.byReference[key] = found;
                    if (seen.Add(found.VersionId))
                    {
                        open.Enqueue(found);
                    }
                }
            }
        }

        return result;
    }

    public WorkflowDefinition? Find(JsonObject activity) => byReference.GetValueOrDefault(KeyOf(activity));

    private static async ValueTask<WorkflowDefinition?> FindAsync(JsonObject activity, IWorkflowDefinitionSource source, CancellationToken cancellationToken)
    {
        if (activity["workflowDefinitionVersionId"]?.ToString() is { Length: > 0 } versionId
            && await source.FindAsync(WorkflowDefinitionHandle.ByVersionId(versionId), cancellationToken) is { } exact)
        {
            return exact;
        }

        return activity["workflowDefinitionId"]?.ToString() is { Length: > 0 } id
            ? await source.FindAsync(WorkflowDefinitionHandle.Published(id), cancellationToken)
            : null;
    }

    private static string KeyOf(JsonObject activity) =>
        $"{ActivityJson.TypeOf(activity)}|{activity["workflowDefinitionId"]}|{activity["workflowDefinitionVersionId"]}";
}

/// <summary>The type name under which a definition is used as an activity: its name in Pascal case.</summary>
internal static class CompositeName
{
    public static string Of(WorkflowDefinition definition) => Pascal(definition.Name ?? definition.DefinitionId);

    public static string Pascal(string text)
    {
        var result = new System.Text.StringBuilder();
        var upper = true;
        foreach (var c in text)
        {
            if (c is ' ' or '-' or '_')
            {
                upper = true;
                continue;
            }

            result.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return result.ToString();
    }
}

/// <summary>Reading of activities in JSON.</summary>
internal static class ActivityJson
{
    public static string TypeOf(JsonObject activity) => activity["type"]?.ToString() ?? "";

    public static bool IsActivity(JsonNode? node) =>
        node is JsonObject o && o["type"] is JsonValue && (o["id"] is JsonValue || o.ContainsKey("customProperties") || o.ContainsKey("metadata"))
        && !o.ContainsKey("uiHint");

    /// <summary>An activity and all activities in it.</summary>
    public static IEnumerable<JsonObject> All(JsonObject? activity)
    {
        if (activity is null)
        {
            yield break;
        }

        yield return activity;
        foreach (var (_, value) in activity)
        {
            foreach (var inner in Inside(value))
            {
                yield return inner;
            }
        }
    }

    public static JsonNode? Member(JsonObject o, string name)
    {
        if (o.TryGetPropertyValue(name, out var value))
        {
            return value;
        }

        foreach (var (key, candidate) in o)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Whether JSON keeps something of the activity itself under the name of an input, such as its name.</summary>
    public static bool IsOwnMember(string inputName) => Camel(inputName) is "id" or "name" or "type" or "version" or "nodeId";

    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    private static IEnumerable<JsonObject> Inside(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject o when IsActivity(o):
                foreach (var inner in All(o))
                {
                    yield return inner;
                }

                break;
            case JsonObject o when o["activity"] is JsonObject embedded && IsActivity(embedded):
                foreach (var inner in All(embedded))
                {
                    yield return inner;
                }

                break;
            case JsonArray a:
                foreach (var item in a)
                {
                    foreach (var inner in Inside(item))
                    {
                        yield return inner;
                    }
                }

                break;
        }
    }
}
