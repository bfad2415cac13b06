namespace CaseFlow.Server.Hosting;

/// <summary>
/// Where the seed lies: the folder that holds <c>workflows</c>, <c>templates</c> and <c>policy</c>. The database is master
/// once it has been imported; the folder stays the exchange format.
/// </summary>
internal static class SeedFolder
{
    /// <summary>The folder: <c>--seed</c>, or the nearest one at or above the application that holds <c>workflows</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Of(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration["seed"] is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        foreach (var start in new[] { environment.ContentRootPath, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (Directory.Exists(Path.Combine(folder.FullName, "workflows")) && Directory.Exists(Path.Combine(folder.FullName, "policy")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException("No folder with workflows, templates and policy was found; name it by --seed.");
    }
}
