namespace CaseFlow.Server.Commands;

/// <summary>
/// Paths on the command line are relative to where the person is. <c>dotnet run</c> starts a web project in the project's
/// folder, so they are taken from the folder in which <c>dotnet run</c> itself was called.
/// </summary>
internal static class CommandPaths
{
    /// <summary>The full path of an argument.</summary>
    public static string Full(string path) => Path.GetFullPath(path, Base.Value);

    private static readonly Lazy<string> Base = new(Find);

    private static string Find()
    {
        var current = Directory.GetCurrentDirectory();
        if (!File.Exists(Path.Combine(current, "CaseFlow.Server.csproj")))
        {
            return current;
        }

        return CallersFolder() ?? FromShell() ?? RepositoryOf(current) ?? current;
    }

    /// <summary>The folder of the process that started this one, where the system tells it.</summary>
    private static string? CallersFolder()
    {
        try
        {
            // The fourth field of the line is the parent; the second, in brackets, may hold blanks.
            var line = File.ReadAllText("/proc/self/stat");
            var parent = line[(line.LastIndexOf(')') + 2)..].Split(' ')[1];
            return Directory.ResolveLinkTarget($"/proc/{parent}/cwd", returnFinalTarget: true)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? FromShell() => Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    private static string? RepositoryOf(string folder)
    {
        var current = new DirectoryInfo(folder);
        while (current is not null && !File.Exists(Path.Combine(current.FullName, "CaseFlow.sln")))
        {
            current = current.Parent;
        }

        return current?.FullName;
    }
}
