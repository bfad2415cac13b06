using CaseFlow.Documents.Fonts;

namespace CaseFlow.Documents.Layout;

/// <summary>Something on a page, in points from the upper left of its piece.</summary>
internal abstract record Mark;

/// <summary>Characters of one face on one baseline.</summary>
internal sealed record GlyphRun(SourceFace Face, float Size, uint Color, IReadOnlyList<int> CodePoints, IReadOnlyList<float> X, float Baseline) : Mark;

/// <summary>A straight line.</summary>
internal sealed record RuleMark(float X1, float Y1, float X2, float Y2, float Thickness, uint Color) : Mark;

/// <summary>A round seal around its centre.</summary>
internal sealed record SealMark(float X, float Y, string Name, string? Remark) : Mark;

/// <summary>A QR code.</summary>
internal sealed record QrMark(float X, float Y, float Size, string Text) : Mark;

/// <summary>
/// A horizontal slice of the text: a line, a row, the signature. Pages break between pieces only.
/// </summary>
/// <param name="Height">Height in points.</param>
/// <param name="Marks">What is drawn, x from the left edge of the text area.</param>
/// <param name="KeepWithNext">No page break after it.</param>
/// <param name="Blank">Space only; vanishes at the top of a page.</param>
/// <param name="Repeat">Rows drawn again if the piece begins a new page.</param>
internal sealed record Piece(float Height, IReadOnlyList<Mark> Marks, bool KeepWithNext = false, bool Blank = false, IReadOnlyList<Piece>? Repeat = null)
{
    public static Piece Space(float height, bool keepWithNext = false) => new(height, [], keepWithNext, Blank: true);
}

/// <summary>A piece at its place on a page, in points from the upper left of the sheet.</summary>
internal sealed record Placed(float X, float Y, IReadOnlyList<Mark> Marks);

/// <summary>A finished page.</summary>
internal sealed record Page(List<Placed> Content);
