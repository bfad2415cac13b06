using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Organisation;

/// <summary>
/// When the code of a body may still be corrected: while nothing has been built on it. Codes of bodies below continue it, and
/// case numbers and addresses of people carry it.
/// </summary>
public static class UnitCodes
{
    /// <summary>Whether nothing stands on the code yet.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="unit">The body.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<bool> IsOpenAsync(IUnitOfWork work, OrganisationUnit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(unit);
        return !await work.Set<OrganisationUnit>().AnyAsync(o => o.ParentId == unit.Id, cancellationToken)
            && !await work.Set<Case>().AnyAsync(c => c.OrganisationId == unit.Id, cancellationToken)
            && !await work.Set<Person>().AnyAsync(p => p.HukouOrganisationId == unit.Id, cancellationToken);
    }

    /// <summary>Refuses to change a code on which something stands.</summary>
    /// <exception cref="InvalidInputException">The field is <c>code</c>.</exception>
    public static async Task RequireOpenAsync(IUnitOfWork work, OrganisationUnit unit, CancellationToken cancellationToken)
    {
        if (!await IsOpenAsync(work, unit, cancellationToken))
        {
            throw new InvalidInputException("code", "这个机构已有下级机构、案件或居民，代码不能再改。");
        }
    }
}
