using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Server.Commands;

/// <summary>
/// Runs workflow definitions that are tied to no case, and writes what happened:
/// <c>run-definition &lt;file or folder&gt; --out &lt;folder&gt; [--script &lt;folder of run files&gt;] [--store memory|sqlite]</c>.
/// </summary>
internal sealed class RunDefinitionCommand : ICommand
{
    private const string Usage =
        "run-definition <file or folder> --out <folder> [--script <folder of run files>] [--store memory|sqlite]";

    /// <inheritdoc />
    public string Name => "run-definition";

    /// <inheritdoc />
    public async Task<int> RunAsync(string[] args)
    {
        if (!TryRead(args, out var path, out var output, out var scripts, out var store))
        {
            await Console.Error.WriteLineAsync($"Usage: {Usage}");
            return 2;
        }

        path = CommandPaths.Full(path);
        output = CommandPaths.Full(output);
        scripts = scripts is null ? null : CommandPaths.Full(scripts);
        await using var stores = RunStores.Find(store);
        if (stores is null)
        {
            await Console.Error.WriteLineAsync($"There is no store '{store}'; there are: {string.Join(", ", RunStores.Names)}.");
            return 2;
        }

        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal).ToList() : [path];
        if (files.Count == 0 || !files.TrueForAll(File.Exists))
        {
            await Console.Error.WriteLineAsync($"There are no definitions at '{path}'.");
            return 2;
        }

        Directory.CreateDirectory(output);
        return await RunAllAsync(files, output, scripts, stores);
    }

    private static async Task<int> RunAllAsync(
        List<string> files, string output, string? scripts, IRunStores stores)
    {
        var known = new DefinitionCollection();
        var definitions = new List<(string File, WorkflowDefinition Definition)>();
        var failed = 0;
        foreach (var file in files)
        {
            try
            {
                var definition = WorkflowDefinition.Parse(await File.ReadAllTextAsync(file));
                known.Add(definition);
                definitions.Add((file, definition));
            }
            catch (System.Text.Json.JsonException e)
            {
                failed++;
                await Console.Error.WriteLineAsync($"{Path.GetFileName(file)}: {e.Message}");
            }
        }

        // The definitions of the folder know each other, also when only one of them is asked for.
        if (files.Count == 1 && definitions.Count == 1)
        {
            await AddNeighboursAsync(files[0], known);
        }

        foreach (var (file, definition) in definitions)
        {
            failed += await RunOneAsync(file, definition, known, output, scripts, stores) ? 0 : 1;
        }

        await Console.Out.WriteLineAsync($"{definitions.Count - failed} run, {failed} not run");
        return failed == 0 ? 0 : 1;
    }

    private static async Task AddNeighboursAsync(string file, DefinitionCollection known)
    {
        foreach (var other in Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(file))!, "*.json"))
        {
            try
            {
                var definition = WorkflowDefinition.Parse(await File.ReadAllTextAsync(other));
                if (await known.FindAsync(WorkflowDefinitionHandle.ByVersionId(definition.VersionId), CancellationToken.None) is null)
                {
                    known.Add(definition);
                }
            }
            catch (System.Text.Json.JsonException)
            {
                // Another file of the folder that is no definition is none of our business.
            }
        }
    }

    private static async Task<bool> RunOneAsync(
        string file,
        WorkflowDefinition definition,
        DefinitionCollection known,
        string output,
        string? scripts,
        IRunStores stores)
    {
        var name = Path.GetFileName(file);
        try
        {
            var script = scripts is null ? null : await RunDefinitionScript.ReadAsync(Path.Combine(scripts, name));
            var clock = new RunDefinitionClock();
            var run = new RunDefinitionRun(definition, known, await stores.OpenAsync(), clock);
            var report = await run.RunAsync(script, CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(output, name), report);
            foreach (var remark in run.Remarks)
            {
                await Console.Error.WriteLineAsync($"{name}: {remark}");
            }

            return true;
        }
        catch (WorkflowRefusedException e)
        {
            await Console.Error.WriteLineAsync($"{name}: {e.Message}");
            return false;
        }
    }

    private static bool TryRead(string[] args, out string path, out string output, out string? scripts, out string store)
    {
        path = "";
        output = "";
        scripts = null;
        store = "memory";
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--out" when value is not null:
                    output = value;
                    i++;
                    break;
                case "--script" when value is not null:
                    scripts = value;
                    i++;
                    break;
                case "--store" when value is not null:
                    store = value;
                    i++;
                    break;
                default:
                    if (args[i].StartsWith('-') || path.Length > 0)
                    {
                        return false;
                    }

                    path = args[i];
                    break;
            }
        }

        return path.Length > 0 && output.Length > 0;
    }
}
