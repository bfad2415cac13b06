namespace CaseFlow.Cases.Policy;

/// <summary>What became of a piece of text.</summary>
public enum PieceKind
{
    /// <summary>It stands in both.</summary>
    Same,

    /// <summary>It stands only in the old one.</summary>
    Removed,

    /// <summary>It stands only in the new one.</summary>
    Added,
}

/// <summary>A piece of text in the comparison of two versions.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Text">The piece.</param>
public sealed record TextPiece(PieceKind Kind, string Text);

/// <summary>The shortest way from one text to another: by lines for templates, by characters for wordings.</summary>
public static class TextDifference
{
    /// <summary>The most pieces that are compared one by one; longer texts are shown as replaced whole.</summary>
    private const int MostPieces = 4000;

    /// <summary>Line by line; neighbouring pieces of one kind are joined.</summary>
    public static IReadOnlyList<TextPiece> ByLines(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Compare(Lines(before), Lines(after));
    }

    /// <summary>Character by character (whole runes); neighbouring pieces of one kind are joined.</summary>
    public static IReadOnlyList<TextPiece> ByCharacters(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Compare([.. before.EnumerateRunes().Select(r => r.ToString())], [.. after.EnumerateRunes().Select(r => r.ToString())]);
    }

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line + "\n")];

    private static List<TextPiece> Compare(string[] before, string[] after)
    {
        var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before[start..].Reverse().Zip(after[start..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        List<TextPiece> pieces =
        [
            .. before[..start].Select(text => new TextPiece(PieceKind.Same, text)),
            .. Middle(before[start..^end], after[start..^end]),
            .. before[^end..].Select(text => new TextPiece(PieceKind.Same, text)),
        ];
        return Join(pieces);
    }

    private static List<TextPiece> Middle(string[] before, string[] after)
    {
        if (before.Length > MostPieces || after.Length > MostPieces)
        {
            return [.. before.Select(text => new TextPiece(PieceKind.Removed, text)), .. after.Select(text => new TextPiece(PieceKind.Added, text))];
        }

        var common = Common(before, after);
        var pieces = new List<TextPiece>();
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                pieces.Add(new TextPiece(PieceKind.Same, before[i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                pieces.Add(new TextPiece(PieceKind.Removed, before[i++]));
            }
            else
            {
                pieces.Add(new TextPiece(PieceKind.Added, after[j++]));
            }
        }

        return pieces;
    }

    /// <summary>Length of the longest common subsequence of the two ends from each pair of places on.</summary>
    private static int[,] Common(string[] before, string[] after)
    {
        var table = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                table[i, j] = before[i] == after[j] ? table[i + 1, j + 1] + 1 : Math.Max(table[i + 1, j], table[i, j + 1]);
            }
        }

        return table;
    }

    private static List<TextPiece> Join(List<TextPiece> pieces)
    {
        var joined = new List<TextPiece>();
        foreach (var piece in pieces)
        {
            if (joined.Count > 0 && joined[^1].Kind == piece.Kind)
            {
                joined[^1] = piece with { Text = joined[^1].Text + piece.Text };
            }
            else
            {
                joined.Add(piece);
            }
        }

        return joined;
    }
}
