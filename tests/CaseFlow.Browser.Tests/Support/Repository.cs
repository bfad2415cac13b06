namespace CaseFlow.Browser.Tests.Support;

/// <summary>Where the tests find what they start.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>CaseFlow.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration that was built: that of the tests themselves.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

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
