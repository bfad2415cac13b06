using CaseFlow.Cases.Documents;
using CaseFlow.Documents.Fonts;
using HarfBuzzSharp;
using UglyToad.PdfPig;

namespace CaseFlow.Documents.Tests;

/// <summary>A body face that knows a few characters only, cut from the shipped one.</summary>
public sealed class Fallback_faces : IDisposable
{
    private static readonly string s_fonts = Path.Combine(Printing.Repository(), "src", "CaseFlow.Server", "fonts");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("caseflow-fonts");

    public Fallback_faces()
    {
        using var blob = Blob.FromFile(Path.Combine(s_fonts, "NotoSerifSC_400Regular.ttf"));
        using var face = new Face(blob, 0);
        using var small = HarfBuzzSubset.Cut(face.Handle, "国—1 ".Select(c => (int)c));
        File.WriteAllBytes(Path.Combine(_folder.FullName, "small.ttf"), small!.ToArray());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private DocumentFontOptions Options(params string[] fallbacks)
    {
        var options = new DocumentFontOptions { Directory = _folder.FullName, Body = "small.ttf", Title = "small.ttf" };
        foreach (var file in fallbacks)
        {
            options.Fallbacks.Add(Path.Combine(s_fonts, file));
        }

        return options;
    }

    [Fact]
    public void A_character_that_the_face_lacks_is_taken_from_the_fallback()
    {
        var renderer = DocumentServices.CreatePdfRenderer(Options("NotoSerifSC_400Regular.ttf"), "/");

        using var pdf = PdfDocument.Open(renderer.Render("<article class=\"doc\"><h1>国</h1><p>国家国</p></article>", new DocumentPdfOptions()));

        Assert.Contains("国家国", Printing.TextOf(pdf));
        Assert.Equal(2, pdf.GetPage(1).Letters.Where(l => l.Value is "国" or "家").Select(l => l.FontName).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_character_that_no_face_has_stands_as_a_mark_and_is_named_at_the_end()
    {
        using var pdf = PdfDocument.Open(Printing.Renderer.Render(
            Printing.Doc("<p>欧阳思\U0002A6A5：领取\U0001F600，\U0002A6A5。</p>"), new DocumentPdfOptions()));

        var text = Printing.TextOf(pdf);
        Assert.Contains("欧阳思〓：领取〓，〓。", text);
        Assert.Contains("U+2A6A5、U+1F600", text);
    }

    [Fact]
    public void The_shipped_fallback_has_the_rarer_names_that_the_body_lacks()
    {
        var options = new DocumentFontOptions();
        options.Fallbacks.Add("NotoSerifJP_400Regular.ttf");
        var renderer = DocumentServices.CreatePdfRenderer(options, Path.GetDirectoryName(s_fonts)!);

        using var pdf = PdfDocument.Open(renderer.Render(Printing.Doc("<p>欧阳思\U00020BB7</p>"), new DocumentPdfOptions()));

        Assert.Contains("欧阳思\U00020BB7", Printing.TextOf(pdf));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var renderer = DocumentServices.CreatePdfRenderer(new DocumentFontOptions { Directory = _folder.FullName, Body = "仿宋.ttf" }, "/");

        Assert.Contains("仿宋.ttf", Assert.Throws<FileNotFoundException>(() => renderer.Render(Printing.Doc("<p>国</p>"), new DocumentPdfOptions())).Message);
    }
}
