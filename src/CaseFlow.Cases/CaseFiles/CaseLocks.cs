using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseFiles;

/// <summary>
/// The locks that every step of a case takes before it reads anything it decides on: the case with its instances, then the
/// applicant. What follows in the step (a grant, a number) may then come in any order that a workflow draws.
/// </summary>
public sealed class CaseLocks(IUnitOfWork work, ILocks locks)
{
    /// <summary>Locks and returns the case as it is now.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<Case> EnterAsync(Id<Case> caseId, CancellationToken cancellationToken)
    {
        await locks.LockCaseAsync(caseId, cancellationToken);
        var caseFile = await work.Set<Case>().FirstOrDefaultAsync(c => c.Id == caseId, cancellationToken)
            ?? throw new RefusedException("not-found", "找不到这个办件。");
        await locks.LockPersonsAsync([caseFile.ApplicantId], cancellationToken);
        return caseFile;
    }
}
