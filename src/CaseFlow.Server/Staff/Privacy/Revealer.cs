using CaseFlow.Cases.Audit;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Server.Staff.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Privacy;

/// <summary>Shows numbers in clear to somebody who gave a reason. The trace is written before the numbers are read.</summary>
internal sealed class Revealer(IUnitOfWork work, IAccessLog log)
{
    private static readonly string[] Reasons = ["check", "contact", "document"];

    /// <summary>The applicant's numbers of a case that is in scope.</summary>
    /// <returns>Null where the reason is none of those offered.</returns>
    public async Task<RevealedNumbers?> RevealAsync(Actor actor, Case file, string reason, CancellationToken cancellationToken)
    {
        if (!Reasons.Contains(reason, StringComparer.Ordinal))
        {
            return null;
        }

        await log.RecordAsync(actor, "person.reveal", $"person:{file.ApplicantId}", reason, cancellationToken);
        var person = await work.Set<Person>().AsNoTracking().FirstAsync(p => p.Id == file.ApplicantId, cancellationToken);
        return new RevealedNumbers(person.IdNumber, person.Phone, person.BankAccount);
    }
}
