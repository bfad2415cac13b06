using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// Drafts of workflow definitions, inside the current step. A version that was published, or waits for the second person, is
/// never changed, nor is one that was sent back: saving it makes the next draft.
/// </summary>
internal sealed class DefinitionDrafts(IUnitOfWork work, IAuditTrail audit, IBusinessClock clock)
{
    private DbSet<WorkflowDefinitionVersion> Rows => work.Set<WorkflowDefinitionVersion>();

    /// <summary>Saves a model as the latest draft.</summary>
    /// <param name="actor">Who saves.</param>
    /// <param name="model">The model; without a definition id it makes a new definition.</param>
    /// <param name="seen">True if the model says what the person had seen (the designer), false for a file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WorkflowAuthoringException">Somebody else saved in between, the name is taken or missing, or the root is of a kind that does not run.</exception>
    public async Task<WorkflowDefinitionVersion> SaveAsync(Actor actor, JsonObject model, bool seen, CancellationToken cancellationToken)
    {
        var definitionId = model.Text("definitionId");
        var latest = definitionId is null ? null : await LatestAsync(definitionId, cancellationToken);
        var name = await NameAsync(model, definitionId, cancellationToken);
        if (latest is null)
        {
            return await CreateAsync(actor, model, definitionId, name, cancellationToken);
        }

        if (seen)
        {
            await CheckSeenAsync(actor, model, latest, cancellationToken);
        }

        if (IsSame(model, name, latest))
        {
            return latest;
        }

        var draft = IsFixed(latest) ? await NextAsync(actor, latest, latest.Json, "workflow.draft", cancellationToken) : latest;
        Write(draft, model, name, actor);
        return draft;
    }

    /// <summary>Makes a draft whose content is that of an older version.</summary>
    /// <exception cref="WorkflowAuthoringException">There is no such version.</exception>
    public async Task<WorkflowDefinitionVersion> RevertAsync(Actor actor, string definitionId, int version, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(definitionId, cancellationToken);
        var older = await Rows.FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.Version == version, cancellationToken);
        if (latest is null || older is null)
        {
            throw new WorkflowAuthoringException("not-found", $"没有第 {version} 版。");
        }

        var draft = IsFixed(latest) ? await NextAsync(actor, latest, older.Json, "workflow.revert", cancellationToken) : latest;
        Write(draft, DefinitionDocument.Read(older), older.Name, actor);
        return draft;
    }

    /// <summary>Deletes all versions of a definition that was never published and belongs to no case type.</summary>
    /// <exception cref="WorkflowAuthoringException">Something may run on it.</exception>
    public async Task DeleteAsync(Actor actor, string definitionId, CancellationToken cancellationToken)
    {
        var versions = await Rows.Where(d => d.DefinitionId == definitionId).ToListAsync(cancellationToken);
        if (versions.Any(v => v.PublishedAt is not null || v.IsPublished || v.IsSubmitted || v.CaseType is not null))
        {
            throw new WorkflowAuthoringException("in-use", $"“{versions[0].Name}”已发布过或属于某个事项，办件可能正按它办理，不能删除。");
        }

        Rows.RemoveRange(versions);
        await AuditAsync(actor, definitionId, "workflow.delete", versions.Count == 0 ? null : versions[^1], cancellationToken);
    }

    /// <summary>Deletes one draft version; the version before it becomes the latest.</summary>
    /// <exception cref="WorkflowAuthoringException">It was published or waits for the second person, or it is the only one.</exception>
    public async Task DeleteVersionAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var row = await Rows.FirstOrDefaultAsync(d => d.Id == id, cancellationToken)
            ?? throw new WorkflowAuthoringException("not-found", "没有这个版本。");
        var before = await Rows.Where(d => d.DefinitionId == row.DefinitionId && d.Version < row.Version)
            .OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancellationToken);
        if (IsFixed(row) || before is null)
        {
            throw new WorkflowAuthoringException("in-use", $"第 {row.Version} 版已发布过、待复核或是唯一版本，不能删除。");
        }

        before.IsLatest = before.IsLatest || row.IsLatest;
        Rows.Remove(row);
        await AuditAsync(actor, row.DefinitionId, "workflow.delete-version", row, cancellationToken);
    }

    /// <summary>The latest version of a definition; null if there is none.</summary>
    public Task<WorkflowDefinitionVersion?> LatestAsync(string definitionId, CancellationToken cancellationToken) =>
        Rows.FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.IsLatest, cancellationToken);

    /// <summary>Writes an act on a definition to its chain of the audit.</summary>
    public Task AuditAsync(
        Actor actor, string definitionId, string action, WorkflowDefinitionVersion? row, CancellationToken cancellationToken, string? comment = null) =>
        audit.AppendAsync(
            "workflow:" + definitionId,
            actor,
            action,
            new JsonObject { ["definition"] = definitionId, ["version"] = row?.Version, ["hash"] = row?.ContentHash, ["comment"] = comment },
            cancellationToken);

    private static bool IsFixed(WorkflowDefinitionVersion row) => row.IsPublished || row.IsSubmitted || row.SubmittedBy is not null || row.PublishedAt is not null;

    /// <summary>Opening a definition or selecting a step makes Studio save as well; that is no change.</summary>
    private static bool IsSame(JsonObject model, string name, WorkflowDefinitionVersion latest)
    {
        var stored = DefinitionDocument.Read(latest);
        return latest.Name == name
            && CanonicalJson.HashWorkflow(DefinitionDocument.Stored(model, latest)) == latest.ContentHash
            && model.Text("description") == stored.Text("description")
            && SamePositions(model["root"] as JsonObject, stored["root"] as JsonObject)
            && JsonNode.DeepEquals(TestValues(model), TestValues(stored));
    }

    private static bool SamePositions(JsonObject? a, JsonObject? b)
    {
        var (one, other) = (ActivityNodes.Positions(a), ActivityNodes.Positions(b));
        return one.Count == other.Count && one.All(p => other.TryGetValue(p.Key, out var place) && place == p.Value);
    }

    private static JsonObject? TestValues(JsonObject json) =>
        (json["customProperties"] as JsonObject)?["VariableTestValues"] is JsonObject { Count: > 0 } values ? values : null;

    private async Task<string> NameAsync(JsonObject model, string? definitionId, CancellationToken cancellationToken)
    {
        var name = model.Text("name")?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            throw new WorkflowAuthoringException("name-missing", "请给流程起名。");
        }

        return await IsNameFreeAsync(name, definitionId, cancellationToken)
            ? name
            : throw new WorkflowAuthoringException("name-taken", $"已有名为“{name}”的流程，请换一个名称。");
    }

    /// <summary>Whether no other definition has the name.</summary>
    public async Task<bool> IsNameFreeAsync(string name, string? definitionId, CancellationToken cancellationToken)
    {
        var others = await Rows.Where(d => d.IsLatest && d.DefinitionId != definitionId).Select(d => d.Name).ToListAsync(cancellationToken);
        return !others.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private async Task CheckSeenAsync(Actor actor, JsonObject model, WorkflowDefinitionVersion latest, CancellationToken cancellationToken)
    {
        var mine = latest.SavedBy is not null && latest.SavedBy == actor.AccountId;
        var seenId = model.Text("id");
        var current = seenId == latest.Id
            ? mine || DefinitionDocument.SeenRevision(model) is not { } revision || revision == latest.Revision
            : mine && !IsFixed(latest) && model.Number("version") == latest.Version - 1; // the answer to the person's own last save is still on its way
        if (current)
        {
            return;
        }

        var who = await work.Set<Account>().Where(a => a.Id == latest.SavedBy).Select(a => a.DisplayName).FirstOrDefaultAsync(cancellationToken);
        throw new WorkflowAuthoringException(
            "conflict",
            $"“{latest.Name}”在您打开之后已由{who ?? "他人"}改为第 {latest.Version} 版，您的改动没有保存。请重新打开设计器再改。");
    }

    private async Task<WorkflowDefinitionVersion> CreateAsync(
        Actor actor, JsonObject model, string? definitionId, string name, CancellationToken cancellationToken)
    {
        var row = new WorkflowDefinitionVersion
        {
            Id = NewId(),
            DefinitionId = definitionId ?? NewId(),
            Version = 1,
            IsLatest = true,
            CreatedAt = clock.Now,
        };
        Write(row, model, name, actor);
        Rows.Add(row);
        await AuditAsync(actor, row.DefinitionId, "workflow.create", row, cancellationToken);
        return row;
    }

    private async Task<WorkflowDefinitionVersion> NextAsync(
        Actor actor, WorkflowDefinitionVersion latest, string json, string action, CancellationToken cancellationToken)
    {
        latest.IsLatest = false;
        var row = new WorkflowDefinitionVersion
        {
            Id = NewId(),
            DefinitionId = latest.DefinitionId,
            Version = latest.Version + 1,
            Name = latest.Name,
            Json = json,
            IsLatest = true,
            CaseType = latest.CaseType,
            ProcedureKind = latest.ProcedureKind,
            CreatedAt = clock.Now,
        };
        Rows.Add(row);
        await AuditAsync(actor, row.DefinitionId, action, row, cancellationToken);
        return row;
    }

    private static void Write(WorkflowDefinitionVersion row, JsonObject model, string name, Actor actor)
    {
        row.Name = name;
        var stored = DefinitionDocument.Stored(model, row);
        row.Json = stored.ToJsonString(ElsaJson.Options);
        row.ContentHash = CanonicalJson.HashWorkflow(stored);
        row.SavedBy = actor.AccountId;
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
