using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Routes that tell the designer what it may offer.</summary>
internal static class DescriptorEndpoints
{
    private static readonly JsonObject Lists = ReadLists();

    /// <summary>Maps them.</summary>
    public static void MapDescriptors(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/descriptors");
        group.MapGet("/activities", ActivitiesAsync);
        group.MapGet("/expression-descriptors", () => List("expressions"));
        group.MapGet("/variables", () => List("variables"));
        group.MapGet("/storage-drivers", () => ElsaJson.Answer(StorageDrivers.List()));
        group.MapGet("/workflow-activation-strategies", () => List("activationStrategies"));
        group.MapGet("/incident-strategies", () => List("incidentStrategies"));
        group.MapGet("/log-persistence-strategies", () => List("logPersistenceStrategies"));
        group.MapGet("/commit-strategies/workflows", () => List("commitStrategies"));
        group.MapGet("/commit-strategies/activities", () => List("commitStrategies"));
        group.MapGet("/output-converters", () => ElsaJson.Answer(new JsonObject { ["items"] = new JsonArray() }));
        group.MapPost("/activities/{type}/options/{property}", () => ElsaJson.Answer(new JsonObject { ["items"] = new JsonObject() }));
        api.MapGet("/features/installed", () => List("features"));
        api.MapGet("/package/version", () => ElsaJson.Answer(new JsonObject { ["packageVersion"] = "3.8.0" }));
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", ScriptTypes.AnswerAsync);
    }

    private static async Task<IResult> ActivitiesAsync(DescriptorCatalogue catalogue, DeadlineChoices deadlines, CancellationToken cancellationToken) =>
        Results.Bytes(catalogue.Activities(await deadlines.ListAsync(DescriptorCatalogue.IsEnglish, cancellationToken)), "application/json");

    private static IResult List(string name)
    {
        var english = DescriptorCatalogue.IsEnglish;
        var items = Lists[name]!.AsArray().OfType<JsonObject>().Select(i => Localise(i, english)).ToList();
        return ElsaJson.List(items);
    }

    /// <summary>A text that stands there in Chinese and English is answered in one language.</summary>
    private static JsonObject Localise(JsonObject item, bool english) => new(item.Select(m => KeyValuePair.Create(
        m.Key,
        m.Value is JsonArray { Count: 2 } texts ? texts[english ? 1 : 0]!.DeepClone() : m.Value?.DeepClone())));

    private static JsonObject ReadLists()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("elsa/lists.json")
            ?? throw new InvalidDataException("lists.json is not built in.");
        return JsonSerializer.Deserialize<JsonObject>(stream)!;
    }
}
