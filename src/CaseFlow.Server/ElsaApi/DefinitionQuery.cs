using System.Globalization;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.ElsaApi;

/// <summary>What a list of definitions is asked for, as Studio writes it into the query.</summary>
/// <param name="VersionOptions"><c>Latest</c>, <c>Published</c>, <c>LatestOrPublished</c>, <c>LatestAndPublished</c>, <c>Draft</c>, <c>AllVersions</c>, a number, or empty.</param>
/// <param name="DefinitionIds">Only these; empty for all.</param>
/// <param name="Ids">Only these versions; empty for all.</param>
/// <param name="SearchTerm">Part of the name or id.</param>
/// <param name="OrderBy"><c>Name</c>, <c>Version</c> or <c>Created</c>.</param>
/// <param name="Descending">Order.</param>
/// <param name="Page">From 0.</param>
/// <param name="PageSize">1 to 100.</param>
internal sealed record DefinitionQuery(
    string? VersionOptions,
    IReadOnlyList<string> DefinitionIds,
    IReadOnlyList<string> Ids,
    string? SearchTerm,
    string? OrderBy,
    bool Descending,
    int Page,
    int PageSize)
{
    private const int MostRows = 100;

    /// <summary>Reads the query; names are matched without regard to case.</summary>
    public static DefinitionQuery Read(IQueryCollection query) => new(
        query["versionOptions"].FirstOrDefault(),
        [.. query["definitionIds"].OfType<string>()],
        [.. query["ids"].OfType<string>()],
        query["searchTerm"].FirstOrDefault(),
        query["orderBy"].FirstOrDefault(),
        string.Equals(query["orderDirection"].FirstOrDefault(), "Descending", StringComparison.OrdinalIgnoreCase),
        Math.Max(0, Number(query["page"].FirstOrDefault()) ?? 0),
        Math.Clamp(Number(query["pageSize"].FirstOrDefault()) ?? MostRows, 1, MostRows));

    /// <summary>The rows of the page, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<WorkflowDefinitionVersion> Rows, int Total)> RunAsync(IUnitOfWork work, CancellationToken cancellationToken)
    {
        var lines = await Restrict(work.Set<WorkflowDefinitionVersion>().AsNoTracking())
            .Select(d => new Line(d.Id, d.DefinitionId, d.Name, d.Version, d.CreatedAt))
            .ToListAsync(cancellationToken);
        var found = Order(lines.Where(Matches)).ToList();
        var page = found.Skip(Page * PageSize).Take(PageSize).Select(l => l.Id).ToList();
        var rows = await work.Set<WorkflowDefinitionVersion>().AsNoTracking().Where(d => page.Contains(d.Id)).ToListAsync(cancellationToken);
        return ([.. rows.OrderBy(r => page.IndexOf(r.Id))], found.Count);
    }

    /// <summary>Limits to the versions that <paramref name="versionOptions"/> names.</summary>
    public static IQueryable<WorkflowDefinitionVersion> OfVersion(IQueryable<WorkflowDefinitionVersion> rows, string? versionOptions) => versionOptions switch
    {
        "Latest" => rows.Where(d => d.IsLatest),
        "Published" => rows.Where(d => d.IsPublished),
        "LatestOrPublished" => rows.Where(d => d.IsLatest || d.IsPublished),
        "LatestAndPublished" => rows.Where(d => d.IsLatest && d.IsPublished),
        "Draft" => rows.Where(d => d.IsLatest && !d.IsPublished),
        _ when Number(versionOptions) is { } version => rows.Where(d => d.Version == version),
        _ => rows,
    };

    private IQueryable<WorkflowDefinitionVersion> Restrict(IQueryable<WorkflowDefinitionVersion> rows)
    {
        rows = OfVersion(rows, VersionOptions);
        rows = DefinitionIds.Count > 0 ? rows.Where(d => DefinitionIds.Contains(d.DefinitionId)) : rows;
        return Ids.Count > 0 ? rows.Where(d => Ids.Contains(d.Id)) : rows;
    }

    private bool Matches(Line line) =>
        string.IsNullOrWhiteSpace(SearchTerm)
        || line.Name.Contains(SearchTerm, StringComparison.OrdinalIgnoreCase)
        || line.DefinitionId.Contains(SearchTerm, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<Line> Order(IEnumerable<Line> lines)
    {
        var ascending = OrderBy switch
        {
            "Name" => lines.OrderBy(l => l.Name, StringComparer.Ordinal),
            "Version" => lines.OrderBy(l => l.Version),
            _ => lines.OrderBy(l => l.CreatedAt).ThenBy(l => l.DefinitionId, StringComparer.Ordinal),
        };
        return Descending ? ascending.Reverse() : ascending;
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record Line(string Id, string DefinitionId, string Name, int Version, DateTimeOffset CreatedAt);
}
