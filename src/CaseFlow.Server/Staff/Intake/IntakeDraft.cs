using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Intake;

/// <summary>A registration at the counter while it is being filled in; encrypted with the clerk's drafts until it is submitted.</summary>
public sealed record IntakeDraft
{
    /// <summary>Which registration.</summary>
    public required Guid Id { get; init; }

    /// <summary>Case type.</summary>
    public required string CaseType { get; init; }

    /// <summary>Who came: <c>self</c>, <c>family</c>, <c>community</c>, <c>discovered</c>.</summary>
    public required string Visitor { get; init; }

    /// <summary>The form so far.</summary>
    public required JsonObject Form { get; init; }

    /// <summary>Papers that have been scanned.</summary>
    public required IReadOnlyList<UploadedMaterial> Uploads { get; init; }

    /// <summary>Last saved.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>The applicant's part.</summary>
    public JsonObject Applicant => Form["applicant"] as JsonObject ?? [];

    /// <summary>Name of the applicant.</summary>
    public string Name => FormReader.Shown(Applicant["name"]);
}

/// <summary>Keeps registrations among the clerk's drafts.</summary>
internal sealed class IntakeDrafts(DraftStore drafts, IUnitOfWork work)
{
    private const string Prefix = "intake:";

    /// <summary>One registration; null if the clerk has none of this id.</summary>
    public async Task<IntakeDraft?> LoadAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        await drafts.LoadAsync(actor, Prefix + id, cancellationToken) is { } draft ? Read(id, draft) : null;

    /// <summary>Those that wait for papers, newest first.</summary>
    public async Task<IReadOnlyList<IntakeDraft>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        var account = actor.AccountId ?? Id<Account>.None;
        var rows = await work.Set<FormDraft>().AsNoTracking()
            .Where(d => d.AccountId == account && d.Purpose.StartsWith(Prefix)).OrderByDescending(d => d.SavedAt).Take(20)
            .ToListAsync(cancellationToken);
        return rows
            .Where(r => Guid.TryParse(r.Purpose[Prefix.Length..], out _))
            .Select(r => Read(Guid.Parse(r.Purpose[Prefix.Length..]), new Draft(JsonNode.Parse(r.ProtectedJson) as JsonObject ?? [], r.SavedAt)))
            .ToList();
    }

    /// <summary>Saves.</summary>
    public Task SaveAsync(Actor actor, IntakeDraft draft, CancellationToken cancellationToken) => drafts.SaveAsync(
        actor,
        Prefix + draft.Id,
        new JsonObject
        {
            ["caseType"] = draft.CaseType,
            ["visitor"] = draft.Visitor,
            ["form"] = draft.Form.DeepClone(),
            ["uploads"] = new JsonArray([.. draft.Uploads.Select(u => (JsonNode)new JsonObject
            {
                ["code"] = u.Code, ["blobHash"] = u.BlobHash, ["fileName"] = u.FileName, ["contentType"] = u.ContentType,
            })]),
        },
        cancellationToken);

    /// <summary>Throws it away once it was submitted.</summary>
    public Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken) => drafts.DeleteAsync(actor, Prefix + id, cancellationToken);

    private static IntakeDraft Read(Guid id, Draft draft) => new()
    {
        Id = id,
        CaseType = FormReader.Shown(draft.Content["caseType"]),
        Visitor = FormReader.Shown(draft.Content["visitor"]),
        Form = draft.Content["form"] as JsonObject ?? [],
        Uploads = (draft.Content["uploads"] as JsonArray ?? []).OfType<JsonObject>().Select(u => new UploadedMaterial(
            FormReader.Shown(u["code"]), FormReader.Shown(u["blobHash"]), FormReader.Shown(u["fileName"]), FormReader.Shown(u["contentType"]))).ToList(),
        SavedAt = draft.SavedAt,
    };
}
