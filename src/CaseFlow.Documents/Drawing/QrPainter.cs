using CaseFlow.Documents.Layout;
using QRCoder;
using SkiaSharp;

namespace CaseFlow.Documents.Drawing;

/// <summary>Draws a QR code as vector squares.</summary>
internal static class QrPainter
{
    public static void Paint(SKCanvas canvas, QrMark qr)
    {
        var modules = Modules(qr.Text);
        var size = qr.Size / modules.Count;
        using var path = new SKPathBuilder();
        foreach (var (x, y, length) in Bars(modules))
        {
            path.AddRect(SKRect.Create(qr.X + (x * size), qr.Y + (y * size), length * size, size));
        }

        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = false };
        using var drawn = path.Detach();
        canvas.DrawPath(drawn, paint);
    }

    /// <summary>Horizontal bars of dark modules: column, row, length.</summary>
    public static IEnumerable<(int X, int Y, int Length)> Bars(IReadOnlyList<System.Collections.BitArray> modules)
    {
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules[y].Count; x++)
            {
                var start = x;
                while (x < modules[y].Count && modules[y][x])
                {
                    x++;
                }

                if (x > start)
                {
                    yield return (start, y, x - start);
                }
            }
        }
    }

    public static List<System.Collections.BitArray> Modules(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);

        // QRCoder adds a quiet zone of four modules; the white margin around the code serves for it.
        var quiet = 4;
        var inner = data.ModuleMatrix.Count - (2 * quiet);
        return [.. data.ModuleMatrix.Skip(quiet).Take(inner).Select(row =>
            new System.Collections.BitArray([.. Enumerable.Range(quiet, inner).Select(i => row[i])]))];
    }
}
