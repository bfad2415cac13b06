namespace CaseFlow.Documents.Layout;

/// <summary>
/// The page of GB/T 9704-2012 in points (1/72 inch), origin at the upper left of the sheet: A4, 37 mm above and 28 mm left
/// of a text area of 156 × 225 mm, which holds 22 lines of 28 characters.
/// </summary>
internal static class PageGeometry
{
    public const float Millimetre = 72f / 25.4f;
    public const float Width = 210 * Millimetre;
    public const float Height = 297 * Millimetre;
    public const float Left = 28 * Millimetre;
    public const float Top = 37 * Millimetre;
    public const float TextWidth = 156 * Millimetre;
    public const float TextHeight = 225 * Millimetre;
    public const float Right = Left + TextWidth;
    public const float Bottom = Top + TextHeight;

    /// <summary>Height of one of the 22 lines, about 29 pt.</summary>
    public const float Line = TextHeight / 22;

    /// <summary>Width of one of the 28 characters of a line, about 15.8 pt.</summary>
    public const float Cell = TextWidth / 28;

    /// <summary>
    /// Where the red head begins. Notices to citizens follow the letter form of the standard (30 mm below the sheet's edge),
    /// not the file form (72 mm), so that an ordinary notice is one page.
    /// </summary>
    public const float RedHeadTop = 30 * Millimetre;
}
