using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseFlow.Workflows;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;

namespace CaseFlow.Server.Commands;

/// <summary>Writes what happened to instances, with ids as <c>&lt;id1&gt;</c> and times as <c>&lt;time&gt;</c>.</summary>
internal static partial class RunDefinitionReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report of some instances of a definition.</summary>
    public static string Write(CompiledWorkflow workflow, IEnumerable<RunDefinitionTrace> traces)
    {
        var result = new JsonArray();
        foreach (var trace in traces)
        {
            result.Add(Instance(workflow, trace));
        }

        return result.ToJsonString(Options) + "\n";
    }

    /// <summary>A bookmark: its name and payload.</summary>
    public static JsonObject Bookmark(Bookmark bookmark) => new()
    {
        ["name"] = bookmark.Name,
        ["payload"] = bookmark.Payload is null ? null : JsonNode.Parse(bookmark.Payload),
    };

    private static JsonObject Instance(CompiledWorkflow workflow, RunDefinitionTrace trace)
    {
        var state = trace.State;
        var ids = new Placeholders();
        var bookmarks = new JsonArray([.. state.Bookmarks.Select(x => ids.In(Bookmark(x)))]);
        var resumed = new JsonArray([.. trace.Resumed.Select(x => ids.In(x))]);
        var report = new JsonObject
        {
            ["definitionId"] = state.DefinitionId,
            ["version"] = state.DefinitionVersion,
            ["name"] = state.Name,
            ["correlationId"] = state.CorrelationId,
            ["parentInstanceId"] = ids.In(state.ParentInstanceId is null ? null : JsonValue.Create(state.ParentInstanceId)),
            ["status"] = state.Status.ToString(),
            ["subStatus"] = state.SubStatus.ToString(),
            ["incidentCount"] = state.Incidents.Count,
            ["input"] = KeptInput(workflow, state),
            ["output"] = ids.In(PlainValues.ToJson(state.Output)),
            ["variables"] = new JsonArray([.. InstanceVariables.Read(workflow, state).Select(x => ids.In(Variable(x)))]),
            ["journal"] = new JsonArray([.. trace.Journal.Select(Entry)]),
            ["activities"] = new JsonArray([.. trace.Records.Values.Select(x => ids.In(Record(x)))]),
            ["bookmarks"] = bookmarks,
            ["incidents"] = new JsonArray([.. state.Incidents.Select(Incident)]),
            ["started"] = trace.Started?.DeepClone(),
            ["resumed"] = resumed,
        };
        return report;
    }

    /// <summary>The inputs that the definition asks to be kept with the instance, as Elsa shows them.</summary>
    private static JsonObject KeptInput(CompiledWorkflow workflow, WorkflowState state)
    {
        var result = new JsonObject();
        foreach (var input in workflow.Definition.Inputs.Where(x => !string.IsNullOrEmpty(x.StorageDriver)))
        {
            if (state.Input.TryGetValue(input.Name, out var value))
            {
                result[input.Name] = PlainValues.ToJson(value);
            }
        }

        return result;
    }

    private static JsonObject Variable(InstanceVariable variable) => new()
    {
        ["id"] = variable.Id,
        ["name"] = variable.Name,
        ["value"] = PlainValues.ToJson(variable.Value),
    };

    private static JsonObject Entry(JournalEntry entry) => new()
    {
        ["seq"] = entry.Sequence,
        ["activityId"] = entry.ActivityId,
        ["type"] = entry.ActivityType,
        ["nodeId"] = entry.NodeId,
        ["event"] = entry.EventName,
        ["message"] = entry.Message,
    };

    private static JsonObject Record(ActivityRecord record) => new()
    {
        ["activityId"] = record.ActivityId,
        ["type"] = record.ActivityType,
        ["status"] = record.Status.ToString(),
        ["payload"] = Payload(record),
        ["outputs"] = record.Outputs is null ? null : PlainValues.ToJson(record.Outputs),
        ["state"] = record.State is null ? null : PlainValues.ToJson(record.State),
    };

    private static JsonObject? Payload(ActivityRecord record)
    {
        var result = new JsonObject();
        foreach (var (key, value) in record.JournalData ?? new Dictionary<string, object?>())
        {
            result[key] = value is DateTimeOffset ? "<time>" : PlainValues.ToJson(value);
        }

        if (record.Outcomes is { } outcomes)
        {
            result["Outcomes"] = new JsonArray([.. outcomes.Select(x => JsonValue.Create(x))]);
        }

        if (result.Count == 0)
        {
            return null;
        }

        result["_type"] = "ObjectMap";
        return result;
    }

    private static JsonObject Incident(Incident incident) => new()
    {
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.NodeId,
        ["activityType"] = incident.ActivityType,
        ["message"] = incident.Message,
        ["exceptionType"] = incident.ExceptionType,
        ["exceptionMessage"] = incident.ExceptionMessage,
        ["timestamp"] = "<time>",
    };

    /// <summary>Puts placeholders for ids, numbered as they occur, and for the times of timers.</summary>
    private sealed partial class Placeholders
    {
        private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

        public JsonNode? In(JsonNode? node) => node switch
        {
            JsonObject o => InObject(o),
            JsonArray a => new JsonArray([.. a.Select(In)]),
            JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(InText(text)),
            _ => node?.DeepClone(),
        };

        private JsonObject InObject(JsonObject o)
        {
            var result = new JsonObject();
            foreach (var (key, value) in o)
            {
                result[key] = key is "ResumeAt" or "ExecuteAt" ? "<time>" : In(value);
            }

            return result;
        }

        private string InText(string text) => IdPattern().Replace(text, match =>
        {
            if (!names.TryGetValue(match.Value, out var name))
            {
                names[match.Value] = name = $"<id{names.Count + 1}>";
            }

            return name;
        });

        [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
        private static partial Regex IdPattern();
    }
}
