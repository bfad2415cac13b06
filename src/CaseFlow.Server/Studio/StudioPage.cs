using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Studio;

/// <summary>The page around the designer: our bar above, the custom elements of Studio below it.</summary>
internal static partial class StudioPage
{
    /// <summary>
    /// Studio writes one script into the page (its Ctrl+S keys), once for the editor and once, a little different, for the list
    /// of instances. Without the hashes of both, which belong to version 3.8.2, these pages end in an unhandled exception. WebAssembly needs no other exception, Monaco blob workers.
    /// </summary>
    private const string Policy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    private static readonly string Template = ReadTemplate();

    /// <summary>Answers with the page in the language of the request.</summary>
    public static IResult Send(HttpContext context, IStringLocalizer texts, HtmlEncoder encoder, CaseFlow.Cases.CaseTypes.PublicationPolicy publication)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-store";
        var html = Placeholder().Replace(Template, m => encoder.Encode(texts["Studio." + (m.Groups["key"].Value == "hint" && !publication.SecondPerson ? "hintAlone" : m.Groups["key"].Value)]));
        return Results.Content(html, "text/html", Encoding.UTF8);
    }

    private static string ReadTemplate()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("studio/index.html")
            ?? throw new InvalidDataException("The page of Studio is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(?<key>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
