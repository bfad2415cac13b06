using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace CaseFlow.Server.Studio;

/// <summary>
/// The files of the npm package <c>@elsa-workflows/elsa-studio-wasm</c>, served as they are. Each has compressed copies
/// beside it (<c>.br</c>, <c>.gz</c>), which are sent to whoever takes them.
/// </summary>
internal sealed partial class StudioFiles
{
    /// <summary>Where the package lies below the content root: as npm installs it, or as a publish copies it.</summary>
    private static readonly string[] Folders = ["node_modules/@elsa-workflows/elsa-studio-wasm", "studio"];

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".wasm"] = "application/wasm",
        [".dat"] = "application/octet-stream",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".map"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
        [".ttf"] = "font/ttf",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".gif"] = "image/gif",
        [".ico"] = "image/x-icon",
        [".cur"] = "image/x-icon",
    };

    private readonly IFileProvider _files;

    public StudioFiles(IWebHostEnvironment environment, ILogger<StudioFiles> logger)
    {
        var folder = Folders
            .SelectMany(f => new[] { environment.ContentRootPath, AppContext.BaseDirectory }.Select(root => Path.Combine(root, f)))
            .FirstOrDefault(Directory.Exists);
        if (folder is null)
        {
            LogMissing(logger);
        }

        _files = folder is null ? new NullFileProvider() : new PhysicalFileProvider(folder);
    }

    /// <summary>Answers with the file, or 404. A path that leads out of the package finds nothing.</summary>
    public IResult Send(HttpContext context, string path)
    {
        var original = _files.GetFileInfo(path);
        if (!original.Exists || !Types.TryGetValue(Path.GetExtension(path), out var contentType))
        {
            return Results.NotFound();
        }

        var (file, encoding) = Choose(context.Request, path, original);
        var headers = context.Response.Headers;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = Fingerprinted().IsMatch(path) ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        var tag = $"\"{file.LastModified.Ticks:x}-{file.Length:x}{encoding}\"";
        return Results.Stream(file.CreateReadStream(), contentType, lastModified: file.LastModified, entityTag: new EntityTagHeaderValue(tag));
    }

    private (IFileInfo File, string? Encoding) Choose(HttpRequest request, string path, IFileInfo original)
    {
        var accepted = request.Headers.AcceptEncoding.ToString();
        foreach (var (name, suffix) in (ReadOnlySpan<(string, string)>)[("br", ".br"), ("gzip", ".gz")])
        {
            var compressed = _files.GetFileInfo(path + suffix);
            if (compressed.Exists && accepted.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                return (compressed, name);
            }
        }

        return (original, null);
    }

    [GeneratedRegex(@"\.[a-z0-9]{10}\.(wasm|js|dat|css)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Fingerprinted();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of Elsa Studio are missing; /studio answers 404 until the front-end packages are installed.")]
    private static partial void LogMissing(ILogger logger);
}
