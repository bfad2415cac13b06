using System.Text.Json.Nodes;
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

    /// <summary>Takes one page's answers over: what the page asks for is replaced, all else stays.</summary>
    public void Take(SchemaField page, JsonObject answers)
    {
        Merge(page, Form, answers);
        ApplicationPages.NumberMembers(Form);
    }

    /// <summary>Adds a staged paper; the same picture twice is one.</summary>
    public void Add(string code, StagedFile file)
    {
        if (!Uploads.Exists(u => u.Code == code && u.BlobHash == file.BlobHash))
        {
            Uploads.Add(new UploadedMaterial(code, file.BlobHash, file.FileName, file.ContentType));
        }
    }

    /// <summary>Opens one more entry of the list at a JSON pointer; it falls out again if nobody fills it in.</summary>
    public void Extend(string pointer)
    {
        if (ListAt(pointer, create: true) is { } list)
        {
            list.Add(new JsonObject());
        }
    }

    /// <summary>Takes an entry out of a list; the pointer ends with its number.</summary>
    public void Drop(string pointer)
    {
        var at = pointer.LastIndexOf('/');
        if (at > 0 && int.TryParse(pointer[(at + 1)..], out var index) && ListAt(pointer[..at], create: false) is { } list && index >= 0 && index < list.Count)
        {
            list.RemoveAt(index);
            ApplicationPages.NumberMembers(Form);
        }
    }

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
    public static string Purpose(string caseType) => PurposePrefix + caseType;

    /// <summary>What the purposes of all drafts of applications begin with.</summary>
    public const string PurposePrefix = "apply:";

    private static void Merge(SchemaField asked, JsonObject target, JsonObject answers)
    {
        foreach (var field in asked.Children)
        {
            var answer = answers[field.Property];
            if (field.Kind is FieldKind.Group)
            {
                var group = target[field.Property] as JsonObject ?? [];
                Merge(field, group, answer as JsonObject ?? []);
                target.Remove(field.Property);
                if (group.Count > 0)
                {
                    target[field.Property] = group;
                }

                continue;
            }

            target.Remove(field.Property);
            if (answer is not null)
            {
                target[field.Property] = answer.DeepClone();
            }
        }
    }

    private JsonArray? ListAt(string pointer, bool create)
    {
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var owner = Form;
        foreach (var part in parts[..^1])
        {
            var next = owner[part] as JsonObject ?? [];
            owner[part] ??= next;
            owner = next;
        }

        if (owner[parts[^1]] is not JsonArray list)
        {
            if (!create)
            {
                return null;
            }

            list = [];
            owner[parts[^1]] = list;
        }

        return list;
    }

    private static JsonObject Part(JsonObject content, string name)
    {
        var part = content[name] as JsonObject ?? [];
        content.Remove(name);
        return part;
    }
}
