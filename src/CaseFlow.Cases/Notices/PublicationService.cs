using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Notices;

/// <summary>Standing publication of grants. Acts in the current step.</summary>
public sealed class PublicationService(IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, CaseTypeCatalogue catalogue, StepContext step)
{
    /// <summary>Posts what is granted now, or refreshes what hangs already. A restricted case is never published.</summary>
    /// <returns>Null where the case type has no publication.</returns>
    public async Task<StandingPublication?> PublishAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var minor = await IsMinorAsync(caseFile, cancellationToken);
        if (caseFile.Sensitive || NoticeContent.For(caseFile.CaseType, NoticePurpose.Publication, minor) is null)
        {
            return null;
        }

        var publication = await OpenAsync(caseFile.Id, cancellationToken);
        if (publication is null)
        {
            publication = new StandingPublication { CaseId = caseFile.Id, PostedOn = clock.Today };
            work.Set<StandingPublication>().Add(publication);
        }

        publication.CommunityId = caseFile.CommunityId;
        publication.Programme = (await catalogue.ManifestAsync(caseFile.CaseTypeVersionId, cancellationToken)).NoticeProgramme;
        publication.MaskedName = Masking.Name(caseFile.ApplicantName);
        publication.Members = await CountMembersAsync(caseFile, cancellationToken);
        publication.Amount = caseFile.MonthlyAmount ?? Money.Zero;
        publication.RefreshedOn = clock.Today;
        await audit.AppendAsync(
            caseFile.Id, step.Actor, "publication.post", new JsonObject { ["members"] = publication.Members, ["fen"] = publication.Amount.Fen }, cancellationToken);
        return publication;
    }

    /// <summary>Takes the publication down; nothing happens where none hangs.</summary>
    public async Task RemoveAsync(Case caseFile, CancellationToken cancellationToken)
    {
        if (await OpenAsync(caseFile.Id, cancellationToken) is { } publication)
        {
            publication.RemovedOn = clock.Today;
            await audit.AppendAsync(caseFile.Id, step.Actor, "publication.remove", [], cancellationToken);
        }
    }

    private async Task<StandingPublication?> OpenAsync(Id<Case> caseId, CancellationToken cancellationToken) =>
        work.Set<StandingPublication>().Local.FirstOrDefault(p => p.CaseId == caseId && p.RemovedOn == null)
        ?? await work.Set<StandingPublication>().FirstOrDefaultAsync(p => p.CaseId == caseId && p.RemovedOn == null, cancellationToken);

    private async Task<bool> IsMinorAsync(Case caseFile, CancellationToken cancellationToken)
    {
        var born = await work.Set<Person>().Where(p => p.Id == caseFile.ApplicantId).Select(p => p.BirthDate).FirstAsync(cancellationToken);
        return born.AddYears(18) > clock.Today;
    }

    private Task<int> CountMembersAsync(Case caseFile, CancellationToken cancellationToken) =>
        work.Set<HouseholdMember>()
            .CountAsync(m => m.HouseholdId == caseFile.HouseholdId && m.SupersededAt == null && m.Counts && m.ValidTo == null, cancellationToken);
}
