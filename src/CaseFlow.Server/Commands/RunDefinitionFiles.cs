using System.Text.Json;
using CaseFlow.Workflows.Definitions;

namespace CaseFlow.Server.Commands;

/// <summary>A definition that is to be run.</summary>
/// <param name="Name">The name of its file, and of its run file and report.</param>
/// <param name="Definition">The definition.</param>
internal sealed record RunDefinitionFile(string Name, WorkflowDefinition Definition);

/// <summary>The definitions at a path; those of one folder know each other, also where only one of them is asked for.</summary>
internal sealed class RunDefinitionFiles
{
    private readonly List<RunDefinitionFile> definitions = [];
    private readonly List<(string File, string Reason)> unreadable = [];
    private readonly List<WorkflowDefinition> all = [];

    /// <summary>Those that are to be run.</summary>
    public IReadOnlyList<RunDefinitionFile> Definitions => definitions;

    /// <summary>Files that were asked for and hold no definition, with the reason.</summary>
    public IReadOnlyList<(string File, string Reason)> Unreadable => unreadable;

    /// <summary>All that a definition may use: those of its folder, but for copies of the very version that it is itself.</summary>
    public DefinitionCollection KnownTo(RunDefinitionFile file)
    {
        var known = new DefinitionCollection();
        foreach (var other in all.Where(x => x == file.Definition || x.DefinitionId != file.Definition.DefinitionId || x.Version != file.Definition.Version))
        {
            known.Add(other);
        }

        return known;
    }

    /// <summary>Whether there is a file, or a folder with at least one.</summary>
    public static bool AnyAt(string path) => File.Exists(path) || (Directory.Exists(path) && FilesIn(path).Count > 0);

    /// <summary>Reads what is there.</summary>
    public static async Task<RunDefinitionFiles> ReadAsync(string path)
    {
        var result = new RunDefinitionFiles();
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        foreach (var file in FilesIn(folder).Where(x => !string.Equals(x, path, StringComparison.Ordinal)).Append(path).Where(File.Exists))
        {
            await result.AddAsync(file, asked: Directory.Exists(path) || string.Equals(file, path, StringComparison.Ordinal));
        }

        return result;
    }

    private static List<string> FilesIn(string folder) => [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)];

    private async Task AddAsync(string file, bool asked)
    {
        try
        {
            var definition = Completed(WorkflowDefinition.Parse(await File.ReadAllTextAsync(file)), Path.GetFileNameWithoutExtension(file));
            all.Add(definition);
            if (asked)
            {
                definitions.Add(new RunDefinitionFile(Path.GetFileName(file), definition));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Another file of the folder that is no definition is none of our business.
            if (asked)
            {
                unreadable.Add((Path.GetFileName(file), e.Message));
            }
        }
    }

    /// <summary>What a definition written by hand may leave out: its ids, and that it is published.</summary>
    private WorkflowDefinition Completed(WorkflowDefinition definition, string fileName)
    {
        var json = definition.ToJsonObject();
        json["definitionId"] ??= definition.DefinitionId.Length > 0 ? definition.DefinitionId : fileName;
        json["id"] ??= $"{json["definitionId"]}-v{definition.Version}";
        json["isPublished"] ??= true;

        // A copied file often keeps the id of the version that it was made from; each is a definition of its own.
        if (all.Exists(x => x.VersionId == (string?)json["id"]))
        {
            json["id"] = $"{json["id"]}@{fileName}";
        }

        return WorkflowDefinition.Of(json);
    }
}
