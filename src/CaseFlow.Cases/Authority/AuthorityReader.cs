using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Authority;

/// <summary>Loads the delegation table.</summary>
public static class AuthorityReader
{
    /// <summary>The table as it is stored now; which rows hold is decided by the day in the facts.</summary>
    public static async Task<AuthorityTable> ReadAsync(IUnitOfWork unitOfWork, PolicyBook policy, CancellationToken cancellationToken) =>
        new(await unitOfWork.Set<AuthorityRule>().AsNoTracking().ToListAsync(cancellationToken), policy);
}
