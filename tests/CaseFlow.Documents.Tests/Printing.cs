using CaseFlow.Cases.Documents;
using CaseFlow.Documents.Fonts;
using UglyToad.PdfPig;

namespace CaseFlow.Documents.Tests;

/// <summary>Prints documents with the fonts that the server's build brings.</summary>
internal static class Printing
{
    public static IDocumentPdfRenderer Renderer { get; } =
        DocumentServices.CreatePdfRenderer(new DocumentFontOptions(), Path.Combine(Repository(), "src", "CaseFlow.Server"));

    public static DocumentPdfOptions Options { get; } = new() { IssuedAt = new DateTimeOffset(2026, 4, 21, 9, 0, 0, TimeSpan.FromHours(8)) };

    public static string Sample(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name + ".html"));

    /// <summary>Renders and, if CASEFLOW_PRINT names a folder, leaves the file there for looking at it.</summary>
    public static byte[] Print(string html, string name = "document")
    {
        var pdf = Renderer.Render(html, Options);
        if (Environment.GetEnvironmentVariable("CASEFLOW_PRINT") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".pdf"), pdf);
        }

        return pdf;
    }

    public static PdfDocument Open(string html, string name = "document") => PdfDocument.Open(Print(html, name));

    /// <summary>All characters of all pages in the order in which they were drawn.</summary>
    public static string TextOf(PdfDocument pdf) => string.Concat(pdf.GetPages().SelectMany(p => p.Letters).Select(l => l.Value));

    /// <summary>A document with the given body.</summary>
    public static string Doc(string body, string after = "") => $"<article class=\"doc\"><h1>标题</h1>{body}{after}</article>";

    /// <summary>Top folder of the sources.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CaseFlow.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("CaseFlow.sln was not found above the tests.");
        }

        return folder.FullName;
    }
}
