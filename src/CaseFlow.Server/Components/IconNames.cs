namespace CaseFlow.Server.Components;

/// <summary>The icons that the sprite holds.</summary>
internal sealed class IconNames
{
    private readonly HashSet<string> names;

    /// <summary>Reads the list that was built in.</summary>
    public IconNames()
    {
        using var stream = typeof(IconNames).Assembly.GetManifestResourceStream("icons.txt")!;
        using var reader = new StreamReader(stream);
        names = reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether the sprite holds an icon.</summary>
    public bool Contains(string name) => names.Contains(name);
}
