namespace CaseFlow.Documents.Blocks;

/// <summary>A document as blocks, in the order in which GB/T 9704 prints them.</summary>
internal sealed record Article(
    string? RedHead,
    string? Number,
    IReadOnlyList<Inline> Title,
    IReadOnlyList<Block> Body,
    Signature? Signature,
    IReadOnlyList<IReadOnlyList<Inline>> Imprint,
    Check? Check);

/// <summary>A stretch of text of one kind; <c>Text</c> is "\n" for a forced line end.</summary>
internal sealed record Inline(string Text, bool Strong = false, bool NoWrap = false);

/// <summary>A block of the body.</summary>
internal abstract record Block;

/// <summary>A paragraph.</summary>
internal sealed record Paragraph(ParagraphKind Kind, IReadOnlyList<Inline> Text) : Block;

/// <summary>Kinds of paragraph; the name in lower case is the class.</summary>
internal enum ParagraphKind
{
    /// <summary>Indented by two characters, justified.</summary>
    Plain,

    /// <summary>The addressee: not indented.</summary>
    Addressee,

    /// <summary>Right of review and suit: as a plain paragraph; named so that programs find it.</summary>
    Remedies,

    /// <summary>Whom to ask: not indented, a little apart.</summary>
    Contact,

    /// <summary>Remark in smaller type, not indented.</summary>
    Note,

    /// <summary>Centred.</summary>
    Center,
}

/// <summary>A heading: level 2 is 一、in Hei, level 3 is （一） in Kai.</summary>
internal sealed record Heading(int Level, IReadOnlyList<Inline> Text) : Block;

/// <summary>A list numbered 1. 2. 3.</summary>
internal sealed record NumberedList(IReadOnlyList<IReadOnlyList<Inline>> Items) : Block;

/// <summary>A table with all lines drawn.</summary>
internal sealed record Table(
    IReadOnlyList<Inline>? Caption,
    IReadOnlyList<float> Weights,
    IReadOnlyList<TableRow> Head,
    IReadOnlyList<TableRow> Rows) : Block;

/// <summary>A row.</summary>
internal sealed record TableRow(IReadOnlyList<TableCell> Cells);

/// <summary>A cell.</summary>
internal sealed record TableCell(IReadOnlyList<Inline> Text, bool Label, CellAlign Align, int Columns, int MinLines);

/// <summary>How a cell's lines stand.</summary>
internal enum CellAlign
{
    Left,
    Center,
    Right,
}

/// <summary>Body name and date, with a seal over both.</summary>
internal sealed record Signature(string Body, string Date, string? IsoDate, Seal? Seal);

/// <summary>A round seal; <c>Remark</c> is printed under the star (样章 for a sample).</summary>
internal sealed record Seal(string Name, string? Remark);

/// <summary>How the document can be checked: the address in the QR code and a few lines beside it.</summary>
internal sealed record Check(string Address, IReadOnlyList<string> Lines);
