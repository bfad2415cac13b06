namespace CaseFlow.Server.Commands;

/// <summary>The arguments of <c>run-definition</c>, with full paths.</summary>
/// <param name="Path">A definition, or a folder of them.</param>
/// <param name="Output">The folder of the reports.</param>
/// <param name="Scripts">The folder of the run files; null where there is none.</param>
/// <param name="Store">The name of the store.</param>
/// <param name="Activities">Assemblies with custom activities.</param>
internal sealed record RunDefinitionArguments(string Path, string Output, string? Scripts, string Store, IReadOnlyList<string> Activities)
{
    /// <summary>Reads the arguments; null where they are not as they should be.</summary>
    public static RunDefinitionArguments? Read(string[] args)
    {
        string? path = null;
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var activities = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--activities" && i + 1 < args.Length)
            {
                activities.Add(CommandPaths.Full(args[++i]));
            }
            else if (args[i] is "--out" or "--script" or "--store")
            {
                if (i + 1 == args.Length || !given.TryAdd(args[i], args[++i]))
                {
                    return null;
                }
            }
            else if (args[i].StartsWith('-') || path is not null)
            {
                return null;
            }
            else
            {
                path = args[i];
            }
        }

        return string.IsNullOrEmpty(path) || !given.TryGetValue("--out", out var output)
            ? null
            : new RunDefinitionArguments(
                CommandPaths.Full(path),
                CommandPaths.Full(output),
                given.TryGetValue("--script", out var scripts) ? CommandPaths.Full(scripts) : null,
                given.GetValueOrDefault("--store", "memory"),
                activities);
    }
}
