using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Organisation;

/// <summary>Bodies of the bureau, read once in a service scope.</summary>
public sealed class BureauDirectory(IUnitOfWork work)
{
    private OrganisationUnit? _district;

    /// <summary>The district: the civil-affairs bureau.</summary>
    public async Task<OrganisationUnit> DistrictAsync(CancellationToken cancellationToken) =>
        _district ??= await work.Set<OrganisationUnit>()
            .Where(o => o.Level == OrganisationLevel.District)
            .OrderBy(o => o.Code)
            .FirstAsync(cancellationToken);

    /// <summary>A body.</summary>
    /// <exception cref="InvalidOperationException">There is none of this id.</exception>
    public async Task<OrganisationUnit> UnitAsync(Id<OrganisationUnit> id, CancellationToken cancellationToken) =>
        await work.Set<OrganisationUnit>().FindAsync([id], cancellationToken)
        ?? throw new InvalidOperationException($"There is no body {id}.");
}
