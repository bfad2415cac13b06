using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// One definition in its three forms: the model that Studio saves, the JSON that its row keeps, and the answers that Studio
/// reads. Members that we do not know survive each way.
/// </summary>
internal static class DefinitionDocument
{
    /// <summary>
    /// Member of <c>customProperties</c> in answers: the row's revision. Studio sends it back with the next save, which is how
    /// we learn what the person had seen; it is never stored.
    /// </summary>
    public const string RevisionMark = "caseFlowRevision";

    /// <summary>Member of <c>customProperties</c> in answers: true while the version waits for the second person.</summary>
    public const string SubmittedMark = "caseFlowSubmitted";

    private const string TestValues = "VariableTestValues";

    /// <summary>Facts of the row, which the stored JSON does not repeat.</summary>
    private static readonly string[] RowFacts = ["links", "isLatest", "isPublished", "createdAt", "isSystem", "$schema"];

    /// <summary>The JSON for the row, from the model that Studio or an import sends.</summary>
    public static JsonObject Stored(JsonObject model, WorkflowDefinitionVersion row)
    {
        var stored = (JsonObject)model.DeepClone();
        foreach (var fact in RowFacts)
        {
            stored.Remove(fact);
        }

        if (stored["customProperties"] is JsonObject properties)
        {
            properties.Remove(RevisionMark);
            properties.Remove(SubmittedMark);
        }

        stored["id"] = row.Id;
        stored["definitionId"] = row.DefinitionId;
        stored["name"] = row.Name;
        stored["version"] = row.Version;
        return stored;
    }

    /// <summary>The revision that a saved model was based on; null where it does not say.</summary>
    public static int? SeenRevision(JsonObject model) => (model["customProperties"] as JsonObject)?.Number(RevisionMark);

    /// <summary>Takes out the values that a person tried a variable with; they are no part of what is published or exported.</summary>
    public static void DropTestValues(JsonObject stored) => (stored["customProperties"] as JsonObject)?.Remove(TestValues);

    /// <summary>The whole definition, as the editor reads it.</summary>
    public static JsonObject Full(WorkflowDefinitionVersion row, bool editable)
    {
        var stored = Read(row);
        var answer = new JsonObject
        {
            ["links"] = DefinitionLinks.Of(row.DefinitionId, editable),
            ["id"] = row.Id,
            ["definitionId"] = row.DefinitionId,
            ["name"] = row.Name,
            ["description"] = null,
            ["createdAt"] = ElsaJson.Date(row.CreatedAt),
            ["version"] = row.Version,
            ["toolVersion"] = "3.8.0.0",
            ["variables"] = new JsonArray(),
            ["inputs"] = new JsonArray(),
            ["outputs"] = new JsonArray(),
            ["outcomes"] = new JsonArray(),
            ["customProperties"] = new JsonObject(),
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["isLatest"] = row.IsLatest,
            ["isPublished"] = row.IsPublished,
            ["options"] = new JsonObject { ["autoUpdateConsumingWorkflows"] = false },
        };
        foreach (var (name, value) in stored.Where(m => m.Value is not null && !RowFacts.Contains(m.Key)).ToList())
        {
            stored[name] = null;
            answer[name] = value;
        }

        answer["isReadonly"] = false;
        Complete(answer, row);
        foreach (var empty in answer.Where(m => m.Value is null).Select(m => m.Key).ToList())
        {
            answer.Remove(empty);
        }

        return answer;
    }

    /// <summary>A line of the list.</summary>
    public static JsonObject Summary(WorkflowDefinitionVersion row, bool editable)
    {
        var stored = Read(row);
        var summary = new JsonObject
        {
            ["links"] = DefinitionLinks.Of(row.DefinitionId, editable),
            ["isMaterializerAvailable"] = true,
            ["id"] = row.Id,
            ["definitionId"] = row.DefinitionId,
            ["name"] = row.Name,
            ["version"] = row.Version,
            ["toolVersion"] = stored.Text("toolVersion") ?? "3.8.0.0",
            ["isLatest"] = row.IsLatest,
            ["isPublished"] = row.IsPublished,
            ["materializerName"] = "Json",
            ["createdAt"] = ElsaJson.Date(row.CreatedAt),
            ["isReadonly"] = false,
        };
        if (stored.Text("description") is { Length: > 0 } description)
        {
            summary["description"] = description;
        }

        return summary;
    }

    /// <summary>The file that Export hands out: the model, beginning with its schema, without test values.</summary>
    public static JsonObject Exported(WorkflowDefinitionVersion row)
    {
        var full = Full(row, editable: false);
        full.Remove("links");
        (full["customProperties"] as JsonObject)?.Remove(RevisionMark);
        (full["customProperties"] as JsonObject)?.Remove(SubmittedMark);
        DropTestValues(full);
        var file = new JsonObject { ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json" };
        foreach (var (name, value) in full.ToList())
        {
            full[name] = null;
            file[name] = value;
        }

        return file;
    }

    /// <summary>The row's JSON as an object.</summary>
    public static JsonObject Read(WorkflowDefinitionVersion row) => JsonNode.Parse(row.Json) as JsonObject ?? [];

    private static void Complete(JsonObject answer, WorkflowDefinitionVersion row)
    {
        var properties = answer["customProperties"] as JsonObject;
        if (properties is null)
        {
            answer["customProperties"] = properties = [];
        }

        properties[RevisionMark] = row.Revision;
        if (row.IsSubmitted)
        {
            properties[SubmittedMark] = true;
        }

        foreach (var variable in (answer["variables"] as JsonArray ?? []).OfType<JsonObject>())
        {
            NameDriver(variable, "storageDriverTypeName");
        }

        foreach (var input in (answer["inputs"] as JsonArray ?? []).OfType<JsonObject>())
        {
            NameDriver(input, "storageDriverType");
        }

        if (answer["root"] is JsonObject root)
        {
            ActivityNodes.Complete(root, "Workflow1");
        }
    }

    private static void NameDriver(JsonObject holder, string member)
    {
        if (holder.Text(member) is { Length: > 0 } name)
        {
            holder[member] = StorageDrivers.Listed(name);
        }
    }
}
