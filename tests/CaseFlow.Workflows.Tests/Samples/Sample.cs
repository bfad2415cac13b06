using System.Text.Json.Nodes;
using CaseFlow.Server.Commands;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Workflows.Tests.Samples;

/// <summary>The definitions that were observed on Elsa, and what Elsa did with them.</summary>
internal static class Sample
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "samples", "elsa");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Folder, "definitions"), "*.json").Select(x => Path.GetFileNameWithoutExtension(x)!).Order(StringComparer.Ordinal);

    public static string DefinitionText(string name) => File.ReadAllText(Path.Combine(Folder, "definitions", $"{name}.json"));

    public static WorkflowDefinition Definition(string name) => WorkflowDefinition.Parse(DefinitionText(name));

    public static DefinitionCollection All()
    {
        var result = new DefinitionCollection();
        foreach (var name in Names)
        {
            result.Add(Definition(name));
        }

        return result;
    }

    public static JsonArray? Run(string name)
    {
        var file = Path.Combine(Folder, "runs", $"{name}.json");
        return File.Exists(file) ? (JsonArray)JsonNode.Parse(File.ReadAllText(file))! : null;
    }

    public static async Task<JsonArray> RunHereAsync(string name, CancellationToken cancellationToken)
    {
        var script = await RunDefinitionScript.ReadAsync(Path.Combine(Folder, "runs", $"{name}.json"));
        var run = new RunDefinitionRun(Definition(name), All(), new InMemoryWorkflowStore(), new RunDefinitionClock());
        var report = await run.RunAsync(script, cancellationToken);
        Assert.Empty(run.Remarks);
        return (JsonArray)JsonNode.Parse(report)!;
    }
}

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
    }
}
