using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.CaseTypes;

/// <summary>A case type as a folder of files: the seed and exchange format. The database is master once it has been imported.</summary>
/// <param name="Manifest"><c>case-type.json</c> with the forms of the steps (<c>forms/*.schema.json</c>) taken in under <c>forms</c>.</param>
/// <param name="FormSchema"><c>form.schema.json</c>.</param>
/// <param name="Materials"><c>materials.json</c>.</param>
/// <param name="Workflows">Definition id → definition (<c>*.workflow.json</c>).</param>
public sealed record CaseTypeFolder(
    JsonObject Manifest,
    JsonObject FormSchema,
    JsonArray Materials,
    IReadOnlyDictionary<string, JsonObject> Workflows)
{
    private const string MessagesFile = "messages.json";
    private const string FormSuffix = ".schema.json";
    private const string WorkflowSuffix = ".workflow.json";

    /// <summary>Reads a folder.</summary>
    /// <exception cref="FormatException">A file is missing or is no JSON of the right shape; the message names it.</exception>
    public static CaseTypeFolder Read(string path)
    {
        var manifest = ReadFile<JsonObject>(Path.Combine(path, "case-type.json"));
        var forms = new JsonObject();
        var formFolder = Path.Combine(path, "forms");
        string[] files = Directory.Exists(formFolder) ? Directory.GetFiles(formFolder, "*" + FormSuffix) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            forms[Path.GetFileName(file)[..^FormSuffix.Length]] = ReadFile<JsonObject>(file);
        }

        manifest["forms"] = forms;
        var messages = Path.Combine(path, MessagesFile);
        if (File.Exists(messages))
        {
            manifest["messages"] = ReadFile<JsonObject>(messages)["messages"]?.DeepClone();
        }

        var workflows = Directory.GetFiles(path, "*" + WorkflowSuffix)
            .Select(ReadFile<JsonObject>)
            .ToDictionary(w => w.Text("definitionId") ?? throw new FormatException($"A workflow in {path} has no definitionId."), StringComparer.Ordinal);
        return new CaseTypeFolder(
            manifest,
            ReadFile<JsonObject>(Path.Combine(path, "form.schema.json")),
            ReadFile<JsonArray>(Path.Combine(path, "materials.json")),
            workflows);
    }

    /// <summary>Writes the folder; files that are there are replaced.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.Combine(path, "forms"));
        var manifest = (JsonObject)Manifest.DeepClone();
        var forms = manifest["forms"] as JsonObject ?? [];
        manifest.Remove("forms");
        if (manifest["messages"] is JsonArray messages)
        {
            manifest.Remove("messages");
            WriteFile(Path.Combine(path, MessagesFile), new JsonObject { ["messages"] = messages });
        }

        WriteFile(Path.Combine(path, "case-type.json"), manifest);
        WriteFile(Path.Combine(path, "form.schema.json"), FormSchema);
        WriteFile(Path.Combine(path, "materials.json"), Materials);
        foreach (var (key, schema) in forms)
        {
            WriteFile(Path.Combine(path, "forms", key + FormSuffix), schema!);
        }

        var kinds = CaseTypeManifest.Parse(Manifest.ToJsonString()).Procedures.ToDictionary(p => p.DefinitionId, p => p.Kind, StringComparer.Ordinal);
        foreach (var (definitionId, definition) in Workflows)
        {
            WriteFile(Path.Combine(path, kinds.GetValueOrDefault(definitionId, definitionId) + WorkflowSuffix), definition);
        }
    }

    private static T ReadFile<T>(string file)
        where T : JsonNode
    {
        if (!File.Exists(file))
        {
            throw new FormatException($"{file} is missing.");
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as T ?? throw new FormatException($"{file} has another shape than {typeof(T).Name}.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{file}: {exception.Message}", exception);
        }
    }

    private static void WriteFile(string file, JsonNode content)
    {
        var options = new JsonSerializerOptions(CaseJson.Options) { WriteIndented = true };
        File.WriteAllText(file, content.ToJsonString(options) + "\n");
    }
}
