using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseTypes;

/// <summary>Case types as services and pages read them. Versions are immutable, so what was read once is kept in memory.</summary>
/// <param name="work">Rows.</param>
/// <param name="policy">Which versions are published.</param>
/// <param name="cache">Parsed versions, shared by all scopes.</param>
public sealed class CaseTypeCatalogue(IUnitOfWork work, PolicyDesk policy, CaseTypeCache cache)
{
    /// <summary>The version in force for procedures that start now.</summary>
    /// <exception cref="RefusedException">None is published.</exception>
    public async Task<CaseTypeVersion> PublishedAsync(string caseType, CancellationToken cancellationToken) =>
        (await policy.SnapshotAsync(cancellationToken)).CaseTypes.GetValueOrDefault(caseType)
        ?? throw new RefusedException("case-type-unpublished", $"事项“{caseType}”还没有发布的版本，请联系管理员。");

    /// <summary>All case types with a published version and the group that decides who may read their cases.</summary>
    public async Task<IReadOnlyDictionary<string, Scope.CaseTypeGroup>> GroupsAsync(CancellationToken cancellationToken)
    {
        var groups = new Dictionary<string, Scope.CaseTypeGroup>(StringComparer.Ordinal);
        foreach (var version in (await policy.SnapshotAsync(cancellationToken)).CaseTypes.Values)
        {
            var manifest = await ManifestAsync(version.Id, cancellationToken);
            groups[manifest.Code] = manifest.Group;
        }

        return groups;
    }

    /// <summary>The manifest of a version.</summary>
    public async Task<CaseTypeManifest> ManifestAsync(Id<CaseTypeVersion> version, CancellationToken cancellationToken) =>
        (await ReadAsync(version, cancellationToken)).Manifest;

    /// <summary>The papers that a version asks for.</summary>
    public async Task<IReadOnlyList<MaterialRequirement>> MaterialsAsync(Id<CaseTypeVersion> version, CancellationToken cancellationToken) =>
        (await ReadAsync(version, cancellationToken)).Materials;

    /// <summary>The schema of a form of a version: <c>application</c>, or the key of a step's form.</summary>
    public async Task<string?> FormSchemaAsync(Id<CaseTypeVersion> version, string key, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(version, cancellationToken);
        return key == "application" ? read.ApplicationForm : read.Manifest.FormSchema(key);
    }

    private async Task<ParsedCaseType> ReadAsync(Id<CaseTypeVersion> id, CancellationToken cancellationToken)
    {
        if (cache.Versions.TryGetValue(id, out var known))
        {
            return known;
        }

        var row = await work.Set<CaseTypeVersion>().FirstAsync(v => v.Id == id, cancellationToken);
        var parsed = new ParsedCaseType(
            CaseTypeManifest.Parse(row.ManifestJson),
            [.. (JsonNode.Parse(row.MaterialsJson) as JsonArray ?? []).OfType<JsonObject>().Select(ReadMaterial)],
            row.FormSchemaJson);
        if (row.State is PublicationState.Published or PublicationState.Superseded)
        {
            cache.Versions.TryAdd(id, parsed);
        }

        return parsed;
    }

    private static MaterialRequirement ReadMaterial(JsonObject json)
    {
        var code = json.Text("code") ?? "";
        return new MaterialRequirement(
            code,
            BilingualText.Read(json["name"], code),
            json.Flag("required"),
            BilingualText.Read(json["hint"], ""));
    }
}

/// <summary>Parsed versions of case types, shared by all scopes of a process.</summary>
public sealed class CaseTypeCache
{
    internal ConcurrentDictionary<Id<CaseTypeVersion>, ParsedCaseType> Versions { get; } = new();
}

internal sealed record ParsedCaseType(CaseTypeManifest Manifest, IReadOnlyList<MaterialRequirement> Materials, string ApplicationForm);
