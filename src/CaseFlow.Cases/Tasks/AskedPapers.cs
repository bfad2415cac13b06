using System.Text.Json.Nodes;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// The papers that a step's form names: only those of the case type, or that the case has already, may be asked for; what comes
/// in may also be something else (<see cref="Other"/>). A paper that is asked for by its code alone gets its name. Photographs
/// of a visit are kept as papers too.
/// </summary>
internal sealed class AskedPapers(IUnitOfWork work, IBusinessClock clock, CaseTypeCatalogue catalogue)
{
    /// <summary>Code under which comes in what nobody asked for by name.</summary>
    public const string Other = "other";

    /// <exception cref="InvalidInputException">A correction asks for nothing, or a code is unknown; the field is that of the entry, for example <c>corrections/0/code</c>.</exception>
    public async Task RequireKnownAsync(WorkTask task, string outcome, JsonObject form, CancellationToken cancellationToken)
    {
        var (asked, received) = (form.Objects("corrections").ToList(), form.Objects("materials").ToList());
        if (outcome == "RequestCorrection" && asked.Count == 0)
        {
            throw new InvalidInputException("corrections", "请写明哪些材料怎样补正。");
        }

        if (asked.Count + received.Count == 0)
        {
            return;
        }

        var names = (await catalogue.MaterialsAsync(task.CaseTypeVersionId, cancellationToken))
            .ToDictionary(m => m.Code, m => m.Name.Zh, StringComparer.Ordinal);
        foreach (var paper in await work.Set<Material>().Where(m => m.CaseId == task.CaseId).Select(m => new { m.Code, m.Name }).ToListAsync(cancellationToken))
        {
            names.TryAdd(paper.Code, paper.Name);
        }

        Check("corrections", asked, names, other: false);
        Check("materials", received, names, other: true);
    }

    /// <summary>The photographs of a visit become papers of the case; one that is handed in again with the form stays one.</summary>
    /// <exception cref="InvalidInputException">An upload is not there; the field is <c>photos</c>.</exception>
    public async Task KeepPhotosAsync(WorkTask task, JsonObject form, CancellationToken cancellationToken)
    {
        var kept = await work.Set<Material>().Where(m => m.CaseId == task.CaseId && m.Code == Material.SurveyPhoto).Select(m => m.BlobHash).ToListAsync(cancellationToken);
        foreach (var photo in form.Objects("photos").Where(p => !kept.Contains(p.Text("blobHash"))).DistinctBy(p => p.Text("blobHash")))
        {
            var hash = photo.Text("blobHash");
            if (!await work.Set<Blob>().AnyAsync(b => b.Hash == hash, cancellationToken))
            {
                throw new InvalidInputException("photos", "照片没有上传成功，请重新上传。");
            }

            work.Set<Material>().Add(new Material
            {
                CaseId = task.CaseId,
                Code = Material.SurveyPhoto,
                Name = "入户照片",
                Received = true,
                ReceivedAt = clock.Now,
                BlobHash = hash,
                FileName = photo.Text("fileName"),
                ContentType = photo.Text("contentType"),
            });
        }
    }

    private static void Check(string list, List<JsonObject> entries, Dictionary<string, string> names, bool other)
    {
        foreach (var (entry, index) in entries.Select((e, i) => (e, i)))
        {
            var code = entry.Text("code") ?? "";
            if (names.TryGetValue(code, out var name))
            {
                entry["name"] ??= name;
            }
            else if (!other || code != Other)
            {
                throw new InvalidInputException($"{list}/{index}/code", $"本事项没有“{code}”这种材料，请从材料清单中选择。");
            }
        }
    }
}
