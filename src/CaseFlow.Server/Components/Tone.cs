namespace CaseFlow.Server.Components;

/// <summary>What a tag or note means; the colour follows, and an icon and words always say the same.</summary>
public enum Tone
{
    /// <summary>Blue: information; under way.</summary>
    Info,

    /// <summary>Green: done, a good end.</summary>
    Good,

    /// <summary>Amber: somebody must act.</summary>
    Attention,

    /// <summary>Red: refused, broken, overdue.</summary>
    Bad,

    /// <summary>Grey: over, or neutral.</summary>
    Over,

    /// <summary>Outlined: an attribute, no state.</summary>
    Attribute,
}

/// <summary>How a <see cref="Tone"/> looks.</summary>
internal static class ToneLook
{
    /// <summary>Class of a tag.</summary>
    public static string TagClass(this Tone tone) => tone switch
    {
        Tone.Info => "info",
        Tone.Good => "ok",
        Tone.Attention => "warn",
        Tone.Bad => "bad",
        Tone.Attribute => "line",
        _ => "",
    };

    /// <summary>Class of a note.</summary>
    public static string NoteClass(this Tone tone) => tone switch
    {
        Tone.Good => "ok-n",
        Tone.Attention => "warn-n",
        Tone.Bad => "bad-n",
        Tone.Over or Tone.Attribute => "hold-n",
        _ => "",
    };

    /// <summary>Icon of a note.</summary>
    public static string NoteIcon(this Tone tone) => tone switch
    {
        Tone.Good => "circle-check",
        Tone.Attention => "alert-circle",
        Tone.Bad => "alert-triangle",
        _ => "info-circle",
    };

    /// <summary>Usual icon of a tag, or null.</summary>
    public static string? TagIcon(this Tone tone) => tone switch
    {
        Tone.Info => "progress",
        Tone.Good => "check",
        Tone.Attention => "alert-circle",
        Tone.Bad => "x",
        _ => null,
    };
}
