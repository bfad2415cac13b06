using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.Tests.ElsaApi;

/// <summary>Requests as the designer sends them.</summary>
internal static class DesignerClient
{
    private const string Definitions = "/elsa/api/workflow-definitions";

    /// <summary>Saves; the answer is the status and the body.</summary>
    public static async Task<(int Status, JsonObject Body)> SaveAsync(this HttpClient client, JsonObject model, bool? publish = false)
    {
        var response = await client.PostAsJsonAsync(
            Definitions, new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!);
    }

    /// <summary>Saves and returns the definition that the editor then holds.</summary>
    public static async Task<JsonObject> SavedAsync(this HttpClient client, JsonObject model, bool? publish = false)
    {
        var (status, body) = await client.SaveAsync(model, publish);
        Assert.True(status == 200, body.ToJsonString());
        return (JsonObject)body["workflowDefinition"]!.DeepClone();
    }

    /// <summary>Opens the editor on the latest version.</summary>
    public static async Task<JsonObject> OpenAsync(this HttpClient client, string definitionId, string version = "Latest") =>
        (await client.GetFromJsonAsync<JsonObject>($"{Definitions}/by-definition-id/{definitionId}?versionOptions={version}", TestContext.Current.CancellationToken))!;

    /// <summary>The messages of a refusal.</summary>
    public static string Errors(this JsonObject problem) =>
        string.Join('\n', problem["errors"]!.AsObject().SelectMany(e => e.Value!.AsArray()).Select(m => m!.ToString()));
}
