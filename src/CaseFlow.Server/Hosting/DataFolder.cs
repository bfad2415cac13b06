namespace CaseFlow.Server.Hosting;

/// <summary>The one folder that holds all that an installation writes: database, keys, mails of the demo.</summary>
internal static class DataFolder
{
    /// <summary>The full path of the data folder: <c>--data</c>, or <c>data</c> beside the application; it is made if missing.</summary>
    public static string Of(WebApplicationBuilder builder) => Of(builder.Configuration, builder.Environment);

    /// <summary>The full path of the data folder for a built server.</summary>
    public static string Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var path = Path.GetFullPath(Path.Combine(environment.ContentRootPath, configuration["data"] ?? "data"));
        return Directory.CreateDirectory(path).FullName;
    }
}
