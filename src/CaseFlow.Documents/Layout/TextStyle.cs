using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>How a text is set.</summary>
/// <param name="Role">Face.</param>
/// <param name="Size">Type size in points.</param>
/// <param name="Line">Height of a line in points.</param>
/// <param name="Tracking">Points added to the width of each full-width character; negative on the 28-character grid.</param>
/// <param name="Color">ARGB.</param>
internal sealed record TextStyle(FaceRole Role, float Size, float Line, float Tracking = 0, uint Color = TextStyle.Black)
{
    public const uint Black = 0xFF000000;

    /// <summary>The red of official documents; used for nothing else.</summary>
    public const uint LegalRed = 0xFFC1121F;

    /// <summary>3号 on the grid of 28 characters and 22 lines.</summary>
    public static readonly TextStyle Body = new(FaceRole.Body, 16, PageGeometry.Line, PageGeometry.Cell - 16);

    /// <summary>2号.</summary>
    public static readonly TextStyle Title = new(FaceRole.Title, 22, 33);

    /// <summary>4号: remarks and imprint.</summary>
    public static readonly TextStyle Small = new(FaceRole.Body, 14, 22);

    /// <summary>小4号 in tables.</summary>
    public static readonly TextStyle Cell = new(FaceRole.Body, 12, 18);

    public static readonly TextStyle CellLabel = Cell with { Role = FaceRole.Hei };

    public static readonly TextStyle Caption = new(FaceRole.Hei, 14, 24);

    /// <summary>小5号 beside the QR code.</summary>
    public static readonly TextStyle Fine = new(FaceRole.Body, 9, 13);

    /// <summary>Baseline below the upper edge of a line: the em square of Chinese type (0.88 above, 0.12 below) centred in it.</summary>
    public float Baseline => ((Line - Size) / 2) + (Size * 0.88f);
}
