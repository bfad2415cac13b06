using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.Tests.Host;

/// <summary>What a build and a publish take along.</summary>
public sealed class What_belongs_to_the_program
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Keys beside the source of a started server would otherwise be copied to each build, and published.</summary>
    [Fact]
    [Trait("needs", "process")]
    public async Task Keys_and_data_of_a_started_server_are_no_items_of_the_project()
    {
        var name = $"{Guid.NewGuid():N}.json";
        string[] written = [Repository.Path("src", "CaseFlow.Server", "data-keys", name), Repository.Path("src", "CaseFlow.Server", "data", name)];
        try
        {
            foreach (var file in written)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, "{}", Stop);
            }

            var items = (await ItemsAsync("Content,None,EmbeddedResource")).ToList();

            Assert.Contains(items, i => i.EndsWith("appsettings.json", StringComparison.Ordinal));
            Assert.DoesNotContain(items, i => i.Contains(name, StringComparison.Ordinal));
            Assert.DoesNotContain(items, i => i.Replace('\\', '/').StartsWith("data", StringComparison.Ordinal));
        }
        finally
        {
            Array.ForEach(written, File.Delete);
        }
    }

    /// <summary>Native libraries of forty platforms, with their debug symbols, made each folder 600 MB larger.</summary>
    [Fact]
    [Trait("needs", "process")]
    public async Task Native_libraries_come_for_the_platforms_of_servers_and_without_symbols()
    {
        var files = (await ItemsAsync("RuntimeTargetsCopyLocalItems", "-t:ResolveAssemblyReferences")).Select(f => f.Replace('\\', '/')).ToList();
        Assert.Contains(files, f => f.EndsWith("runtimes/linux-x64/native/libSkiaSharp.so", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith("runtimes/win-x64/native/libSkiaSharp.dll", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => f.EndsWith(".pdb", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => f.Contains("wasm", StringComparison.Ordinal) || f.Contains("bionic", StringComparison.Ordinal) || f.Contains("maccatalyst", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> ItemsAsync(string items, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in new[] { "build", Repository.Path("src", "CaseFlow.Server"), "--no-restore", $"-getItem:{items}" }.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        using var build = Process.Start(start)!;
        var json = JsonNode.Parse(await build.StandardOutput.ReadToEndAsync(Stop))!;
        return json["Items"]!.AsObject().SelectMany(kind => kind.Value!.AsArray()).Select(item => (string)item!["Identity"]!);
    }
}
