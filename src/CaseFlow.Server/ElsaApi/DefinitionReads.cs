using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.SignIn;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Routes that read definitions.</summary>
internal static class DefinitionReads
{
    /// <summary>Maps them.</summary>
    public static void MapDefinitionReads(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workflow-definitions");
        group.MapGet("", ListAsync);
        group.MapGet("/query/count", CountAsync);
        group.MapGet("/many-by-id", ManyAsync);
        group.MapGet("/validation/is-name-unique", IsNameUniqueAsync);
        group.MapGet("/by-id/{id}", ByIdAsync);
        group.MapGet("/by-definition-id/{definitionId}", ByDefinitionIdAsync);
        group.MapGet("/{definitionId}/versions", VersionsAsync);
        group.MapGet("/{definitionId}/consumers", () => ElsaJson.Answer(new JsonObject { ["consumingWorkflowDefinitionIds"] = new JsonArray() }));
        group.MapGet("/{definitionId}/export", ExportAsync);
        group.MapGet("/subgraph/{id}", SubgraphAsync);
        group.MapGet("/subgraph/segments/{id}", SegmentsAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken)
    {
        var (rows, total) = await DefinitionQuery.Read(request.Query).RunAsync(work, cancellationToken);
        var editable = ElsaAccess.MayWrite(actor.Actor);
        return ElsaJson.Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. rows.Select(r => DefinitionDocument.Summary(r, editable))]),
            ["totalCount"] = total,
            ["links"] = DefinitionLinks.OfList(editable),
        });
    }

    private static async Task<IResult> CountAsync(IUnitOfWork work, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new JsonObject { ["count"] = await work.Set<WorkflowDefinitionVersion>().CountAsync(d => d.IsLatest, cancellationToken) });

    private static async Task<IResult> ManyAsync(string[]? ids, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken)
    {
        var wanted = ids ?? [];
        var rows = await work.Set<WorkflowDefinitionVersion>().AsNoTracking().Where(d => wanted.Contains(d.Id)).ToListAsync(cancellationToken);
        return ElsaJson.Answer(new JsonObject { ["items"] = new JsonArray([.. rows.Select(r => Full(r, actor))]) });
    }

    private static async Task<IResult> IsNameUniqueAsync(string name, string? definitionId, DefinitionDrafts drafts, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new JsonObject { ["isUnique"] = await drafts.IsNameFreeAsync(name.Trim(), definitionId, cancellationToken) });

    private static async Task<IResult> ByIdAsync(string id, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken) =>
        await work.Set<WorkflowDefinitionVersion>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancellationToken) is { } row
            ? ElsaJson.Answer(Full(row, actor))
            : Results.NotFound();

    private static async Task<IResult> ByDefinitionIdAsync(
        string definitionId, string? versionOptions, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken) =>
        await FindAsync(work, definitionId, versionOptions, cancellationToken) is { } row ? ElsaJson.Answer(Full(row, actor)) : Results.NotFound();

    private static async Task<IResult> VersionsAsync(string definitionId, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken)
    {
        var rows = await work.Set<WorkflowDefinitionVersion>().AsNoTracking()
            .Where(d => d.DefinitionId == definitionId).OrderByDescending(d => d.Version).ToListAsync(cancellationToken);
        return ElsaJson.Answer(new JsonObject { ["items"] = new JsonArray([.. rows.Select(r => Full(r, actor))]) });
    }

    private static async Task<IResult> ExportAsync(string definitionId, string? versionOptions, IUnitOfWork work, CancellationToken cancellationToken) =>
        await FindAsync(work, definitionId, versionOptions, cancellationToken) is { } row
            ? Results.File(ExportedBytes(row), MediaTypeNames.Application.Octet, ExportName(row))
            : Results.NotFound();

    /// <summary>A nested activity, for opening it in the editor or viewer.</summary>
    private static async Task<IResult> SubgraphAsync(string id, string? parentNodeId, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken) =>
        await NodeAsync(id, parentNodeId, work, actor, cancellationToken) is { } node
            ? ElsaJson.Answer(ActivityGraph.Node(node))
            : Results.NotFound();

    private static async Task<IResult> SegmentsAsync(string id, string childNodeId, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken)
    {
        var row = await work.Set<WorkflowDefinitionVersion>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancellationToken);
        return row is not null && Full(row, actor)["root"] is JsonObject root && ActivityGraph.Path(root, childNodeId) is { } answer
            ? ElsaJson.Answer(answer)
            : Results.NotFound();
    }

    private static async Task<JsonObject?> NodeAsync(string id, string? nodeId, IUnitOfWork work, CurrentActor actor, CancellationToken cancellationToken)
    {
        var row = await work.Set<WorkflowDefinitionVersion>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancellationToken);
        return row is null || Full(row, actor)["root"] is not JsonObject root
            ? null
            : string.IsNullOrEmpty(nodeId) ? root : ActivityNodes.All(root).FirstOrDefault(a => a.Text("nodeId") == nodeId);
    }

    /// <summary>The file of an export.</summary>
    public static byte[] ExportedBytes(WorkflowDefinitionVersion row) => Encoding.UTF8.GetBytes(DefinitionDocument.Exported(row).ToJsonString(ElsaJson.Options));

    /// <summary>The file name of an export.</summary>
    public static string ExportName(WorkflowDefinitionVersion row) => $"workflow-definition-{row.Name}.json";

    /// <summary>The version of a definition that <paramref name="versionOptions"/> names; the latest one by default.</summary>
    private static Task<WorkflowDefinitionVersion?> FindAsync(
        IUnitOfWork work, string definitionId, string? versionOptions, CancellationToken cancellationToken) =>
        DefinitionQuery.OfVersion(work.Set<WorkflowDefinitionVersion>().AsNoTracking(), string.IsNullOrEmpty(versionOptions) ? "Latest" : versionOptions)
            .Where(d => d.DefinitionId == definitionId)
            .OrderByDescending(d => d.Version)
            .FirstOrDefaultAsync(cancellationToken);

    private static JsonObject Full(WorkflowDefinitionVersion row, CurrentActor actor) => DefinitionDocument.Full(row, ElsaAccess.MayWrite(actor.Actor));
}
