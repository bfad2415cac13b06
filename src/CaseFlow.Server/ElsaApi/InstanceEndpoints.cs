using System.Text.Json.Nodes;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// Routes about running instances. Instances belong to cases, which administrators do not see: the lists answer empty, and a
/// definition cannot be run from the designer.
/// </summary>
internal static class InstanceEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapInstances(this RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances", () => ElsaJson.Answer(new JsonObject { ["items"] = new JsonArray(), ["totalCount"] = 0 }));
        api.MapPost("/workflow-definitions/{definitionId}/execute", CannotStart);
        api.MapPost("/workflow-definitions/{definitionId}/dispatch", CannotStart);
        api.MapPost("/tests/activities", () => ElsaProblems.Refused("not-here", ["步骤不能在设计器里单独试；请用“simulate”命令试运行整个事项。"]));
        api.MapPost("/bulk-actions/cancel/workflow-instances", () => ElsaJson.Answer(new JsonObject { ["cancelled"] = 0 })).Changes();
    }

    /// <summary>Studio says "started" to every answer without this header.</summary>
    private static IResult CannotStart(HttpResponse response)
    {
        response.Headers["x-elsa-workflow-cannot-start"] = "True";
        return ElsaJson.Answer(new JsonObject());
    }
}
