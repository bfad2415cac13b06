using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.CaseTypes;

/// <summary>Whether publishing takes a second person. An installation may switch it off; the audit then says so.</summary>
public sealed class PublicationPolicy
{
    /// <summary>True as shipped.</summary>
    public bool SecondPerson { get; set; } = true;
}

/// <summary>What came of an import.</summary>
/// <param name="Version">The version that holds the content now.</param>
/// <param name="Created">False if the very content was known already.</param>
public sealed record CaseTypeImport(CaseTypeVersion Version, bool Created);

/// <summary>
/// Versions of case types: import of folders, submission, publication by a second person, export. Methods that take an actor
/// open a step of their own.
/// </summary>
public sealed class CaseTypeService(
    IStepRunner steps,
    IUnitOfWork work,
    ILocks locks,
    IAuditTrail audit,
    IBusinessClock clock,
    PublicationPolicy policy)
{
    /// <summary>
    /// Takes a folder in. Content whose hash is known changes nothing. New content is published at once only if the case type
    /// has no published version yet or the database is a demo; else it waits for a second person.
    /// </summary>
    public Task<CaseTypeImport> ImportAsync(Actor actor, CaseTypeFolder folder, string note, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CaseTypeService, CaseTypeImport>(
            new Step("case-type.import", actor),
            (service, token) => service.ImportInStepAsync(actor, folder, note, token),
            cancellationToken);

    /// <summary>The second person publishes a submitted version.</summary>
    /// <exception cref="RefusedException">It is not submitted, or by the same person.</exception>
    public Task<CaseTypeVersion> PublishAsync(Actor actor, Id<CaseTypeVersion> version, string? opinion, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CaseTypeService, CaseTypeVersion>(
            new Step("case-type.publish", actor),
            (service, token) => service.PublishInStepAsync(actor, version, opinion, token),
            cancellationToken);

    /// <summary>The second person sends a submitted version back.</summary>
    public Task<CaseTypeVersion> RejectAsync(Actor actor, Id<CaseTypeVersion> version, string reason, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CaseTypeService, CaseTypeVersion>(
            new Step("case-type.reject", actor),
            (service, token) => service.RejectInStepAsync(actor, version, reason, token),
            cancellationToken);

    /// <summary>The published version as a folder.</summary>
    public async Task<CaseTypeFolder> ExportAsync(string caseType, CancellationToken cancellationToken)
    {
        var version = await work.Set<CaseTypeVersion>()
            .Where(v => v.CaseType == caseType && v.State == PublicationState.Published)
            .OrderByDescending(v => v.Number)
            .FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("case-type-unpublished", $"事项“{caseType}”还没有发布的版本。");
        var ids = WorkflowIds(version).Values.ToList();
        var definitions = await work.Set<WorkflowDefinitionVersion>().Where(d => ids.Contains(d.Id)).ToListAsync(cancellationToken);
        return new CaseTypeFolder(
            CaseJson.ReadObject(version.ManifestJson),
            CaseJson.ReadObject(version.FormSchemaJson),
            JsonNode.Parse(version.MaterialsJson) as JsonArray ?? [],
            definitions.ToDictionary(d => d.DefinitionId, d => CaseJson.ReadObject(d.Json), StringComparer.Ordinal));
    }

    /// <summary>
    /// A new case type version whose workflow of one kind is another definition version: what Studio's save with publish
    /// submits. Acts in the current step.
    /// </summary>
    public async Task<CaseTypeVersion> SubmitWorkflowAsync(WorkflowDefinitionVersion definition, Actor actor, string note, CancellationToken cancellationToken)
    {
        var caseType = definition.CaseType ?? throw new ArgumentException("The definition is tied to no case type.", nameof(definition));
        var waiting = await LastAsync(caseType, PublicationState.Submitted, cancellationToken);
        var basis = waiting ?? await LastAsync(caseType, PublicationState.Published, cancellationToken)
            ?? throw new RefusedException("case-type-unpublished", $"事项“{caseType}”还没有发布的版本。");
        var workflows = WorkflowIds(basis);
        workflows[definition.ProcedureKind ?? definition.DefinitionId] = definition.Id;
        var version = new CaseTypeVersion
        {
            CaseType = caseType,
            ManifestJson = basis.ManifestJson,
            FormSchemaJson = basis.FormSchemaJson,
            MaterialsJson = basis.MaterialsJson,
            WorkflowsJson = CaseJson.Write(workflows),
            Hash = await HashAsync(basis, workflows, definition, cancellationToken),
            Note = waiting is null ? note : $"{waiting.Note}；{note}",
        };
        await AddAsync(version, actor, cancellationToken);
        definition.IsSubmitted = true;
        if (waiting is not null)
        {
            await ReplaceAsync(waiting, version, actor, cancellationToken);
        }

        if (!policy.SecondPerson)
        {
            await PublishRowsAsync(version, actor, cancellationToken);
        }

        return version;
    }

    /// <summary>The submission that waits for the second person; at most one per case type, and a later one holds the earlier one too.</summary>
    public Task<CaseTypeVersion?> WaitingAsync(string caseType, CancellationToken cancellationToken) =>
        LastAsync(caseType, PublicationState.Submitted, cancellationToken);

    /// <summary>Who took part in a submitted version: none of them may publish it.</summary>
    public async Task<IReadOnlyList<Id<Account>>> SubmittersAsync(CaseTypeVersion version, CancellationToken cancellationToken)
    {
        var ids = WorkflowIds(version).Values.ToList();
        var authors = await work.Set<WorkflowDefinitionVersion>()
            .Where(d => ids.Contains(d.Id) && !d.IsPublished && d.SubmittedBy != null)
            .Select(d => d.SubmittedBy!.Value)
            .ToListAsync(cancellationToken);
        return [.. authors.Concat(version.SubmittedBy is { } submitter ? [submitter] : []).Distinct()];
    }

    /// <summary>Kind of procedure → id of the definition version that a case type version pins.</summary>
    public static Dictionary<string, string> WorkflowIds(CaseTypeVersion version) =>
        CaseJson.Read<Dictionary<string, string>>(version.WorkflowsJson);

    private async Task<CaseTypeImport> ImportInStepAsync(Actor actor, CaseTypeFolder folder, string note, CancellationToken cancellationToken)
    {
        var manifest = CaseTypeManifest.Parse(folder.Manifest.ToJsonString());
        var hash = HashOf(folder, manifest);
        var known = await FindAsync(manifest.Code, hash, cancellationToken);
        if (known is not null)
        {
            return new CaseTypeImport(known, Created: false);
        }

        RefuseUncheckedKeywords(folder.FormSchema, folder.Manifest);
        await locks.NextNumberAsync("import", manifest.Code, 0, cancellationToken);
        known = await FindAsync(manifest.Code, hash, cancellationToken);
        if (known is not null)
        {
            return new CaseTypeImport(known, Created: false);
        }

        var workflows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var procedure in manifest.Procedures)
        {
            workflows[procedure.Kind] = await ImportWorkflowAsync(folder, manifest.Code, procedure, actor, cancellationToken);
        }

        var version = new CaseTypeVersion
        {
            CaseType = manifest.Code,
            Hash = hash,
            ManifestJson = folder.Manifest.ToJsonString(CaseJson.Options),
            FormSchemaJson = folder.FormSchema.ToJsonString(CaseJson.Options),
            MaterialsJson = folder.Materials.ToJsonString(CaseJson.Options),
            WorkflowsJson = CaseJson.Write(workflows),
            Note = note,
        };
        await AddAsync(version, actor, cancellationToken);
        if (await MayPublishAtOnceAsync(manifest.Code, cancellationToken))
        {
            await PublishRowsAsync(version, actor, cancellationToken);
        }

        await work.SaveChangesAsync(cancellationToken);
        return new CaseTypeImport(version, Created: true);
    }

    /// <summary>A form with a rule that would not be checked is refused: at import, and again where a second person publishes.</summary>
    /// <exception cref="FormatException">The keyword with form and place.</exception>
    private static void RefuseUncheckedKeywords(JsonObject application, JsonObject manifest)
    {
        FormValidator.RefuseUnknownKeywords(application, "form#");
        foreach (var (name, schema) in manifest["forms"] as JsonObject ?? [])
        {
            FormValidator.RefuseUnknownKeywords(schema, $"forms/{name}#");
        }
    }

    private async Task<string> ImportWorkflowAsync(
        CaseTypeFolder folder, string caseType, ProcedureKind procedure, Actor actor, CancellationToken cancellationToken)
    {
        if (!folder.Workflows.TryGetValue(procedure.DefinitionId, out var definition))
        {
            throw new FormatException($"Procedure {procedure.Kind} names the definition {procedure.DefinitionId}, which is not in the folder.");
        }

        var hash = CanonicalJson.HashWorkflow(definition);
        var versions = await work.Set<WorkflowDefinitionVersion>()
            .Where(d => d.DefinitionId == procedure.DefinitionId)
            .ToListAsync(cancellationToken);
        var same = versions.OrderByDescending(d => d.Version).FirstOrDefault(d => d.ContentHash == hash);
        if (same is not null)
        {
            return same.Id;
        }

        foreach (var older in versions)
        {
            older.IsLatest = false;
        }

        var number = versions.Count == 0 ? 1 : versions.Max(d => d.Version) + 1;
        var copy = (JsonObject)definition.DeepClone();
        var id = $"{procedure.DefinitionId}-v{number.ToString(CultureInfo.InvariantCulture)}";
        copy["id"] = id;
        copy["version"] = number;
        work.Set<WorkflowDefinitionVersion>().Add(new WorkflowDefinitionVersion
        {
            Id = id,
            DefinitionId = procedure.DefinitionId,
            Version = number,
            Name = definition.Text("name") ?? procedure.Name.Zh,
            Json = copy.ToJsonString(CaseJson.Options),
            ContentHash = hash,
            IsLatest = true,
            CaseType = caseType,
            ProcedureKind = procedure.Kind,
            CreatedAt = clock.Now,
            IsSubmitted = true,
            SubmittedBy = actor.AccountId,
        });
        return id;
    }

    private async Task AddAsync(CaseTypeVersion version, Actor actor, CancellationToken cancellationToken)
    {
        var last = await work.Set<CaseTypeVersion>()
            .Where(v => v.CaseType == version.CaseType)
            .MaxAsync(v => (int?)v.Number, cancellationToken);
        version.Number = (last ?? 0) + 1;
        version.State = PublicationState.Submitted;
        version.CreatedAt = clock.Now;
        version.SubmittedBy = actor.AccountId;
        work.Set<CaseTypeVersion>().Add(version);
        await audit.AppendAsync(Chain(version), actor, "case-type.submit", Details(version), cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
    }

    private async Task<CaseTypeVersion> PublishInStepAsync(Actor actor, Id<CaseTypeVersion> id, string? opinion, CancellationToken cancellationToken)
    {
        var version = await SubmittedAsync(id, cancellationToken);
        var submitters = await SubmittersAsync(version, cancellationToken);
        if (policy.SecondPerson && actor.AccountId is { } account && submitters.Contains(account))
        {
            throw new RefusedException("second-person", "提交人不能发布自己提交的版本，请由另一人审查后发布。");
        }

        RefuseUncheckedKeywords(CaseJson.ReadObject(version.FormSchemaJson), CaseJson.ReadObject(version.ManifestJson));
        await PublishRowsAsync(version, actor, cancellationToken, opinion);
        await work.SaveChangesAsync(cancellationToken);
        return version;
    }

    private async Task<CaseTypeVersion> RejectInStepAsync(Actor actor, Id<CaseTypeVersion> id, string reason, CancellationToken cancellationToken)
    {
        var version = await SubmittedAsync(id, cancellationToken);
        version.State = PublicationState.Rejected;
        await WithdrawDefinitionsAsync(version, [], cancellationToken);
        var details = Details(version);
        details["reason"] = reason;
        await audit.AppendAsync(Chain(version), actor, "case-type.reject", details, cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        return version;
    }

    /// <summary>A later submission holds what an earlier one asked for, so that only one waits and none undoes another.</summary>
    private async Task ReplaceAsync(CaseTypeVersion earlier, CaseTypeVersion later, Actor actor, CancellationToken cancellationToken)
    {
        earlier.State = PublicationState.Rejected;
        await WithdrawDefinitionsAsync(earlier, WorkflowIds(later).Values, cancellationToken);
        var details = Details(earlier);
        details["replacedBy"] = later.Number;
        await audit.AppendAsync(Chain(earlier), actor, "case-type.replace", details, cancellationToken);
    }

    private async Task WithdrawDefinitionsAsync(CaseTypeVersion version, IEnumerable<string> kept, CancellationToken cancellationToken)
    {
        var ids = WorkflowIds(version).Values.Except(kept, StringComparer.Ordinal).ToList();
        foreach (var definition in await work.Set<WorkflowDefinitionVersion>().Where(d => ids.Contains(d.Id) && d.IsSubmitted).ToListAsync(cancellationToken))
        {
            definition.IsSubmitted = false;
        }
    }

    private Task<CaseTypeVersion?> LastAsync(string caseType, PublicationState state, CancellationToken cancellationToken) =>
        work.Set<CaseTypeVersion>()
            .Where(v => v.CaseType == caseType && v.State == state)
            .OrderByDescending(v => v.Number)
            .FirstOrDefaultAsync(cancellationToken);

    private async Task<CaseTypeVersion> SubmittedAsync(Id<CaseTypeVersion> id, CancellationToken cancellationToken)
    {
        var version = await work.Set<CaseTypeVersion>().FirstOrDefaultAsync(v => v.Id == id, cancellationToken);
        return version is { State: PublicationState.Submitted }
            ? version
            : throw new RefusedException("not-submitted", "这个版本不在待发布状态，可能已被他人处理，请刷新。");
    }

    private async Task PublishRowsAsync(CaseTypeVersion version, Actor actor, CancellationToken cancellationToken, string? opinion = null)
    {
        var published = await work.Set<CaseTypeVersion>()
            .Where(v => v.CaseType == version.CaseType && v.State == PublicationState.Published)
            .ToListAsync(cancellationToken);
        foreach (var older in published)
        {
            older.State = PublicationState.Superseded;
        }

        var pinned = WorkflowIds(version).Values.ToHashSet(StringComparer.Ordinal);
        var definitions = await work.Set<WorkflowDefinitionVersion>().Where(d => d.CaseType == version.CaseType).ToListAsync(cancellationToken);
        foreach (var definition in definitions)
        {
            definition.IsPublished = pinned.Contains(definition.Id);
            definition.PublishedAt ??= definition.IsPublished ? clock.Now : null;
            definition.IsSubmitted = definition.IsSubmitted && !definition.IsPublished;
        }

        version.State = PublicationState.Published;
        version.PublishedAt = clock.Now;
        version.PublishedBy = actor.AccountId;
        var details = Details(version);
        details["secondPerson"] = policy.SecondPerson && version.SubmittedBy is not null;
        details["opinion"] = opinion;
        await audit.AppendAsync(Chain(version), actor, "case-type.publish", details, cancellationToken);
    }

    private async Task<bool> MayPublishAtOnceAsync(string caseType, CancellationToken cancellationToken)
    {
        var clockRow = await work.Set<ClockSetting>().FirstOrDefaultAsync(cancellationToken);
        return clockRow is { IsDemo: true }
            || !await work.Set<CaseTypeVersion>().AnyAsync(v => v.CaseType == caseType && v.State == PublicationState.Published, cancellationToken);
    }

    private Task<CaseTypeVersion?> FindAsync(string caseType, string hash, CancellationToken cancellationToken) =>
        work.Set<CaseTypeVersion>()
            .Where(v => v.CaseType == caseType && v.Hash == hash)
            .OrderByDescending(v => v.Number)
            .FirstOrDefaultAsync(cancellationToken);

    private async Task<string> HashAsync(
        CaseTypeVersion basis, Dictionary<string, string> workflows, WorkflowDefinitionVersion changed, CancellationToken cancellationToken)
    {
        var ids = workflows.Values.ToList();
        var hashes = await work.Set<WorkflowDefinitionVersion>()
            .Where(d => ids.Contains(d.Id))
            .ToDictionaryAsync(d => d.Id, d => d.ContentHash, cancellationToken);
        hashes[changed.Id] = changed.ContentHash;
        return HashOf(
            CaseJson.ReadObject(basis.ManifestJson),
            CaseJson.ReadObject(basis.FormSchemaJson),
            JsonNode.Parse(basis.MaterialsJson),
            workflows.ToDictionary(w => w.Key, w => hashes[w.Value], StringComparer.Ordinal));
    }

    private static string HashOf(CaseTypeFolder folder, CaseTypeManifest manifest) => HashOf(
        folder.Manifest,
        folder.FormSchema,
        folder.Materials,
        manifest.Procedures.ToDictionary(
            p => p.Kind,
            p => folder.Workflows.TryGetValue(p.DefinitionId, out var definition) ? CanonicalJson.HashWorkflow(definition) : "",
            StringComparer.Ordinal));

    private static string HashOf(JsonNode manifest, JsonNode form, JsonNode? materials, IReadOnlyDictionary<string, string> workflows) =>
        CanonicalJson.Hash(new JsonObject
        {
            ["manifest"] = manifest.DeepClone(),
            ["form"] = form.DeepClone(),
            ["materials"] = materials?.DeepClone(),
            ["workflows"] = new JsonObject(workflows.Select(w => KeyValuePair.Create(w.Key, (JsonNode?)JsonValue.Create(w.Value)))),
        });

    private static string Chain(CaseTypeVersion version) => "case-type:" + version.CaseType;

    private static JsonObject Details(CaseTypeVersion version) => new()
    {
        ["caseType"] = version.CaseType,
        ["version"] = version.Number,
        ["hash"] = version.Hash,
        ["note"] = version.Note,
    };
}
