using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>
/// A saved state of a point at which a dibao definition waits, under <c>tests/golden/dibao</c>. Each kept version holds its
/// definitions beside its states, and only the points that no version before it has.
/// </summary>
/// <param name="Version">The kept version: empty for the first, which lies in the folder itself, then 2 ...</param>
/// <param name="Kind">The kind of procedure: spine, application, review, change-or-stop ...</param>
/// <param name="Node">The activity that waits.</param>
internal sealed record GoldenFile(string Version, string Kind, string Node)
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, IndentSize = 1 };

    /// <summary>Kept versions, oldest first.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["", "2", "3"];

    public static IEnumerable<GoldenFile> All => Versions.SelectMany(version => Directory.GetFiles(FolderOf(version), "*.json")
        .Order(StringComparer.Ordinal)
        .Select(x => Path.GetFileNameWithoutExtension(x)!.Split('.'))
        .Select(x => new GoldenFile(version, x[0], x[1])));

    public bool Exists => File.Exists(FullName);

    private string FullName => Path.Combine(FolderOf(Version), $"{Kind}.{Node}.json");

    /// <summary>The case type to which the states of a version belong: published versions are kept, as a bureau's database keeps them.</summary>
    public static string DefinitionsOf(string version) => Path.Combine(FolderOf(version), "definitions");

    /// <summary>Whether a point has a state in a version or one before it.</summary>
    public static bool IsKept(string version, string kind, string node) =>
        Versions.TakeWhile(v => v != version).Append(version).Any(v => new GoldenFile(v, kind, node).Exists);

    public async Task<JsonObject> ReadAsync() => (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(FullName, DibaoHost.Stop))!;

    /// <summary>Writes what was not there yet; a state that is kept is never overwritten.</summary>
    public async Task WriteAsync(JsonObject content)
    {
        Assert.False(Exists);
        await File.WriteAllTextAsync(FullName, content.ToJsonString(Options) + "\n", DibaoHost.Stop);
    }

    private static string FolderOf(string version) => Path.Combine(DibaoHost.Root, "tests", "golden", "dibao", version);
}
