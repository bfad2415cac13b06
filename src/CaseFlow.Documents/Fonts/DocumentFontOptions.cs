namespace CaseFlow.Documents.Fonts;

/// <summary>
/// Which font files stand for the faces of GB/T 9704; configuration section <c>DocumentFonts</c>. An office that owns
/// 仿宋_GB2312 or 方正小标宋 puts the files into the folder and names them here. TrueType outlines keep the text selectable.
/// </summary>
public sealed class DocumentFontOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "DocumentFonts";

    /// <summary>Folder of the files.</summary>
    public string Directory { get; set; } = "fonts";

    /// <summary>Body face, for 仿宋.</summary>
    public string Body { get; set; } = "NotoSerifSC_400Regular.ttf";

    /// <summary>Face of title and red head, for 小标宋.</summary>
    public string Title { get; set; } = "NotoSerifSC_700Bold.ttf";

    /// <summary>Face of 一、headings, for 黑体; by default that of the title.</summary>
    public string? Hei { get; set; }

    /// <summary>Face of （一）headings, for 楷体; by default that of the body.</summary>
    public string? Kai { get; set; }

    /// <summary>Files asked in this order for characters that the face itself lacks, before the other faces are.</summary>
    public IList<string> Fallbacks { get; } = [];
}
