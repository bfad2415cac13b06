using CaseFlow.Cases.Documents;
using CaseFlow.Documents.Fonts;
using CaseFlow.Documents.Screen;

namespace CaseFlow.Documents;

/// <summary>Makes the parts of this project for a host.</summary>
public static class DocumentServices
{
    /// <summary>A renderer that loads its fonts at the first document and keeps them (about 30 MB); make one per process.</summary>
    /// <param name="fonts">Files to use; a relative folder is taken from <paramref name="contentRoot"/>.</param>
    /// <param name="contentRoot">Folder of the application.</param>
    public static IDocumentPdfRenderer CreatePdfRenderer(DocumentFontOptions fonts, string contentRoot)
    {
        ArgumentNullException.ThrowIfNull(fonts);
        var resolved = new DocumentFontOptions
        {
            Directory = Path.Combine(contentRoot, fonts.Directory),
            Body = fonts.Body,
            Title = fonts.Title,
            Hei = fonts.Hei,
            Kai = fonts.Kai,
        };
        foreach (var file in fonts.Fallbacks)
        {
            resolved.Fallbacks.Add(file);
        }

        return new DocumentPdfRenderer(new FontLibrary(resolved));
    }

    /// <summary>
    /// The frozen HTML as a page shows it: the same blocks, with seal and QR code drawn as SVG. Everything is written anew
    /// from the blocks, so nothing foreign can come through.
    /// </summary>
    /// <exception cref="DocumentFormatException">The HTML is not made of the known blocks.</exception>
    public static string ToScreenHtml(string html) => ScreenHtml.Render(html);

    /// <summary>Checks that HTML is made of the known blocks only; a template is tried by it before it is published.</summary>
    /// <exception cref="DocumentFormatException">It is not.</exception>
    public static void Check(string html) => Blocks.ArticleReader.Read(html);
}
