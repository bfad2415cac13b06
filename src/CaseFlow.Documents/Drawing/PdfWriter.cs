using CaseFlow.Cases.Documents;
using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Fonts;
using CaseFlow.Documents.Layout;
using SkiaSharp;

namespace CaseFlow.Documents.Drawing;

/// <summary>Draws pages into a PDF, each face cut down to the characters that occur.</summary>
internal static class PdfWriter
{
    public static byte[] Write(IReadOnlyList<Page> pages, Article article, DocumentPdfOptions options, FontLibrary fonts)
    {
        using var faces = new FaceSubsets(pages);
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, Metadata(article, options)))
        {
            foreach (var page in pages)
            {
                using var canvas = document.BeginPage(PageGeometry.Width, PageGeometry.Height);
                foreach (var placed in page.Content)
                {
                    canvas.Save();
                    canvas.Translate(placed.X, placed.Y);
                    foreach (var mark in placed.Marks)
                    {
                        Draw(canvas, mark, faces, fonts);
                    }

                    canvas.Restore();
                }

                document.EndPage();
            }

            document.Close();
        }

        return PdfIdentity.Fix(stream.ToArray());
    }

    private static SKDocumentPdfMetadata Metadata(Article article, DocumentPdfOptions options)
    {
        var moment = (options.IssuedAt ?? DateTimeOffset.UnixEpoch).UtcDateTime;
        return new SKDocumentPdfMetadata
        {
            Title = options.Title ?? string.Concat(article.Title.Select(t => t.Text.Trim('\n'))),
            Author = options.Author ?? article.Signature?.Body ?? article.RedHead ?? "",
            Subject = article.Number ?? "",
            Creator = "CaseFlow",
            Producer = "CaseFlow",
            Creation = moment,
            Modified = moment,
            RasterDpi = 300,
            EncodingQuality = 101,
            PdfA = true,
        };
    }

    private static void Draw(SKCanvas canvas, Mark mark, FaceSubsets faces, FontLibrary fonts)
    {
        switch (mark)
        {
            case GlyphRun run:
                DrawRun(canvas, run, faces);
                break;
            case RuleMark rule:
                using (var paint = new SKPaint { Color = rule.Color, StrokeWidth = rule.Thickness, IsStroke = true, IsAntialias = true })
                {
                    canvas.DrawLine(rule.X1, rule.Y1, rule.X2, rule.Y2, paint);
                }

                break;
            case SealMark seal:
                SealPainter.Paint(canvas, seal, fonts);
                break;
            case QrMark qr:
                QrPainter.Paint(canvas, qr);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mark));
        }
    }

    private static void DrawRun(SKCanvas canvas, GlyphRun run, FaceSubsets faces)
    {
        var typeface = faces.Of(run.Face);
        using var font = new SKFont(typeface, run.Size) { Hinting = SKFontHinting.None, Subpixel = true };
        using var builder = new SKTextBlobBuilder();
        var buffer = builder.AllocateHorizontalRun(font, run.CodePoints.Count, run.Baseline);
        var glyphs = buffer.Glyphs;
        var positions = buffer.Positions;
        for (var i = 0; i < run.CodePoints.Count; i++)
        {
            glyphs[i] = font.GetGlyph(run.CodePoints[i]);
            positions[i] = run.X[i];
        }

        using var blob = builder.Build();
        using var paint = new SKPaint { Color = run.Color, IsAntialias = true };
        if (blob is not null)
        {
            canvas.DrawText(blob, 0, 0, paint);
        }
    }
}
