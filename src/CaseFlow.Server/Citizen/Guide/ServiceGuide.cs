using System.Globalization;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Citizen.Guide;

/// <summary>What citizens can apply for: the published case types, with the papers that they ask for.</summary>
internal sealed class ServiceGuide(IUnitOfWork work, CaseTypeCatalogue catalogue, PolicyDesk policy, IBusinessClock clock)
{
    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<Service>> ListAsync(CancellationToken cancellationToken)
    {
        var published = await work.Set<CaseTypeVersion>().AsNoTracking()
            .Where(v => v.State == PublicationState.Published)
            .OrderBy(v => v.CaseType).ThenByDescending(v => v.Number)
            .ToListAsync(cancellationToken);
        var services = new List<Service>(published.Count);
        foreach (var version in published.DistinctBy(v => v.CaseType))
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
            [.. materials.Select(m => new ServiceMaterial(m.Code, m.Name.In(culture), m.Required, m.Hint.In(culture)))],
            [.. manifest.Conditions.Select(c => c.In(culture))]);
    }

    /// <summary>The figures of a service that a citizen asks for first, as they are today.</summary>
    public async Task<ServiceFigures> FiguresAsync(string caseType, CancellationToken cancellationToken)
    {
        var book = await policy.BookAsync(cancellationToken);
        return new ServiceFigures(
            book.Find($"{caseType}.total.days", clock.Today) is { } days ? (int)days.Value : null,
            Amount(AreaType.Urban),
            Amount(AreaType.Rural));

        Money? Amount(AreaType area) => book.Find($"{caseType}.standard", clock.Today, area) is { } row ? new Money(row.Value) : null;
    }
}

/// <summary>A service that may be applied for.</summary>
public sealed record Service(string CaseType, Id<CaseTypeVersion> VersionId, string Name, IReadOnlyList<ServiceMaterial> Materials, IReadOnlyList<string> Conditions);

/// <summary>Figures of a service today; null where the policy has none.</summary>
/// <param name="WorkingDays">Longest time from acceptance to the decision.</param>
/// <param name="Urban">Standard a person and month in towns.</param>
/// <param name="Rural">Standard a person and month in the country.</param>
public sealed record ServiceFigures(int? WorkingDays, Money? Urban, Money? Rural);

/// <summary>A paper that it asks for.</summary>
public sealed record ServiceMaterial(string Code, string Name, bool Required, string Hint);
