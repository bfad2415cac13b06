using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Notices;

/// <summary>What an objector takes home: nothing that was said.</summary>
public sealed record ObjectionReceipt(Id<Objection> Id, string ReceiptNumber, DateTimeOffset ReceivedAt);

/// <summary>
/// 公示 and 异议. A notice shows only what domain I allows; an objection inside its period interrupts it and the procedure
/// investigates anew. Methods that take an actor open a step of their own; the others act in the current one.
/// </summary>
public sealed class PublicNoticeService(
    IStepRunner steps,
    IUnitOfWork work,
    ILocks locks,
    IAuditTrail audit,
    IBusinessClock clock,
    CaseTypeCatalogue catalogue,
    ICaseWorkflow workflow,
    StepContext step)
{
    /// <summary>Stimulus that an objection sends to the procedure.</summary>
    public const string ObjectionStimulus = "notice.objection";

    /// <summary>Posts a notice whose period was computed by the caller.</summary>
    /// <param name="caseFile">The case.</param>
    /// <param name="procedure">The procedure.</param>
    /// <param name="proposed">Proposed monthly amount; null where none is shown.</param>
    /// <param name="showsMembers">Whether the number of members stands in it; a stop shows the name alone (domain I).</param>
    /// <param name="endsOn">Last day.</param>
    /// <param name="document">The paper on the board.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="InvalidOperationException">The case type is restricted: its cases get no public notice.</exception>
    public async Task<PublicNotice> PostAsync(
        Case caseFile, Id<Procedure> procedure, Money? proposed, bool showsMembers, DateOnly endsOn, Id<IssuedDocument>? document, CancellationToken cancellationToken)
    {
        if (caseFile.Sensitive)
        {
            throw new InvalidOperationException("A restricted case gets no public notice.");
        }

        var manifest = await catalogue.ManifestAsync(caseFile.CaseTypeVersionId, cancellationToken);
        var township = await work.Set<OrganisationUnit>().FirstAsync(o => o.Id == caseFile.OrganisationId, cancellationToken);
        var notice = new PublicNotice
        {
            CaseId = caseFile.Id,
            ProcedureId = procedure,
            CommunityId = caseFile.CommunityId,
            OrganisationId = caseFile.OrganisationId,
            DocumentId = document,
            Programme = manifest.NoticeProgramme,
            MaskedName = Masking.Name(caseFile.ApplicantName),
            Members = showsMembers ? await CountMembersAsync(caseFile, cancellationToken) : 0,
            ProposedAmount = proposed,
            PostedOn = clock.Today,
            EndsOn = endsOn,
            ReportingPhone = township.Phone,
        };
        work.Set<PublicNotice>().Add(notice);
        await audit.AppendAsync(
            caseFile.Id,
            step.Actor,
            "notice.post",
            new JsonObject { ["notice"] = notice.Id.ToString(), ["endsOn"] = endsOn.ToString("O"), ["fen"] = proposed?.Fen },
            cancellationToken);
        return notice;
    }

    /// <summary>The period has ended without an objection.</summary>
    public async Task EndAsync(Id<PublicNotice> id, CancellationToken cancellationToken)
    {
        var notice = await work.Set<PublicNotice>().FirstAsync(n => n.Id == id, cancellationToken);
        notice.State = PublicNoticeState.Ended;
        await audit.AppendAsync(
            notice.CaseId, step.Actor, "notice.end", new JsonObject { ["notice"] = notice.Id.ToString() }, cancellationToken);
    }

    /// <summary>
    /// Anybody objects to a notice within its period; name and contact are optional. The objector stays hidden from the
    /// applicant and the village. The first objection interrupts the notice; further ones join the renewed investigation
    /// that it began, and are answered with it.
    /// </summary>
    /// <returns>What the objector takes home.</returns>
    /// <exception cref="RefusedException">The period is over, or the investigation is.</exception>
    public Task<ObjectionReceipt> ObjectAsync(
        Actor actor, Id<PublicNotice> notice, string text, string? name, string? contact, Guid operationId, CancellationToken cancellationToken) =>
        steps.RunOnAsync<PublicNoticeService, ObjectionReceipt>(
            new Step("notice.object", actor, operationId),
            (service, token) => service.ObjectInStepAsync(notice, text, name, contact, token),
            cancellationToken);

    /// <summary>Settles the open objections of a notice after the renewed investigation.</summary>
    public async Task SettleAsync(Case caseFile, bool upheld, CancellationToken cancellationToken)
    {
        var open = await work.Set<Objection>().Where(o => o.CaseId == caseFile.Id && o.SettledAt == null).ToListAsync(cancellationToken);
        foreach (var objection in open)
        {
            objection.Result = upheld ? "Upheld" : "Dismissed";
            objection.SettledAt = clock.Now;
        }

        await audit.AppendAsync(
            caseFile.Id, step.Actor, "objection.settle", new JsonObject { ["upheld"] = upheld, ["count"] = open.Count }, cancellationToken);
    }

    /// <summary>A photograph proves the posting on its first or last day.</summary>
    public Task AddPhotoAsync(Actor actor, Id<PublicNotice> notice, string blobHash, bool lastDay, CancellationToken cancellationToken) =>
        steps.RunOnAsync<PublicNoticeService, bool>(
            new Step("notice.photo", actor),
            (service, token) => service.AddPhotoInStepAsync(actor, notice, blobHash, lastDay, token),
            cancellationToken);

    private async Task<ObjectionReceipt> ObjectInStepAsync(
        Id<PublicNotice> id, string text, string? name, string? contact, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidInputException("text", "请写明异议内容。");
        }

        var caseId = await work.Set<PublicNotice>().Where(n => n.Id == id).Select(n => (Id<Case>?)n.CaseId).FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("not-found", "找不到这条公示。");
        await locks.LockCaseAsync(caseId, cancellationToken);
        var notice = await work.Set<PublicNotice>().FirstAsync(n => n.Id == id, cancellationToken);
        var investigated = notice.State == PublicNoticeState.Interrupted
            && await work.Set<Objection>().AnyAsync(o => o.NoticeId == id && o.SettledAt == null, cancellationToken);
        if (clock.Today > notice.EndsOn || !(notice.State == PublicNoticeState.Running || investigated))
        {
            throw new RefusedException("notice-ended", "公示期已结束。仍有意见的，可以向街道（乡镇）或区民政局反映。");
        }

        var objection = new Objection
        {
            NoticeId = id,
            CaseId = caseId,
            ReceiptNumber = $"YY{clock.Today:yyyyMMdd}{RandomNumberGenerator.GetHexString(8)}",
            Text = text,
            ObjectorName = name,
            ObjectorContact = contact,
            ReceivedAt = clock.Now,
        };
        work.Set<Objection>().Add(objection);
        var first = notice.State == PublicNoticeState.Running;
        notice.State = PublicNoticeState.Interrupted;
        await audit.AppendAsync(
            caseId, step.Actor, "notice.objection", new JsonObject { ["notice"] = id.ToString(), ["objection"] = objection.Id.ToString() }, cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        if (first)
        {
            await workflow.SignalAsync(caseId, ObjectionStimulus, id.ToString(), [], cancellationToken);
        }

        return new ObjectionReceipt(objection.Id, objection.ReceiptNumber, objection.ReceivedAt);
    }

    private async Task<bool> AddPhotoInStepAsync(Actor actor, Id<PublicNotice> id, string blobHash, bool lastDay, CancellationToken cancellationToken)
    {
        var notice = await work.Set<PublicNotice>().FirstOrDefaultAsync(n => n.Id == id, cancellationToken)
            ?? throw new RefusedException("not-found", "找不到这条公示。");
        if (!actor.Posts.Any(p => p.OrganisationId == notice.CommunityId || p.OrganisationId == notice.OrganisationId))
        {
            throw new RefusedException("post", "公示照片由张贴的社区（村）或街道（乡镇）上传。");
        }

        await locks.LockCaseAsync(notice.CaseId, cancellationToken);
        if (lastDay)
        {
            notice.EndPhotoHash = blobHash;
        }
        else
        {
            notice.StartPhotoHash = blobHash;
        }

        await audit.AppendAsync(
            notice.CaseId, actor, "notice.photo", new JsonObject { ["notice"] = id.ToString(), ["blob"] = blobHash, ["lastDay"] = lastDay }, cancellationToken);
        return true;
    }

    private Task<int> CountMembersAsync(Case caseFile, CancellationToken cancellationToken) =>
        work.Set<HouseholdMember>()
            .CountAsync(m => m.HouseholdId == caseFile.HouseholdId && m.SupersededAt == null && m.Counts && m.ValidTo == null, cancellationToken);
}
