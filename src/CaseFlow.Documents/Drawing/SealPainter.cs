using System.Text;
using CaseFlow.Documents.Fonts;
using CaseFlow.Documents.Layout;
using SkiaSharp;

namespace CaseFlow.Documents.Drawing;

/// <summary>
/// Draws a round seal as outlines, so that its characters do not disturb the text that can be searched and copied. The ink
/// is transparent: what it presses stays legible.
/// </summary>
internal static class SealPainter
{
    private const byte Opacity = 0xD9;

    public static void Paint(SKCanvas canvas, SealMark seal, FontLibrary fonts)
    {
        const float diameter = FootLayout.SealDiameter;
        using var paint = new SKPaint { Color = ((SKColor)TextStyle.LegalRed).WithAlpha(Opacity), IsAntialias = true, BlendMode = SKBlendMode.Multiply };
        canvas.Save();
        canvas.Translate(seal.X, seal.Y);
        using var ring = new SKPaint
        {
            Color = paint.Color,
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = diameter * SealGeometry.Ring,
            BlendMode = SKBlendMode.Multiply,
        };
        canvas.DrawCircle(0, 0, diameter * (1 - SealGeometry.Ring) / 2, ring);
        PaintStar(canvas, paint, diameter);
        PaintName(canvas, paint, seal.Name, diameter, fonts);
        if (seal.Remark is { } remark)
        {
            PaintRemark(canvas, paint, remark, diameter, fonts);
        }

        canvas.Restore();
    }

    private static void PaintStar(SKCanvas canvas, SKPaint paint, float diameter)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly([.. SealGeometry.Star().Select(p => new SKPoint(p.X * diameter, p.Y * diameter))], close: true);
        using var path = builder.Detach();
        canvas.DrawPath(path, paint);
    }

    private static void PaintName(SKCanvas canvas, SKPaint paint, string name, float diameter, FontLibrary fonts)
    {
        Rune[] runes = [.. name.EnumerateRunes()];
        var size = diameter * SealGeometry.CharacterSize(runes.Length);
        var angles = SealGeometry.Angles(runes.Length).ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            canvas.Save();
            canvas.RotateDegrees(angles[i]);
            canvas.Translate(0, -diameter * SealGeometry.TextRadius);
            canvas.Scale(SealGeometry.Narrowing(runes.Length), 1);
            PaintCentred(canvas, paint, runes[i].Value, size, 0, fonts);
            canvas.Restore();
        }
    }

    private static void PaintRemark(SKCanvas canvas, SKPaint paint, string remark, float diameter, FontLibrary fonts)
    {
        Rune[] runes = [.. remark.EnumerateRunes()];
        var size = diameter * 0.075f;
        canvas.Save();
        canvas.Translate(0, diameter * 0.29f);
        for (var i = 0; i < runes.Length; i++)
        {
            PaintCentred(canvas, paint, runes[i].Value, size, (i - ((runes.Length - 1) / 2f)) * size * 1.35f, fonts);
        }

        canvas.Restore();
    }

    private static void PaintCentred(SKCanvas canvas, SKPaint paint, int codePoint, float size, float x, FontLibrary fonts)
    {
        using var path = fonts.FaceFor(FaceRole.Title, codePoint).Outline(codePoint, size);
        if (path is null)
        {
            return;
        }

        canvas.Save();
        canvas.Translate(x - (size / 2), size * 0.38f);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }
}
