using CaseFlow.Cases.Documents;
using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Drawing;
using CaseFlow.Documents.Fonts;
using CaseFlow.Documents.Layout;

namespace CaseFlow.Documents;

/// <inheritdoc cref="IDocumentPdfRenderer"/>
internal sealed class DocumentPdfRenderer(FontLibrary fonts) : IDocumentPdfRenderer
{
    /// <inheritdoc/>
    public byte[] Render(string html, DocumentPdfOptions options)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(options);
        var shown = MissingCharacters.Find(html, fonts);
        var article = ArticleReader.Read(shown.Html);
        if (shown.Note is { } note)
        {
            article = article with { Body = [.. article.Body, new Paragraph(ParagraphKind.Note, [new Inline(note)])] };
        }

        return PdfWriter.Write(ArticleLayout.Pages(article, fonts), article, options, fonts);
    }
}
