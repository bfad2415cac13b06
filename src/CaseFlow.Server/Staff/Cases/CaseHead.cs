using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Staff.Cases;

/// <summary>What stands above every tab of a case.</summary>
public sealed record CaseHead(
    Case Case,
    CaseTypeManifest Manifest,
    string Organisation,
    string? Community,
    Procedure? Procedure,
    int? VersionNumber,
    IReadOnlyList<WorkTask> OpenTasks,
    IReadOnlyList<StageStep> Steps,
    CaseCounts Counts)
{
    /// <summary>The name of the stage for staff.</summary>
    public string StageName(string culture) => Manifest.Stage(Case.Stage)?.Name.In(culture) ?? Case.Stage;

    /// <summary>The task that the case waits for, the earliest due first.</summary>
    public WorkTask? CurrentTask => OpenTasks.OrderBy(t => t.DueOn ?? DateOnly.MaxValue).FirstOrDefault();
}

/// <summary>Numbers on the tabs.</summary>
public sealed record CaseCounts(int Materials, int Missing, int Documents, int Messages, int Audit);

/// <summary>A stage on the way of the case.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name.</param>
/// <param name="Reached">When it was reached; null if not yet.</param>
/// <param name="Now">Whether the case is here.</param>
public sealed record StageStep(string Id, BilingualText Name, DateTimeOffset? Reached, bool Now);

/// <summary>Reads the head of a case within the scope in force.</summary>
internal sealed class CaseHeadReader(IUnitOfWork work, CaseTypeCatalogue catalogue)
{
    /// <summary>By number; null where there is none or it may not be seen.</summary>
    public async Task<CaseHead?> ByNumberAsync(string number, CancellationToken cancellationToken)
    {
        var file = await work.Set<Case>().AsNoTracking().FirstOrDefaultAsync(c => c.Number == number, cancellationToken);
        return file is null ? null : await ReadAsync(file, cancellationToken);
    }

    /// <summary>The head of a case that has been read.</summary>
    public async Task<CaseHead> ReadAsync(Case file, CancellationToken cancellationToken)
    {
        var manifest = await catalogue.ManifestAsync(file.CaseTypeVersionId, cancellationToken);
        var procedure = (await work.Set<Procedure>().AsNoTracking()
            .Where(p => p.CaseId == file.Id && p.Kind != "spine").ToListAsync(cancellationToken))
            .OrderBy(p => p.State).ThenByDescending(p => p.StartedAt).FirstOrDefault();
        var pinned = procedure?.CaseTypeVersionId ?? file.CaseTypeVersionId;
        var bodies = await NamesAsync(file, cancellationToken);
        return new CaseHead(
            file,
            manifest,
            bodies.GetValueOrDefault(file.OrganisationId, ""),
            file.CommunityId is { } community ? bodies.GetValueOrDefault(community) : null,
            procedure,
            await work.Set<CaseTypeVersion>().Where(v => v.Id == pinned).Select(v => (int?)v.Number).FirstOrDefaultAsync(cancellationToken),
            await work.Set<WorkTask>().AsNoTracking()
                .Where(t => t.CaseId == file.Id && (t.State == WorkTaskState.Ready || t.State == WorkTaskState.Claimed))
                .ToListAsync(cancellationToken),
            await StepsAsync(file, manifest, cancellationToken),
            await CountAsync(file.Id, cancellationToken));
    }

    private async Task<Dictionary<Id<OrganisationUnit>, string>> NamesAsync(Case file, CancellationToken cancellationToken)
    {
        var ids = new[] { file.OrganisationId, file.CommunityId ?? file.OrganisationId };
        return await work.Set<OrganisationUnit>().Where(o => ids.Contains(o.Id))
            .ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
    }

    /// <summary>The stages that the case went through, in the order of the case type, then those still ahead on the usual way.</summary>
    private async Task<List<StageStep>> StepsAsync(Case file, CaseTypeManifest manifest, CancellationToken cancellationToken)
    {
        var chain = $"case:{file.Id}";
        var moves = await work.Set<AuditEntry>().AsNoTracking()
            .Where(a => a.Chain == chain && a.Action == "case.stage").OrderBy(a => a.Sequence).ToListAsync(cancellationToken);
        var reached = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var move in moves)
        {
            if (AuditText.Detail(move, "to") is { } stage)
            {
                reached[stage] = move.At;
            }
        }

        reached["Submitted"] = file.SubmittedAt;
        var order = manifest.Stages.Select(s => s.Id).ToList();
        var here = order.IndexOf(file.Stage);
        return manifest.Stages
            .Where((s, i) => reached.ContainsKey(s.Id) || s.Id == file.Stage || (i > here && MainWay.Contains(s.Id)))
            .Select(s => new StageStep(s.Id, s.Name, reached.TryGetValue(s.Id, out var at) ? at : null, s.Id == file.Stage))
            .ToList();
    }

    /// <summary>Stages of the glossary that lie on the usual way to a grant; the others are only shown once reached.</summary>
    private static readonly HashSet<string> MainWay = new(StringComparer.Ordinal)
    {
        "Submitted", "Investigating", "PreliminaryOpinion", "PublicNotice", "Reported", "DistrictReview", "Confirmed",
    };

    private async Task<CaseCounts> CountAsync(Id<Case> id, CancellationToken cancellationToken)
    {
        var chain = $"case:{id}";
        return new CaseCounts(
            await work.Set<Material>().CountAsync(m => m.CaseId == id, cancellationToken),
            await work.Set<Material>().CountAsync(m => m.CaseId == id && !m.Received, cancellationToken),
            await work.Set<IssuedDocument>().CountAsync(d => d.CaseId == id, cancellationToken),
            await work.Set<OutboxMessage>().CountAsync(m => m.CaseId == id, cancellationToken),
            await work.Set<AuditEntry>().CountAsync(a => a.Chain == chain, cancellationToken));
    }
}

/// <summary>Reads single details out of the canonical JSON of an audit entry.</summary>
internal static class AuditText
{
    /// <summary>A text of the entry's details; null if it has none of this name.</summary>
    public static string? Detail(AuditEntry entry, string name) => Detail(System.Text.Encoding.UTF8.GetString(entry.Content), name);

    /// <summary>A text of the details of an entry given as JSON.</summary>
    public static string? Detail(string json, string name)
    {
        var root = Parse(json);
        return Plain((root?["details"] as JsonObject)?[name]) ?? Plain(root?[name]);
    }

    private static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static string? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };
}
