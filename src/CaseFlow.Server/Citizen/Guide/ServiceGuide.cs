using System.Globalization;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Citizen.Guide;

/// <summary>What citizens can apply for: the published case types, with the papers that they ask for.</summary>
internal sealed class ServiceGuide(IUnitOfWork work, CaseTypeCatalogue catalogue)
{
    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<Service>> ListAsync(CancellationToken cancellationToken)
    {
        var published = await work.Set<CaseTypeVersion>().AsNoTracking()
            .Where(v => v.State == PublicationState.Published)
            .OrderBy(v => v.CaseType)
            .ToListAsync(cancellationToken);
        var services = new List<Service>(published.Count);
        foreach (var version in published)
        {
            services.Add(await DescribeAsync(version, cancellationToken));
        }

        return services;
    }

    /// <summary>One; null if nothing of this code is published.</summary>
    public async Task<Service?> FindAsync(string caseType, CancellationToken cancellationToken)
    {
        var version = await work.Set<CaseTypeVersion>().AsNoTracking()
            .Where(v => v.CaseType == caseType && v.State == PublicationState.Published)
            .OrderByDescending(v => v.Number)
            .FirstOrDefaultAsync(cancellationToken);
        return version is null ? null : await DescribeAsync(version, cancellationToken);
    }

    /// <summary>The communities and villages of the district: code, and name with its street or township.</summary>
    public async Task<IReadOnlyList<FieldOption>> CommunitiesAsync(CancellationToken cancellationToken)
    {
        var units = await work.Set<OrganisationUnit>().AsNoTracking().OrderBy(o => o.Code).ToListAsync(cancellationToken);
        var names = units.ToDictionary(u => u.Id, u => u.ShortName);
        return
        [
            .. units.Where(u => u.Level == OrganisationLevel.Community)
                .Select(u => new FieldOption(u.Code, u.ParentId is { } parent ? $"{names[parent]} {u.ShortName}" : u.ShortName)),
        ];
    }

    private async Task<Service> DescribeAsync(CaseTypeVersion version, CancellationToken cancellationToken)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        var manifest = await catalogue.ManifestAsync(version.Id, cancellationToken);
        var materials = await catalogue.MaterialsAsync(version.Id, cancellationToken);
        return new Service(
            version.CaseType,
            version.Id,
            manifest.Name.In(culture),
            [.. materials.Select(m => new ServiceMaterial(m.Code, m.Name.In(culture), m.Required, m.Hint.In(culture)))]);
    }
}

/// <summary>A service that may be applied for.</summary>
public sealed record Service(string CaseType, Id<CaseTypeVersion> VersionId, string Name, IReadOnlyList<ServiceMaterial> Materials);

/// <summary>A paper that it asks for.</summary>
public sealed record ServiceMaterial(string Code, string Name, bool Required, string Hint);
