namespace CaseFlow.Server.Commands.Simulate;

/// <summary>
/// <c>simulate --about &lt;case type&gt; [--root …]</c>: what a scenario of the case type may name. <c>simulate &lt;file or folder&gt; [--store sqlite|postgres] [--connection …] [--root …] [--quiet]</c>: runs scenarios through the
/// production services; see <c>docs/scenarios.md</c>. Ends with 0 only if every expectation of every scenario holds.
/// </summary>
internal sealed class SimulateCommand : ICommand
{
    public string Name => "simulate";

    public async Task<int> RunAsync(string[] args)
    {
        if (args is [KilledProcess.Argument, var state])
        {
            return await KilledProcess.ChildAsync(state, CancellationToken.None);
        }

        if (args is ["--about", var caseType, ..])
        {
            return About(caseType, args);
        }

        SimulateOptions options;
        try
        {
            options = SimulateOptions.Parse(args);
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        var failed = 0;
        foreach (var file in options.Files)
        {
            var outcome = await ScenarioRunner.RunAsync(file, options.Root, options.Postgres, CancellationToken.None);
            failed += outcome.Holds ? 0 : 1;
            Print(file, outcome, options.Quiet);
        }

        Console.WriteLine($"{options.Files.Count - failed} held, {failed} differed");
        return failed == 0 && options.Files.Count > 0 ? 0 : 1;
    }

    private static int About(string caseType, string[] args)
    {
        var root = args is [_, _, "--root", var given] ? CommandPaths.Full(given) : SimulateOptions.RootOf(CommandPaths.Full("any"));
        var folder = Path.Combine(root, "workflows", caseType);
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no {folder}.");
            return 2;
        }

        Console.Write(ScenarioReference.Write(root, caseType));
        return 0;
    }

    private static void Print(string file, ScenarioOutcome outcome, bool quiet)
    {
        Console.WriteLine($"{(outcome.Holds ? "HOLDS  " : "DIFFERS")} {Path.GetFileName(file)}: {outcome.Name} [{string.Join(", ", outcome.Covers)}]");
        if (!quiet || !outcome.Holds)
        {
            Console.WriteLine(outcome.Transcript);
        }

        foreach (var difference in outcome.Differences)
        {
            Console.WriteLine($"  - {difference}");
        }
    }
}

/// <summary>Arguments of the command.</summary>
/// <param name="Files">Scenario files, in the order of their names.</param>
/// <param name="Root">Folder with policy, workflows and templates.</param>
/// <param name="Postgres">Connection string of a PostgreSQL administrator; null for SQLite.</param>
/// <param name="Quiet">Transcripts only of scenarios that differ.</param>
internal sealed record SimulateOptions(IReadOnlyList<string> Files, string Root, string? Postgres, bool Quiet)
{
    private const string Usage = "Usage: simulate <file or folder> [--store sqlite|postgres] [--connection <PostgreSQL administrator>] [--root <folder>] [--quiet]";

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">They do not fit; the message says how.</exception>
    public static SimulateOptions Parse(string[] args)
    {
        var (path, root, store, connection, quiet) = ((string?)null, (string?)null, "sqlite", Environment.GetEnvironmentVariable("CASEFLOW_TEST_POSTGRES"), false);
        for (var i = 0; i < args.Length; i++)
        {
            string Next() => ++i < args.Length ? args[i] : throw new ArgumentException(Usage);
            switch (args[i])
            {
                case "--store": store = Next(); break;
                case "--connection": connection = Next(); break;
                case "--root": root = Next(); break;
                case "--quiet": quiet = true; break;
                case var other when path is null && !other.StartsWith("--", StringComparison.Ordinal): path = other; break;
                default: throw new ArgumentException($"'{args[i]}' is not known. {Usage}");
            }
        }

        if (store is not ("sqlite" or "postgres") || (store == "postgres" && connection is null))
        {
            throw new ArgumentException(store == "postgres" ? $"--store postgres needs --connection. {Usage}" : $"There is no store '{store}'. {Usage}");
        }

        var files = Find(CommandPaths.Full(path ?? throw new ArgumentException(Usage)));
        return new SimulateOptions(files, root is not null ? CommandPaths.Full(root) : RootOf(files.Count > 0 ? files[0] : CommandPaths.Full(path)), store == "postgres" ? connection : null, quiet);
    }

    /// <summary>The nearest folder above that holds <c>policy/</c>.</summary>
    public static string RootOf(string path)
    {
        for (var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "policy")))
            {
                return folder.FullName;
            }
        }

        throw new ArgumentException($"No folder above {path} holds policy/; name it by --root.");
    }

    private static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [Path.GetFullPath(path)];
        }

        return Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "*.yaml", SearchOption.AllDirectories).Where(Scenario.IsScenario).Select(Path.GetFullPath).Order(StringComparer.Ordinal)]
            : throw new ArgumentException($"There is no {path}.");
    }
}
