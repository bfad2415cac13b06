using Microsoft.AspNetCore.Components;

namespace CaseFlow.Server.Shell;

/// <summary>Addresses of the page being shown.</summary>
internal static class NavigationExtensions
{
    /// <summary>Path and query of the page, beginning with a slash.</summary>
    public static string PathAndQuery(this NavigationManager navigation) => new Uri(navigation.Uri).PathAndQuery;

    /// <summary>An address of a place in this page. It names the page, because the document's base is the server's root.</summary>
    /// <param name="navigation">Tells the page.</param>
    /// <param name="id">The element's id.</param>
    public static string Anchor(this NavigationManager navigation, string id) => $"{navigation.PathAndQuery()}#{id}";

    /// <summary>Whether the page is <paramref name="path"/> or below it.</summary>
    public static bool IsAt(this NavigationManager navigation, string path)
    {
        var current = new Uri(navigation.Uri).AbsolutePath;
        return current.Equals(path, StringComparison.OrdinalIgnoreCase)
            || (path != "/" && current.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase));
    }
}
