using CaseFlow.Persistence;
using Microsoft.AspNetCore.Identity;

namespace CaseFlow.Server.Tests.Support;

/// <summary>
/// One set of keys for all servers of a run. The entity model holds its keys, so with keys of its own every server would
/// build the model and compile each query anew, which took most of the time of these tests.
/// </summary>
internal static class SharedKeys
{
    private static readonly Lazy<string> Fields = new(Make);

    /// <summary>A fresh data folder whose installation has the shared keys; remove it by <see cref="Delete"/>.</summary>
    public static string NewDataFolder(string prefix)
    {
        var data = Directory.CreateTempSubdirectory(prefix).FullName;
        Directory.CreateDirectory(data + "-keys");
        File.WriteAllText(System.IO.Path.Combine(data + "-keys", "fields.json"), Fields.Value);
        return data;
    }

    /// <summary>Removes the folder and its keys.</summary>
    public static void Delete(string data)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var path in new[] { data, data + "-keys" }.Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Passwords of tests need no costly hash; each hash says with how many rounds it was made.</summary>
    public static void QuickHashes(PasswordHasherOptions options) => options.IterationCount = 100;

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-keys-");
        var file = System.IO.Path.Combine(folder.FullName, "fields.json");
        KeyFiles.Create(file);
        var text = File.ReadAllText(file);
        folder.Delete(recursive: true);
        return text;
    }
}
