using System.Text.Json.Nodes;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;
using CaseFlow.Workflows.State;
using CaseFlow.Workflows.Tests.Flow;

namespace CaseFlow.Workflows.Tests.Hosting;

/// <summary>A small language for definitions in tests.</summary>
internal static class Make
{
    public static JsonObject Literal(JsonNode? value, string type = "Object") => Expression("Literal", value, type);

    public static JsonObject Script(string text, string type = "Object") => Expression("JavaScript", text, type);

    public static JsonObject Expression(string language, JsonNode? value, string type) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = language, ["value"] = value } };

    public static JsonObject Activity(string type, string id, params (string Name, JsonNode? Value)[] members)
    {
        var result = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in members)
        {
            result[name] = value;
        }

        return result;
    }

    public static JsonObject Task(string id, string? variable = null) => Activity(
        "Elsa.RunTask", id, ("taskName", Literal(id, "String")),
        ("result", variable is null ? null : new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = variable } }));

    public static JsonObject Line(string id, string script) => Activity("Elsa.WriteLine", id, ("text", Script(script, "String")));

    public static JsonObject Sequence(string id, params JsonObject[] activities) => Activity("Elsa.Sequence", id, ("activities", new JsonArray([.. activities])));

    public static JsonObject Flowchart(string id, string connections, params JsonObject[] activities) => Activity(
        "Elsa.Flowchart", id,
        ("activities", new JsonArray([.. activities])),
        ("connections", new JsonArray([.. connections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Connection)])));

    public static WorkflowDefinition Definition(string id, JsonObject root, params string[] variables) => WorkflowDefinition.Of(new JsonObject
    {
        ["definitionId"] = id,
        ["id"] = $"{id}-1",
        ["name"] = id,
        ["isPublished"] = true,
        ["variables"] = new JsonArray([.. variables.Select(x => (JsonNode)new JsonObject { ["id"] = x, ["name"] = x, ["typeName"] = "Object" })]),
        ["options"] = new JsonObject { ["usableAsActivity"] = true },
        ["root"] = root,
    });

    private static JsonNode Connection(string text)
    {
        var ends = text.Split('>');
        var source = ends[0].Split('.');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }
}

/// <summary>A host over memory with some definitions.</summary>
internal sealed class Stage
{
    public Stage(params WorkflowDefinition[] definitions)
    {
        Definitions = new DefinitionCollection();
        foreach (var definition in definitions)
        {
            Definitions.Add(definition);
        }

        Compiler = new WorkflowCompiler(ActivityRegistry.CreateDefault().Add<Step>(), Definitions);
        Host = new WorkflowHost(Definitions, Compiler, Store, Nothing.Services, Clock);
    }

    public DefinitionCollection Definitions { get; }

    public WorkflowCompiler Compiler { get; }

    public InMemoryWorkflowStore Store { get; } = new();

    public TestClock Clock { get; } = new();

    public WorkflowHost Host { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<string> StartAsync(string definition, Dictionary<string, object?>? input = null) =>
        (await Host.StartAsync(definition, new StartArguments { Input = input }, Token))!.InstanceId;

    public async Task<WorkflowState> StateAsync(string instance) => (await Store.LoadAsync(instance, Token))!;

    public async Task TaskAsync(string instance, string activity, object? result = null)
    {
        var bookmark = (await StateAsync(instance)).Bookmarks.First(x => x.ActivityId == activity);
        await Host.ResumeAsync(instance, bookmark.Id, WorkflowHost.TaskResult(result), Token);
    }

    public IEnumerable<string> Lines(string instance) => Store.Lines(instance);

    public async Task<string> WaitsAsync(string instance) => string.Join(' ', (await StateAsync(instance)).Bookmarks.Select(x => x.ActivityId));
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 6, 15, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
