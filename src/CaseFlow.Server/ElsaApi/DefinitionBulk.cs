using System.IO.Compression;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Server.SignIn;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Routes that act on several definitions. What is refused is named in the answer, the rest is done.</summary>
internal static class DefinitionBulk
{
    /// <summary>Maps them.</summary>
    public static void MapDefinitionBulk(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/bulk-actions");
        group.MapPost("/publish/workflow-definitions/by-definition-ids", PublishAsync).Changes();
        group.MapPost("/retract/workflow-definitions/by-definition-ids", RetractAsync).Changes();
        group.MapPost("/delete/workflow-definitions/by-definition-id", DeleteAsync).Changes();
        group.MapPost("/delete/workflow-definitions/by-id", DeleteVersionsAsync).Changes();
        group.MapPost("/export/workflow-definitions", ExportAsync);
    }

    private static async Task<IResult> PublishAsync(JsonObject request, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken)
    {
        var lists = Lists("published", "alreadyPublished", "notFound", "skipped", "updatedConsumers", "failed");
        var warnings = new JsonObject();
        foreach (var id in request.Texts("definitionIds"))
        {
            try
            {
                var result = await authoring.PublishAsync(current.Required, id, cancellationToken);
                Add(lists, result.State switch
                {
                    SubmissionState.Published => "published",
                    SubmissionState.Unchanged => "alreadyPublished",
                    _ => "skipped",
                }, id);
            }
            catch (WorkflowAuthoringException refused)
            {
                Add(lists, refused.Code == "not-found" ? "notFound" : "failed", id);
                warnings[id] = new JsonArray([.. refused.Messages.Select(m => (JsonNode)m)]);
            }
        }

        lists["warnings"] = warnings;
        return ElsaJson.Answer(lists);
    }

    private static async Task<IResult> RetractAsync(JsonObject request, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken)
    {
        var lists = Lists("retracted", "alreadyRetracted", "skipped", "notPublished", "notFound");
        foreach (var id in request.Texts("definitionIds"))
        {
            try
            {
                await authoring.RetractAsync(current.Required, id, cancellationToken);
                Add(lists, "retracted", id);
            }
            catch (WorkflowAuthoringException refused)
            {
                Add(lists, refused.Code switch { "not-found" => "notFound", "not-published" => "notPublished", _ => "skipped" }, id);
            }
        }

        return ElsaJson.Answer(lists);
    }

    private static Task<IResult> DeleteAsync(JsonObject request, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken) =>
        CountDeletedAsync(request.Texts("definitionIds"), id => authoring.DeleteAsync(current.Required, id, cancellationToken));

    private static Task<IResult> DeleteVersionsAsync(JsonObject request, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken) =>
        CountDeletedAsync(request.Texts("ids"), id => authoring.DeleteVersionAsync(current.Required, id, cancellationToken));

    private static async Task<IResult> CountDeletedAsync(IReadOnlyList<string> ids, Func<string, Task> delete)
    {
        var deleted = 0;
        foreach (var id in ids)
        {
            try
            {
                await delete(id);
                deleted++;
            }
            catch (WorkflowAuthoringException)
            {
                // Kept; the count tells that it was not deleted.
            }
        }

        return ElsaJson.Answer(new JsonObject { ["deleted"] = deleted });
    }

    private static async Task<IResult> ExportAsync(JsonObject request, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var ids = request.Texts("ids");
        var rows = await work.Set<WorkflowDefinitionVersion>().AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(cancellationToken);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                await using var entry = await zip.CreateEntry($"{row.DefinitionId}-{DefinitionReads.ExportName(row)}").OpenAsync(cancellationToken);
                await entry.WriteAsync(DefinitionReads.ExportedBytes(row), cancellationToken);
            }
        }

        return Results.File(bytes.ToArray(), "application/octet-stream", "workflow-definitions.zip");
    }

    private static JsonObject Lists(params string[] names) => new(names.Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonArray())));

    private static void Add(JsonObject lists, string list, string id) => lists[list]!.AsArray().Add(id);
}
