using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Organisation;

/// <summary>Bodies of the bureau.</summary>
public sealed class BureauDirectory(PolicyDesk policy)
{
    /// <summary>The district: the civil-affairs bureau.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<OrganisationUnit> DistrictAsync(CancellationToken cancellationToken) =>
        (await policy.SnapshotAsync(cancellationToken)).Units.Values
            .Where(o => o.Level == OrganisationLevel.District)
            .MinBy(o => o.Code, StringComparer.Ordinal)
        ?? throw new InvalidOperationException("There is no district.");

    /// <summary>A body.</summary>
    /// <exception cref="InvalidOperationException">There is none of this id.</exception>
    public async Task<OrganisationUnit> UnitAsync(Id<OrganisationUnit> id, CancellationToken cancellationToken) =>
        (await policy.SnapshotAsync(cancellationToken)).Units.GetValueOrDefault(id)
        ?? throw new InvalidOperationException($"There is no body {id}.");
}
