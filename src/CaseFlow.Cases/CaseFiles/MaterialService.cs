using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseFiles;

/// <summary>Papers of a case: what is missing and must be corrected, and what came in. Acts in the current step.</summary>
public sealed class MaterialService(IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, StepContext step)
{
    /// <summary>
    /// Takes a form's words on papers: <c>corrections</c> of <c>{code, name, request}</c> and <c>materials</c> of <c>{code, name, blobHash,
    /// fileName, contentType}</c> (without a hash: a paper handed in at the counter).
    /// </summary>
    /// <exception cref="InvalidInputException">An upload is not there.</exception>
    public async Task RecordAsync(Case caseFile, JsonObject form, CancellationToken cancellationToken)
    {
        var known = await work.Set<Material>().Where(m => m.CaseId == caseFile.Id).ToListAsync(cancellationToken);
        foreach (var correction in form.Objects("corrections"))
        {
            var paper = Find(caseFile, known, correction);
            paper.CorrectionRequest = correction.Text("request");
        }

        var first = new HashSet<string>(StringComparer.Ordinal);
        foreach (var received in form.Objects("materials"))
        {
            var hash = received.Text("blobHash");
            if (hash is not null && !await work.Set<Blob>().AnyAsync(b => b.Hash == hash, cancellationToken))
            {
                throw new InvalidInputException("materials", "材料没有上传成功，请重新上传。");
            }

            var paper = Find(caseFile, known, received);
            if (!first.Add(paper.Code))
            {
                // A paper of several pages: each photograph is a row of its own.
                paper = new Material { CaseId = caseFile.Id, Code = paper.Code, Name = paper.Name };
                work.Set<Material>().Add(paper);
            }

            paper.Received = true;
            paper.CorrectionRequest = null;
            paper.ReceivedAt = clock.Now;
            (paper.BlobHash, paper.FileName, paper.ContentType) = (hash, received.Text("fileName"), received.Text("contentType"));
        }

        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "material.record",
            new JsonObject { ["missing"] = form.Objects("corrections").Count(), ["received"] = form.Objects("materials").Count() },
            cancellationToken);
    }

    private Material Find(Case caseFile, List<Material> known, JsonObject json)
    {
        var code = json.Text("code") ?? throw new InvalidInputException("code", "请选择材料。");
        var paper = known.Find(m => m.Code == code);
        if (paper is null)
        {
            paper = new Material { CaseId = caseFile.Id, Code = code, Name = json.Text("name") ?? code };
            known.Add(paper);
            work.Set<Material>().Add(paper);
        }

        return paper;
    }
}
