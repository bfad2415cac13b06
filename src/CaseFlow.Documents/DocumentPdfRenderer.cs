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
        var article = ArticleReader.Read(html);
        return PdfWriter.Write(ArticleLayout.Pages(article, fonts), article, options, fonts);
    }
}
