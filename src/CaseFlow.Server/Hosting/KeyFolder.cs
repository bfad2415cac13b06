namespace CaseFlow.Server.Hosting;

/// <summary>
/// The folder with the keys of an installation: those of encrypted columns, of cookies and of tokens. Servers that share a
/// database share it; it belongs outside the database and its backups.
/// </summary>
internal static class KeyFolder
{
    /// <summary>Full path of the folder; it is made if missing, readable for its owner only.</summary>
    public static string Of(WebApplicationBuilder builder)
    {
        var path = Path.GetDirectoryName(DatabaseHosting.Options(builder.Configuration, builder.Environment).KeyFile)!;
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path).FullName
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    /// <summary>The file with the key that signs tokens.</summary>
    public static string TokenKey(WebApplicationBuilder builder) => Path.Combine(Of(builder), "tokens.key");
}
