namespace CaseFlow.Architecture.Tests;

/// <summary>Finds the sources that the tests read.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>CaseFlow.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>C# and Razor sources below <c>src</c>, migrations and generated files left out.</summary>
    public static IEnumerable<(string Path, string Text)> Sources()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(Root, file).Replace('\\', '/');
            if (Path.GetExtension(file) is ".cs" or ".razor" && !Ignored(relative))
            {
                yield return (relative, File.ReadAllText(file));
            }
        }
    }

    private static bool Ignored(string path) =>
        path.Contains("/obj/", StringComparison.Ordinal)
        || path.Contains("/bin/", StringComparison.Ordinal)
        || path.Contains("/node_modules/", StringComparison.Ordinal)
        || path.Contains("/Migrations/", StringComparison.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("CaseFlow.sln was not found above the test's folder.");
    }
}
