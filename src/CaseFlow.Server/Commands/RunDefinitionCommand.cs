using CaseFlow.Workflows.Descriptors;
using CaseFlow.Workflows.Hosting;

namespace CaseFlow.Server.Commands;

/// <summary>
/// Runs workflow definitions that are tied to no case, and writes what happened:
/// <c>run-definition &lt;file or folder&gt; --out &lt;folder&gt; [--script &lt;folder of run files&gt;] [--store memory|sqlite]
/// [--activities &lt;assembly&gt;]</c>. The activities of the product are known, and those of assemblies that are named.
/// Exit code 0: all ran as their scripts say; 1: some did not run, or their script could not be followed to its end, each told
/// by a line; 2: the arguments name what is not there.
/// </summary>
internal sealed class RunDefinitionCommand : ICommand
{
    private const string Usage =
        "run-definition <file or folder> --out <folder> [--script <folder of run files>] [--store memory|sqlite] [--activities <assembly with custom activities>]";

    /// <inheritdoc />
    public string Name => "run-definition";

    /// <inheritdoc />
    public async Task<int> RunAsync(string[] args)
    {
        if (RunDefinitionArguments.Read(args) is not { } arguments)
        {
            await Console.Error.WriteLineAsync($"Usage: {Usage}");
            return 2;
        }

        await using var stores = RunStores.Find(arguments.Store);
        if (stores is null)
        {
            await Console.Error.WriteLineAsync($"There is no store '{arguments.Store}'; there are: {string.Join(", ", RunStores.Names)}.");
            return 2;
        }

        if (await RefusedAsync(arguments) || await RunDefinitionActivities.ReadAsync(arguments.Activities) is not { } activities)
        {
            return 2;
        }

        var files = await RunDefinitionFiles.ReadAsync(arguments.Path);
        foreach (var (file, reason) in files.Unreadable)
        {
            await Console.Error.WriteLineAsync($"{file}: {reason}");
        }

        var results = files.Unreadable.Select(_ => Result.NotRun).ToList();
        foreach (var definition in files.Definitions)
        {
            results.Add(await RunOneAsync(definition, files, arguments, stores, activities));
        }

        var (failed, strayed) = (results.Count(r => r is Result.NotRun), results.Count(r => r is Result.NotFollowed));
        await Console.Out.WriteLineAsync($"{results.Count - failed} run, {failed} not run" + (strayed == 0 ? "" : $", {strayed} not as the script says"));
        return failed + strayed == 0 ? 0 : 1;
    }

    /// <summary>Whether the arguments name something that is not there, which is then told.</summary>
    private static async Task<bool> RefusedAsync(RunDefinitionArguments arguments)
    {
        if (!RunDefinitionFiles.AnyAt(arguments.Path))
        {
            await Console.Error.WriteLineAsync($"There are no definitions at '{arguments.Path}'.");
            return true;
        }

        if (arguments.Scripts is { } scripts && !Directory.Exists(scripts))
        {
            await Console.Error.WriteLineAsync($"There is no folder of run files at '{scripts}'.");
            return true;
        }

        try
        {
            Directory.CreateDirectory(arguments.Output);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Nothing can be written to '{arguments.Output}': {e.Message}");
            return true;
        }
    }

    private static async Task<Result> RunOneAsync(
        RunDefinitionFile file, RunDefinitionFiles files, RunDefinitionArguments arguments, IRunStores stores, ActivityRegistry activities)
    {
        try
        {
            var script = arguments.Scripts is null ? null : await RunDefinitionScript.ReadAsync(Path.Combine(arguments.Scripts, file.Name));
            var run = new RunDefinitionRun(file.Definition, files.KnownTo(file), await stores.OpenAsync(), new RunDefinitionClock(), activities);
            var report = await run.RunAsync(script, CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(arguments.Output, file.Name), report);
            foreach (var remark in run.Remarks.Concat(run.Incidents))
            {
                await Console.Error.WriteLineAsync($"{file.Name}: {remark}");
            }

            return run.Remarks.Count == 0 ? Result.Followed : Result.NotFollowed;
        }
        catch (WorkflowRefusedException e)
        {
            await Console.Error.WriteLineAsync($"{file.Name}: {e.Message}");
            return Result.NotRun;
        }
        catch (System.Text.Json.JsonException e)
        {
            await Console.Error.WriteLineAsync($"{file.Name}: the run file cannot be read: {e.Message}");
            return Result.NotRun;
        }
        catch (Exception e)
        {
            // One definition that breaks the run holds up no other; the stack tells where.
            await Console.Error.WriteLineAsync($"{file.Name}: {e}");
            return Result.NotRun;
        }
    }

    private enum Result
    {
        Followed,
        NotFollowed,
        NotRun,
    }
}
