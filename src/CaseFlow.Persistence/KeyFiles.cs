using CaseFlow.Persistence.Protection;

namespace CaseFlow.Persistence;

/// <summary>Makes key files before there is a database.</summary>
public static class KeyFiles
{
    /// <summary>Makes a file with fresh keys, readable by its owner alone; a file that is there stays as it is.</summary>
    /// <param name="path">Where; its folder is made if it is missing.</param>
    public static void Create(string path) => KeyRing.Open(path, create: true);
}
