using System.Text.Json.Nodes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;

namespace CaseFlow.Server.Citizen.Apply;

/// <summary>An application being filled in: the form, the staged papers, and the operation id of its one submission.</summary>
public sealed class ApplicationDraft(JsonObject content)
{
    /// <summary>The form so far.</summary>
    public JsonObject Form { get; } = Part(content, "form");

    /// <summary>Submitting the same draft twice opens one case.</summary>
    public Guid OperationId { get; } = Guid.TryParse(FormReader.Shown(content["operationId"]), out var id) ? id : Guid.NewGuid();

    /// <summary>The papers, by code.</summary>
    public List<UploadedMaterial> Uploads { get; } =
    [
        .. (content["uploads"] as JsonArray ?? []).OfType<JsonObject>().Select(u => new UploadedMaterial(
            FormReader.Shown(u["code"]), FormReader.Shown(u["blobHash"]), FormReader.Shown(u["fileName"]), FormReader.Shown(u["contentType"]))),
    ];

    /// <summary>Takes one page's answers over: its properties replace what was there.</summary>
    public void Take(SchemaField page, JsonObject answers)
    {
        foreach (var field in page.Children)
        {
            Form.Remove(field.Property);
            if (answers[field.Property] is { } value)
            {
                Form[field.Property] = value.DeepClone();
            }
        }

        ApplicationPages.NumberMembers(Form);
    }

    /// <summary>Adds a staged paper.</summary>
    public void Add(string code, StagedFile file) => Uploads.Add(new UploadedMaterial(code, file.BlobHash, file.FileName, file.ContentType));

    /// <summary>Writes down who consents.</summary>
    public void Consent(bool commitment, IReadOnlyCollection<string> persons)
    {
        Form["commitment"] = commitment;
        Form["consents"] = new JsonArray([.. persons.Select(p => (JsonNode)new JsonObject { ["person"] = p, ["verification"] = true })]);
    }

    /// <summary>Whether a person has consented.</summary>
    public bool HasConsent(string person) =>
        (Form["consents"] as JsonArray ?? []).OfType<JsonObject>().Any(c => FormReader.Shown(c["person"]) == person);

    /// <summary>The draft as it is stored.</summary>
    public JsonObject ToJson() => new()
    {
        ["form"] = Form.DeepClone(),
        ["operationId"] = OperationId.ToString(),
        ["uploads"] = new JsonArray([.. Uploads.Select(u => (JsonNode)new JsonObject
        {
            ["code"] = u.Code, ["blobHash"] = u.BlobHash, ["fileName"] = u.FileName, ["contentType"] = u.ContentType,
        })]),
    };

    /// <summary>The purpose under which drafts of a case type are stored.</summary>
    public static string Purpose(string caseType) => $"apply:{caseType}";

    private static JsonObject Part(JsonObject content, string name)
    {
        var part = content[name] as JsonObject ?? [];
        content.Remove(name);
        return part;
    }
}
