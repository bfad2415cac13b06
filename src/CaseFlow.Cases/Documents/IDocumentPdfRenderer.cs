namespace CaseFlow.Cases.Documents;

/// <summary>
/// Turns the frozen HTML of an issued document into the A4 PDF that the bureau prints. The HTML may hold only the blocks of
/// <c>docs/document-blocks.md</c>; the same HTML and options always give the same pages.
/// </summary>
public interface IDocumentPdfRenderer
{
    /// <summary>Lays out and writes the document. Safe to call from several threads; costs some ten milliseconds.</summary>
    /// <param name="html">The frozen HTML: one <c>article</c> of class <c>doc</c>.</param>
    /// <param name="options">What stands in the file beside its pages.</param>
    /// <returns>The PDF file.</returns>
    /// <exception cref="DocumentFormatException">The HTML holds something that is no block, or a character that no face has.</exception>
    byte[] Render(string html, DocumentPdfOptions options);
}

/// <summary>Properties of the PDF file that are not printed.</summary>
public sealed record DocumentPdfOptions
{
    /// <summary>Title that a reader shows; by default the document's own title.</summary>
    public string? Title { get; init; }

    /// <summary>The issuing body; by default that of the signature.</summary>
    public string? Author { get; init; }

    /// <summary>Moment of issue, written as the file's creation date, so that rendering again gives the same file.</summary>
    public DateTimeOffset? IssuedAt { get; init; }
}

/// <summary>A document's HTML is not made of the known blocks. Nothing was rendered.</summary>
/// <param name="block">The element or character at fault, as written.</param>
/// <param name="line">Line of the HTML, from 1; 0 if unknown.</param>
/// <param name="reason">What is wrong and what would be right.</param>
public sealed class DocumentFormatException(string block, int line, string reason)
    : Exception(line > 0 ? $"Line {line}: {block}: {reason}" : $"{block}: {reason}")
{
    /// <summary>The element or character at fault.</summary>
    public string Block { get; } = block;

    /// <summary>Line of the HTML, from 1; 0 if unknown.</summary>
    public int Line { get; } = line;
}
