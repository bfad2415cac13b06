using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>A saved state of a point at which a dibao definition waits, under <c>tests/golden/dibao</c>.</summary>
/// <param name="Kind">The kind of procedure: spine, application, review, change-or-stop.</param>
/// <param name="Node">The activity that waits.</param>
internal sealed record GoldenFile(string Kind, string Node)
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, IndentSize = 1 };

    public static IReadOnlyList<string> Kinds { get; } = ["spine", "application", "review", "change-or-stop"];

    public static string Folder { get; } = Path.Combine(DibaoHost.Root, "tests", "golden", "dibao");

    public static IEnumerable<GoldenFile> All => Directory.Exists(Folder)
        ? Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(x => Path.GetFileNameWithoutExtension(x)!.Split('.')).Select(x => new GoldenFile(x[0], x[1]))
        : [];

    public bool Exists => File.Exists(FullName);

    private string FullName => Path.Combine(Folder, $"{Kind}.{Node}.json");

    public async Task<JsonObject> ReadAsync() => (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(FullName, DibaoHost.Stop))!;

    /// <summary>Writes what was not there yet; a state that is kept is never overwritten.</summary>
    public async Task WriteAsync(JsonObject content)
    {
        Assert.False(Exists);
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(FullName, content.ToJsonString(Options) + "\n", DibaoHost.Stop);
    }
}
