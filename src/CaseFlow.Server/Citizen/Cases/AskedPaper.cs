using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components.Forms;

namespace CaseFlow.Server.Citizen.Cases;

/// <summary>A paper that a step of the applicant asks for.</summary>
/// <param name="Code">Code in the case type's list.</param>
/// <param name="Name">Name.</param>
/// <param name="Ask">What is wrong with it or missing, in words; may be empty.</param>
/// <param name="Missing">Whether it was asked for; false for papers that may be added.</param>
internal sealed record AskedPaper(string Code, string Name, string Ask, bool Missing)
{
    /// <summary>Code under which papers come in that nobody asked for by name.</summary>
    public const string Other = "other";

    /// <summary>The papers of a case that are missing or to be corrected, then room for others.</summary>
    public static IReadOnlyList<AskedPaper> Of(IEnumerable<Material> materials, string otherName) =>
    [
        .. materials.Where(m => !m.Received || m.CorrectionRequest is not null).DistinctBy(m => m.Code)
            .Select(m => new AskedPaper(m.Code, m.Name, m.CorrectionRequest ?? "", true)),
        new AskedPaper(Other, otherName, "", false),
    ];

    /// <summary>Uploads as a draft keeps them.</summary>
    public static List<UploadedMaterial> Uploads(JsonArray? stored) =>
    [
        .. (stored ?? []).OfType<JsonObject>().Select(u => new UploadedMaterial(
            FormReader.Shown(u["code"]), FormReader.Shown(u["blobHash"]), FormReader.Shown(u["fileName"]), FormReader.Shown(u["contentType"]))),
    ];

    /// <summary>Uploads as a draft keeps them, and with names as a step's form hands them in.</summary>
    public static JsonArray Json(IEnumerable<UploadedMaterial> uploads, IReadOnlyList<AskedPaper>? papers = null)
    {
        var list = new JsonArray();
        foreach (var upload in uploads)
        {
            var json = new JsonObject { ["code"] = upload.Code, ["blobHash"] = upload.BlobHash, ["fileName"] = upload.FileName, ["contentType"] = upload.ContentType };
            if (papers?.FirstOrDefault(p => p.Code == upload.Code) is { } paper)
            {
                json["name"] = paper.Name;
            }

            list.Add(json);
        }

        return list;
    }
}
