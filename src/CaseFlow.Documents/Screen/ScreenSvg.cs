using System.Globalization;
using System.Text;
using CaseFlow.Documents.Blocks;
using CaseFlow.Documents.Drawing;

namespace CaseFlow.Documents.Screen;

/// <summary>Seal and QR code as SVG, in the proportions of the print.</summary>
internal static class ScreenSvg
{
    private const float Scale = 420;

    public static string Seal(Seal seal)
    {
        var label = ScreenHtml.Text($"印章：{seal.Name}{(seal.Remark is null ? "" : $"（{seal.Remark}）")}");
        var o = new StringBuilder();
        o.Append(CultureInfo.InvariantCulture, $"<svg class=\"seal\" viewBox=\"-210 -210 420 420\" role=\"img\" aria-label=\"{label}\">");
        var ring = Scale * SealGeometry.Ring;
        o.Append(CultureInfo.InvariantCulture, $"<circle r=\"{(Scale - ring) / 2:0.##}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{ring:0.##}\"/><polygon points=\"");
        o.AppendJoin(' ', SealGeometry.Star().Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X * Scale:0.##},{p.Y * Scale:0.##}")));
        o.Append("\"/>");
        Rune[] runes = [.. seal.Name.EnumerateRunes()];
        var size = Scale * SealGeometry.CharacterSize(runes.Length);
        foreach (var (rune, angle) in runes.Zip(SealGeometry.Angles(runes.Length)))
        {
            o.Append(CultureInfo.InvariantCulture, $"<text transform=\"rotate({angle:0.##}) translate(0 {-Scale * SealGeometry.TextRadius:0.##}) scale({SealGeometry.Narrowing(runes.Length):0.##} 1)\" y=\"{size * 0.38f:0.##}\" font-size=\"{size:0.##}\" text-anchor=\"middle\">{ScreenHtml.Text(rune.ToString())}</text>");
        }

        if (seal.Remark is { } remark)
        {
            o.Append(CultureInfo.InvariantCulture, $"<text y=\"{(Scale * 0.29f) + 12:0.##}\" font-size=\"32\" letter-spacing=\"11\" text-anchor=\"middle\">{ScreenHtml.Text(remark)}</text>");
        }

        return o.Append("</svg>").ToString();
    }

    public static string Qr(string address)
    {
        var modules = QrPainter.Modules(address);
        var o = new StringBuilder();
        o.Append(CultureInfo.InvariantCulture, $"<svg class=\"qr\" viewBox=\"0 0 {modules.Count} {modules.Count}\" role=\"img\" aria-label=\"查验二维码\" shape-rendering=\"crispEdges\"><path d=\"");
        foreach (var (x, y, length) in QrPainter.Bars(modules))
        {
            o.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{length}v1h-{length}z");
        }

        return o.Append("\"/></svg>").ToString();
    }
}
