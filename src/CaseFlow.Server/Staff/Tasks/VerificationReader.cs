using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>Reads the newest report of the verification platform, differences first.</summary>
internal sealed class VerificationReader(IUnitOfWork work)
{
    /// <summary>The request and its lines; null and none where nothing was asked.</summary>
    public async Task<(VerificationRequest? Request, IReadOnlyList<VerificationLine> Lines)> ReadAsync(
        Id<Case> caseId, CancellationToken cancellationToken)
    {
        var request = await work.Set<VerificationRequest>().AsNoTracking().Where(r => r.CaseId == caseId)
            .OrderByDescending(r => r.RequestedAt).FirstOrDefaultAsync(cancellationToken);
        return request is null ? (null, []) : (request, await LinesAsync(request.Id, cancellationToken));
    }

    private async Task<List<VerificationLine>> LinesAsync(Id<VerificationRequest> request, CancellationToken cancellationToken)
    {
        var rows = await work.Set<VerificationResult>().AsNoTracking().Where(r => r.RequestId == request).ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.PersonId).Distinct().ToList();
        var names = await work.Set<Person>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return rows
            .Select(r => new VerificationLine(r, names.GetValueOrDefault(r.PersonId, ""), r.Settlement is not null || VerificationService.IsDifference(r)))
            .OrderByDescending(l => l.Open).ThenByDescending(l => l.Differs).ThenBy(l => l.Person, StringComparer.Ordinal).ThenBy(l => l.Result.Status != "found").ThenBy(l => l.Result.Source, StringComparer.Ordinal).ThenBy(l => l.Result.Id)
            .ToList();
    }
}
