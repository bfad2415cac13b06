using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using CaseFlow.Workflows.Tests.Samples;

namespace CaseFlow.Workflows.Tests.Authoring;

/// <summary>
/// Activities as strangers write them: source files that no project holds, compiled with the SDK's compiler against the
/// engine's assembly alone, and loaded.
/// </summary>
internal static class StrangersActivities
{
    private static readonly Lazy<Task<Assembly>> Compiled = new(CompileAsync);

    private static readonly string[] Usings = ["System", "System.Collections.Generic", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    public static Task<Assembly> LoadAsync() => Compiled.Value;

    private static async Task<Assembly> CompileAsync()
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-strangers").FullName;
        var output = Path.Combine(folder, "Strangers.dll");
        var usings = Path.Combine(folder, "Usings.cs");
        await File.WriteAllLinesAsync(usings, Usings.Select(x => $"global using {x};"));
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "samples", "activities"), "*.cs").Order(StringComparer.Ordinal);
        string[] arguments =
        [
            await CompilerAsync(), "-noconfig", "-nostdlib", "-target:library", "-nullable:enable", "-langversion:latest", "-warnaserror+:nullable", "-nologo",
            $"-out:{output}", .. References().Select(x => $"-reference:{x}"), usings, .. sources,
        ];
        var (exit, text) = await RunAsync(["exec", .. arguments]);
        Assert.True(exit == 0, text);
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(output);
    }

    private static IEnumerable<string> References() =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(x => Path.GetFileName(x).StartsWith("System", StringComparison.Ordinal) || Path.GetFileName(x) is "netstandard.dll" or "mscorlib.dll")
            .Where(IsManaged)
            .Append(typeof(Activity).Assembly.Location);

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return image.HasMetadata;
    }

    /// <summary>The compiler of the newest SDK for this runtime.</summary>
    private static async Task<string> CompilerAsync()
    {
        var (_, text) = await RunAsync(["--list-sdks"]);
        var sdk = text.Split('\n').Last(x => x.StartsWith($"{Environment.Version.Major}.", StringComparison.Ordinal)).Trim();
        var version = sdk[..sdk.IndexOf(' ', StringComparison.Ordinal)];
        var folder = sdk[(sdk.IndexOf('[', StringComparison.Ordinal) + 1)..^1];
        return Path.Combine(folder, version, "Roslyn", "bincore", "csc.dll");
    }

    private static async Task<(int Exit, string Text)> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }
}
