namespace CaseFlow.Server.Tests.Support;

/// <summary>The server's own sources, for rules that a compiler does not know.</summary>
internal static class Sources
{
    /// <summary>C# and Razor files with their path below the project.</summary>
    public static IEnumerable<(string Path, string Text)> All()
    {
        var project = Path.Combine(Root(), "src", "CaseFlow.Server");
        return Directory.EnumerateFiles(project, "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".razor" or ".cs")
            .Select(f => (Path: Path.GetRelativePath(project, f).Replace('\\', '/'), File: f))
            .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal) && !f.Path.StartsWith("node_modules/", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllText(f.File)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("CaseFlow.sln was not found above the test's folder.");
    }
}
