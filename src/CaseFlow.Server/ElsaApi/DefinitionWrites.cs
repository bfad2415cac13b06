using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Routes that change definitions.</summary>
internal static class DefinitionWrites
{
    /// <summary>Maps them.</summary>
    public static void MapDefinitionWrites(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workflow-definitions");
        group.MapPost("", SaveAsync).Changes();
        group.MapPost("/import", ImportAsync).Changes();
        group.MapPost("/{definitionId}/publish", PublishAsync).Changes();
        group.MapPost("/{definitionId}/retract", RetractAsync).Changes();
        group.MapPost("/{definitionId}/revert/{version:int}", RevertAsync).Changes();
        group.MapPost("/{definitionId}/update-references", () => ElsaJson.Answer(new JsonObject { ["affectedWorkflows"] = new JsonArray() })).Changes();
        group.MapDelete("/{definitionId}", DeleteAsync).Changes();
        api.MapDelete("/workflow-definition-versions/{id}", DeleteVersionAsync).Changes();
    }

    /// <summary>
    /// Every save of the editor: create, autosave, and Publish, which saves first, so that a refused publication loses no work.
    /// </summary>
    private static async Task<IResult> SaveAsync(JsonObject request, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken)
    {
        var actor = current.Required;
        var model = request["model"] as JsonObject ?? throw new WorkflowAuthoringException("model-missing", "没有收到流程内容。");
        RunnableRoot.Check(model);
        var row = await authoring.SaveAsync(actor, model, cancellationToken);
        if (request["publish"] is not JsonValue publish || !publish.TryGetValue<bool>(out var wanted) || !wanted)
        {
            return Saved(row, actor, alreadyPublished: false);
        }

        var result = await authoring.PublishAsync(actor, row.DefinitionId, cancellationToken);
        return result.State == SubmissionState.Waiting ? Waiting(result) : Saved(result.Row, actor, result.State == SubmissionState.Unchanged);
    }

    private static async Task<IResult> ImportAsync(JsonObject model, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken)
    {
        var row = await authoring.ImportAsync(current.Required, model, cancellationToken);
        return ElsaJson.Answer(DefinitionDocument.Full(row, editable: true));
    }

    private static async Task<IResult> PublishAsync(string definitionId, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken)
    {
        var result = await authoring.PublishAsync(current.Required, definitionId, cancellationToken);
        return result.State == SubmissionState.Waiting
            ? Waiting(result)
            : Saved(result.Row, current.Required, result.State == SubmissionState.Unchanged);
    }

    private static async Task<IResult> RetractAsync(string definitionId, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken) =>
        ElsaJson.Answer(DefinitionDocument.Full(await authoring.RetractAsync(current.Required, definitionId, cancellationToken), editable: true));

    private static async Task<IResult> RevertAsync(
        string definitionId, int version, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken) =>
        ElsaJson.Answer(
            DefinitionDocument.Summary(await authoring.RevertAsync(current.Required, definitionId, version, cancellationToken), editable: true),
            StatusCodes.Status201Created);

    private static async Task<IResult> DeleteAsync(string definitionId, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken)
    {
        await authoring.DeleteAsync(current.Required, definitionId, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteVersionAsync(string id, DefinitionAuthoring authoring, CurrentActor current, CancellationToken cancellationToken)
    {
        await authoring.DeleteVersionAsync(current.Required, id, cancellationToken);
        return Results.NoContent();
    }

    private static IResult Saved(WorkflowDefinitionVersion row, Actor actor, bool alreadyPublished) => ElsaJson.Answer(new JsonObject
    {
        ["workflowDefinition"] = DefinitionDocument.Full(row, ElsaAccess.MayWrite(actor)),
        ["alreadyPublished"] = alreadyPublished,
        ["consumingWorkflowCount"] = 0,
        ["validationErrors"] = new JsonArray(),
    });

    /// <summary>Nothing went wrong, but Studio has no other way to say that a second person must publish.</summary>
    private static IResult Waiting(PublicationResult result) => ElsaProblems.Refused(
        "submitted",
        [$"“{result.Row.Name}”第 {result.Row.Version} 版已提交，等待另一人在“管理－流程”页复核后发布；在此之前，新办件仍按在用版办理。"]);
}
